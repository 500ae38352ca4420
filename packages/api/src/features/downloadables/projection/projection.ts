import {
  calendarDate,
  isDebugArchive,
  listMainFiles,
  listUpdateFiles,
  PLATFORMS,
  type DownloadableStatus,
  type Platform,
} from '@slipway/shared';
import type { Transaction } from '../../../database/transaction.js';
import { readTimeZone } from '../../settings/settings.service.js';
import { listAssetsOfRevisions, type StoredAsset } from '../../assets/stored-asset.js';
import { excerptOf } from '../changelog/excerpt.js';
import { Downloadable } from '../downloadable.entity.js';
import { Revision } from '../revision.entity.js';
import { keepFiles } from './listed-files.js';
import { facetsOf, termsOf } from './search-terms.js';
import { raiseCeiling } from './version-ceilings.js';

/** Rows inserted by one statement; keeps below every engine's parameter limit. */
const BATCH_SIZE = 200;
/** Under this product id the counters keep the sum over all products. */
export const ALL_PRODUCTS = '';

/**
 * Writes everything that is derived from a downloadable: its flat copy, its counters, the files that lists show, its targets, the update
 * index, its search terms. The one writer of all of them; every mutation ends with it, and a rebuild is nothing but a loop over it.
 */
export async function project(tx: Transaction, downloadableId: string): Promise<void> {
  const row = await tx.manager.findOneByOrFail(Downloadable, { id: downloadableId });
  const revision = await tx.manager.findOneByOrFail(Revision, { id: row.liveRevisionId ?? row.draftRevisionId ?? '' });
  const files = await listAssetsOfRevisions(tx, [revision.id]);
  // Side files are no downloads of their own.
  const assets = listMainFiles(files);
  const platforms = new Set<Platform>(assets.map((asset) => asset.platform));
  const sortDate = revision.releaseDate ?? calendarDate(row.createdAt, await readTimeZone(tx));
  const ofFiles = { assetCount: assets.length, platforms: PLATFORMS.filter((platform) => platforms.has(platform)) };
  await tx.manager.update(Downloadable, { id: row.id }, { ...flatCopyOf(revision), ...ofFiles, sortDate, countedStatus: row.status });
  await count(tx, row, row.status);
  if (revision.frozenAt !== null) await keepFiles(tx, revision.id, files);
  await projectTargets(tx, row, { channel: revision.channel, platforms });
  await projectUpdates(tx, row, { channel: revision.channel, assets });
  if (row.status === 'PUBLISHED' && row.firstReleaseDate !== null)
    await raiseCeiling(tx, { productId: row.productId, channel: revision.channel, day: row.firstReleaseDate, versionKey: row.versionKey });
  const words = termsOf({ version: row.version, name: revision.name, changelog: `${revision.summary ?? ''}\n${revision.changelog}` });
  await projectTerms(tx, row.id, { sortDate, words, facets: facetsOf({ channel: revision.channel, platforms }) });
}

/** What a release shows of the revision that it shows. */
const flatCopyOf = ({ name, summary, isSecurityFix, channel, releaseDate, changelog }: Revision) => ({
  name,
  summary,
  isSecurityFix,
  channel,
  releaseDate,
  changelogExcerpt: excerptOf(changelog),
});

/** Takes a downloadable that is about to be deleted out of everything derived. */
export async function unproject(tx: Transaction, row: Downloadable): Promise<void> {
  await count(tx, row, null);
  await tx.execute('DELETE FROM revision_files WHERE revision_id IN (SELECT id FROM revision WHERE downloadable_id = ?)', [row.id]);
  await tx.execute('DELETE FROM release_target WHERE downloadable_id = ?', [row.id]);
  await tx.execute('DELETE FROM update_target WHERE downloadable_id = ?', [row.id]);
  await tx.execute('DELETE FROM downloadable_term WHERE downloadable_id = ?', [row.id]);
}

