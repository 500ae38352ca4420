import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import type { SqlValue } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import { pastId } from '../../kernel/ids.js';

/** Whom of the sample's customers what is refused; how long ago, in minutes. */
const REFUSED: readonly (readonly [mailbox: string, minutesAgo: number, code: string, remedy: string, message: string])[] = [
  ['suspended', 2_900, 'LICENSE_SUSPENDED', 'CONTACT_VENDOR', 'Your license is suspended: contact the publisher.'],
  ['revoked', 2_500, 'LICENSE_REVOKED', 'CONTACT_VENDOR', 'Your license was revoked: contact the publisher.'],
  ['version-1', 1_700, 'VERSION_NOT_COVERED', 'UPGRADE', 'Your license covers versions >=1.0 <2.0 only: upgrade to get this one.'],
  ['expired', 1_460, 'LICENSE_EXPIRED', 'RENEW', 'Your license has expired: renew it to download this release.'],
  ['future', 900, 'LICENSE_NOT_STARTED', 'WAIT', 'Your license has not started yet: wait until its first day.'],
  ['updates-ended', 95, 'UPDATES_EXPIRED', 'RENEW', 'Your updates have ended, and this release is newer: renew to get it.'],
  ['updates-ended', 94, 'UPDATES_EXPIRED', 'RENEW', 'Your updates have ended, and this release is newer: renew to get it.'],
];

interface Wanted {
  readonly license_id: string;
  readonly customer_id: string;
  readonly key_hint: string;
  readonly product_id: string;
  readonly downloadable_id: string;
  readonly version: string;
  readonly asset_id: string;
  readonly file_name: string;
}

const COLUMNS =
  'id, at, code, message, remedy, status, operation, product_id, downloadable_id, version, asset_id, file_name, license_id, customer_id, key_ending, client, request_id'.split(
    ', ',
  );

/** Makes what an operator looks for in the logs: customers who could not download the newest release, each for another reason. */
export async function createSampleRefusals({ database, clock }: { database: Database; clock: Clock }): Promise<void> {
  const now = clock.now().getTime();
  for (const [mailbox, minutesAgo, code, remedy, message] of REFUSED) {
    const wanted = await findWanted(database, `${mailbox}@customer.example`);
    if (!wanted) continue;
    const at = new Date(now - minutesAgo * 60_000);
    const row: SqlValue[] = [
      pastId(at),
      toSqlInstant(at),
      code,
      message,
      remedy,
      403,
      'GET /d/:assetId/:fileName',
      wanted.product_id,
      wanted.downloadable_id,
      wanted.version,
      wanted.asset_id,
      wanted.file_name,
      wanted.license_id,
      wanted.customer_id,
      wanted.key_hint,
      'curl',
      'sample',
    ];
    await database.transaction((tx) =>
      tx.execute(`INSERT INTO refusal (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`, row),
    );
  }
}

/** The newest published release of what a customer has a license of. */
async function findWanted(database: Database, emailKey: string): Promise<Wanted | null> {
  const [row] = await database.query<Wanted>(
    `SELECT l.id AS license_id, l.customer_id, l.key_hint, d.product_id, d.id AS downloadable_id, d.version, a.id AS asset_id, a.file_name
     FROM customer c JOIN license l ON l.customer_id = c.id
     JOIN downloadable d ON d.product_id = l.product_id AND d.status = 'PUBLISHED' JOIN asset a ON a.revision_id = d.live_revision_id
     WHERE c.email_key = ? ORDER BY d.version_key DESC, a.file_name LIMIT 1`,
    [emailKey],
  );
  return row ?? null;
}
