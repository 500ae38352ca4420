import type { RecipientReason } from '@slipway/shared';
import { In } from 'typeorm';
import { oneOf, type Transaction } from '../../../database/transaction.js';
import { newId } from '../../../kernel/ids.js';
import { groupBy } from '../../../kernel/grouping.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import { recipientsOf, type Recipient } from '../../news/recipients.js';
import { AnnouncementRecipient, type Announcement } from '../announcement.entity.js';
import type { Candidate } from '../audience/candidates.js';
import type { Reach } from '../audience/reach.js';

/** Rows that one statement writes at most. */
export const ROWS_AT_ONCE = 50;

interface Writing {
  readonly announcement: Announcement;
  readonly row: Downloadable;
  readonly candidates: readonly Candidate[];
  readonly reach: Reach;
}

/** How many were written of each state. */
export interface WrittenRows {
  readonly waiting: number;
  readonly leftOut: number;
}

/** Writes down whom a part of the audience is, each address once. */
export async function writeRecipients(tx: Transaction, writing: Writing): Promise<WrittenRows> {
  const rows = await newRows(tx, writing);
  let [waiting, leftOut] = [0, 0];
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const batch = await absentOf(tx, rows.slice(at, at + ROWS_AT_ONCE), writing);
    if (batch.length > 0) await tx.manager.insert(AnnouncementRecipient, batch);
    leftOut += batch.filter(({ state }) => state === 'LEFT_OUT').length;
    waiting += batch.filter(({ state }) => state === 'WAITING').length;
  }
  return { waiting, leftOut };
}

async function newRows(tx: Transaction, { announcement, candidates, reach }: Writing): Promise<AnnouncementRecipient[]> {
  const people = await recipientsOf(
    tx,
    candidates.map(({ customerId }) => customerId),
  );
  const peopleOf = groupBy(people, ({ customerId }) => customerId);
  return candidates.flatMap((candidate) => {
    const found = peopleOf(candidate.customerId);
    const contact = found[0] ?? { name: '', address: '', userId: null };
    if (candidate.text !== null && found.length > 0)
      return found.map((recipient) =>
        rowOf(announcement, candidate, { recipient, hash: reach.addressHash(recipient.address), reason: null }),
      );
    const reason = candidate.reason ?? 'NO_ADDRESS';
    return [rowOf(announcement, candidate, { recipient: contact, hash: reach.customerHash(candidate.customerId), reason })];
  });
}

interface Addressed {
  readonly recipient: Pick<Recipient, 'name' | 'address' | 'userId'>;
  readonly hash: string;
  readonly reason: RecipientReason | null;
}

function rowOf({ id }: Announcement, candidate: Candidate, { recipient, hash, reason }: Addressed): AnnouncementRecipient {
  return {
    id: newId(),
    announcementId: id,
    customerId: candidate.customerId,
    licenseId: candidate.licenseId,
    userId: recipient.userId,
    addressHash: hash,
    address: recipient.address,
    name: recipient.name,
    text: candidate.text ?? 'FIRST',
    state: reason === null ? 'WAITING' : 'LEFT_OUT',
    reason,
    mailId: null,
    toldAt: null,
    readAt: null,
    acknowledgedAt: null,
    downloadedAt: candidate.download?.at ?? null,
    fileName: candidate.download?.fileName ?? null,
  };
}

/** Those whose address has no row yet; whoever was told before is left out, where that was asked for. */
async function absentOf(tx: Transaction, given: readonly AnnouncementRecipient[], writing: Writing): Promise<AnnouncementRecipient[]> {
  const { announcement, reach, row } = writing;
  const ofHash = groupBy(given, ({ addressHash }) => addressHash);
  const rows = [...new Set(given.map(({ addressHash }) => addressHash))].map((hash) => bestOf(ofHash(hash)));
  const hashes = rows.map(({ addressHash }) => addressHash);
  const known = await tx.manager.findBy(AnnouncementRecipient, { announcementId: announcement.id, addressHash: In(hashes) });
  for (const present of known) await improve(tx, present, ofHash(present.addressHash));
  const told = announcement.isToldExcluded
    ? await reach.told(tx, { kind: announcement.kind, row }, { announcementId: announcement.id, hashes })
    : new Set<string>();
  const present = new Set(known.map(({ addressHash }) => addressHash));
  const absent = rows.filter(({ addressHash }) => !present.has(addressHash));
  return absent.map((one) => (told.has(one.addressHash) ? { ...one, state: 'LEFT_OUT', reason: 'ALREADY_TOLD' } : one));
}

/** An address that has several customers gets what the best of them may have, and is told of its last download. */
async function improve(tx: Transaction, present: AnnouncementRecipient, others: readonly AnnouncementRecipient[]): Promise<void> {
  if (present.state !== 'WAITING') return;
  const best = bestOf([present, ...others]);
  if (best === present) return;
  const { text, customerId, licenseId, userId, name, downloadedAt, fileName } = best;
  await tx.manager.update(AnnouncementRecipient, { id: present.id }, { text, customerId, licenseId, userId, name, downloadedAt, fileName });
}

const bestOf = (rows: readonly AnnouncementRecipient[]): AnnouncementRecipient =>
  rows.reduce((best, one) => (isBetter(one, best) ? one : best));

/** Whoever may have the release comes before those whose updates ended, the later download before the earlier. */
function isBetter(one: AnnouncementRecipient, than: AnnouncementRecipient): boolean {
  if (one.text !== than.text) return one.text === 'FIRST';
  return one.downloadedAt !== null && (than.downloadedAt === null || one.downloadedAt > than.downloadedAt);
}

/** The next who wait, by their IDs. */
export async function listWaiting(tx: Pick<Transaction, 'query'>, announcementId: string, most: number): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM announcement_recipient WHERE announcement_id = ? AND state = 'WAITING' ORDER BY id LIMIT ?`,
    [announcementId, Math.min(most, ROWS_AT_ONCE)],
  );
  return rows.map(({ id }) => id);
}

/** Names of customers. */
export async function customerNames(tx: Pick<Transaction, 'query'>, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { sql, parameters } = oneOf('id', ids);
  const rows = await tx.query<{ id: string; name: string }>(`SELECT id, name FROM customer WHERE ${sql}`, parameters);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
