import type { Database } from '../../../database/database.js';
import { oneOf } from '../../../database/transaction.js';
import { firstIdAt } from '../../../kernel/ids.js';
import type { AnnouncementRecipient } from '../announcement.entity.js';

/** Parts of one statement: SQLite takes 500. */
const PARTS_MOST = 100;

type Downloaded = Pick<AnnouncementRecipient, 'id' | 'licenseId' | 'downloadedAt' | 'fileName'>;

/** Who made the downloads of a recall: the person, where the log of downloads still knows, else the license. @returns texts by entry */
export async function downloadersOf(database: Database, rows: readonly Downloaded[]): Promise<ReadonlyMap<string, string>> {
  const wanted = rows.filter(({ licenseId, downloadedAt }) => licenseId !== null && downloadedAt !== null);
  const people = new Map<string, string>();
  for (let at = 0; at < wanted.length; at += PARTS_MOST)
    for (const [id, name] of await listPeople(database, wanted.slice(at, at + PARTS_MOST))) people.set(id, name);
  const hints = await keyHints(database, [...new Set(wanted.flatMap(({ licenseId }) => licenseId ?? []))]);
  return new Map(
    wanted.flatMap(({ id, licenseId }) => {
      const text = people.get(id) || hints.get(licenseId ?? '');
      return text ? [[id, text] as const] : [];
    }),
  );
}

/** Each along the index of its license, in the millisecond of the download. */
async function listPeople(database: Database, rows: readonly Downloaded[]): Promise<readonly (readonly [string, string])[]> {
  const part = `SELECT ? AS id, u.name AS name FROM download_event e JOIN user_account u ON u.id = e.user_id
    WHERE e.license_id = ? AND e.id >= ? AND e.id < ? AND e.file_name = ? LIMIT 1`;
  const found = await database.query<{ id: string; name: string }>(
    rows.map((_, index) => `SELECT * FROM (${part}) AS part${index}`).join(' UNION ALL '),
    rows.flatMap(({ id, licenseId, downloadedAt, fileName }) => {
      const at = downloadedAt?.getTime() ?? 0;
      return [id, licenseId, firstIdAt(new Date(at)), firstIdAt(new Date(at + 1)), fileName];
    }),
  );
  return found.map(({ id, name }) => [id, name]);
}

async function keyHints(database: Database, licenseIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { sql, parameters } = oneOf('id', licenseIds);
  const rows = await database.query<{ id: string; key_hint: string }>(`SELECT id, key_hint FROM license WHERE ${sql}`, parameters);
  return new Map(rows.flatMap((row) => (row.key_hint === '' ? [] : [[row.id, `License …${row.key_hint}`] as const])));
}