async function projectTargets(tx: Transaction, row: Downloadable, live: { channel: string; platforms: Iterable<Platform> }): Promise<void> {
  await tx.execute('DELETE FROM release_target WHERE downloadable_id = ?', [row.id]);
  if (row.status !== 'PUBLISHED') return;
  for (const platform of live.platforms)
    await tx.insertIfAbsent('release_target', {
      product_id: row.productId,
      channel: live.channel,
      platform,
      version_key: row.versionKey,
      downloadable_id: row.id,
    });
}

/** One row for each kind of computer, however many files there are for it; debug archives update nobody. */
async function projectUpdates(
  tx: Transaction,
  row: Downloadable,
  live: { readonly channel: string; readonly assets: readonly StoredAsset[] },
): Promise<void> {
  await tx.execute('DELETE FROM update_target WHERE downloadable_id = ?', [row.id]);
  if (row.status !== 'PUBLISHED') return;
  const files = listUpdateFiles(live.assets, null).filter(({ fileName }) => !isDebugArchive(fileName));
  const targets = [...new Set(files.map(({ platform, architecture }) => `${platform} ${architecture ?? ''}`))].map((one) => one.split(' '));
  if (targets.length === 0) return;
  await tx.execute(
    `INSERT INTO update_target (product_id, platform, architecture, channel, version_key, downloadable_id, first_release_date)
     VALUES ${targets.map(() => '(?, ?, ?, ?, ?, ?, ?)').join(', ')}`,
    targets.flatMap(([platform = '', architecture = '']) => [
      row.productId,
      platform,
      architecture,
      live.channel,
      row.versionKey,
      row.id,
      row.firstReleaseDate,
    ]),
  );
}

async function count(tx: Transaction, row: Downloadable, status: DownloadableStatus | null): Promise<void> {
  if (row.countedStatus === status) return;
  for (const productId of [row.productId, ALL_PRODUCTS]) {
    if (row.countedStatus !== null) {
      await tx.execute('UPDATE downloadable_counter SET total = total - 1 WHERE product_id = ? AND status = ?', [
        productId,
        row.countedStatus,
      ]);
    }
    if (status !== null) {
      await tx.insertOrUpdate(
        'downloadable_counter',
        { product_id: productId, status, total: 1 },
        ['product_id', 'status'],
        'total = total + 1',
      );
    }
  }
}

interface Terms {
  readonly sortDate: string;
  readonly words: readonly string[];
  /** Not in the dictionary: they are never completed. */
  readonly facets: readonly string[];
}

async function projectTerms(tx: Transaction, downloadableId: string, { sortDate, words, facets }: Terms): Promise<void> {
  const wanted = [...words, ...facets];
  const present = await tx.query<{ term: string; sort_date: string }>(
    'SELECT term, sort_date FROM downloadable_term WHERE downloadable_id = ?',
    [downloadableId],
  );
  const isMoved = present.some((row) => row.sort_date !== sortDate);
  const known = new Set(isMoved ? [] : present.map((row) => row.term));
  const missing = wanted.filter((term) => !known.has(term));
  const gone = isMoved ? present.map((row) => row.term) : [...known].filter((term) => !wanted.includes(term));
  for (const batch of batches(gone)) {
    await tx.execute(`DELETE FROM downloadable_term WHERE downloadable_id = ? AND term IN (${batch.map(() => '?').join(', ')})`, [
      downloadableId,
      ...batch,
    ]);
  }
  // Sorted, so that two transactions take the dictionary's locks in the same order.
  for (const batch of batches([...missing].sort())) {
    const typed = batch.filter((term) => !facets.includes(term));
    await tx.insertValuesIfAbsent('search_term', 'term', typed);
    await tx.execute(
      `INSERT INTO downloadable_term (term, sort_date, downloadable_id) VALUES ${batch.map(() => '(?, ?, ?)').join(', ')}`,
      batch.flatMap((term) => [term, sortDate, downloadableId]),
    );
  }
}

function batches<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH_SIZE) }, (_, index) =>
    items.slice(index * BATCH_SIZE, (index + 1) * BATCH_SIZE),
  );
}
