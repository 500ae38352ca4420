import { IsNull, Not } from 'typeorm';
import type { Transaction } from '../../../database/transaction.js';
import { newId } from '../../../kernel/ids.js';
import { requireRoom } from '../../../kernel/limit-room.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { Asset } from '../../assets/asset.entity.js';
import { releaseAssets } from '../../assets/object-release.js';
import { listAssetsOfRevisions } from '../../assets/stored-asset.js';
import type { Downloadable } from '../downloadable.entity.js';
import { contentOfRevision, NO_PAST, Revision } from '../revision.entity.js';

const FULL_HISTORY = { who: 'This release has', advice: 'publish what is new as another version', field: 'id' };

/** Opens the next revision as a draft with the content of another one. No bytes are copied. @returns its id */
export async function insertNextRevision(tx: Transaction, row: Downloadable, source: Revision, now: Date): Promise<string> {
  const newest = await newestNumber(tx, row);
  requireRoom(LIMITS.revisionsPerRelease, newest, FULL_HISTORY);
  const id = newId();
  const number = newest + 1;
  await tx.manager.insert(Revision, {
    id,
    downloadableId: row.id,
    number,
    ...contentOfRevision(source),
    frozenAt: null,
    createdAt: now,
    ...NO_PAST,
    publishDate: source.publishDate,
  });
  await copyAssets(tx, source.id, id);
  return id;
}

async function newestNumber(tx: Transaction, row: Downloadable): Promise<number> {
  const [newest] = await tx.manager.find(Revision, { where: { downloadableId: row.id }, order: { number: 'DESC' }, take: 1 });
  return newest?.number ?? 0;
}

/**
 * Makes a release that no customer got a file of a draft again, as if it had not been published: its content is an open
 * revision, and a date that a publish gave it is gone. What was frozen is history, and hidden as after every undo. With no
 * room for another revision it stays frozen: hiding it is never refused.
 * @returns what changes in its row
 */
export async function takeBackPublish(tx: Transaction, row: Downloadable, now: Date): Promise<Partial<Downloadable>> {
  if (row.draftRevisionId === null && (await newestNumber(tx, row)) >= LIMITS.revisionsPerRelease.most) return {};
  const live = await tx.manager.findOneByOrFail(Revision, { id: row.liveRevisionId ?? '' });
  const id = row.draftRevisionId ?? (await insertNextRevision(tx, row, live, now));
  const draft = await tx.manager.findOneByOrFail(Revision, { id });
  if (draft.publishDate !== null) await tx.manager.update(Revision, { id }, { releaseDate: null, publishDate: null });
  await tx.manager.update(Revision, { downloadableId: row.id, frozenAt: Not(IsNull()), undoneAt: IsNull() }, { undoneAt: now });
  return { liveRevisionId: null, draftRevisionId: id, publishedAt: null, firstReleaseDate: null };
}

/** Gives a revision the READY files of another, under new ids, on the same stored objects; replacements on their way stay behind. @returns how many */
export async function copyAssets(tx: Transaction, fromRevisionId: string, toRevisionId: string): Promise<number> {
  const states = new Map((await listAssetsOfRevisions(tx, [fromRevisionId])).map((asset) => [asset.id, asset.state]));
  const rows = await tx.manager.find(Asset, { where: { revisionId: fromRevisionId }, order: { id: 'ASC' } });
  const ready = rows.filter((row) => states.get(row.id) === 'READY');
  for (const row of ready) await tx.manager.insert(Asset, { ...row, id: newId(), revisionId: toRevisionId, replacementObjectId: null });
  return ready.length;
}

/** Removes a draft revision; bytes that nothing else stands on go by a job. */
export async function dropRevision(tx: Transaction, revisionId: string, now: Date): Promise<void> {
  const assets = await listAssetsOfRevisions(tx, [revisionId]);
  const assetIds = assets.map((asset) => asset.id);
  await releaseAssets(tx, assetIds, now);
  await tx.manager.delete(Revision, { id: revisionId });
}
