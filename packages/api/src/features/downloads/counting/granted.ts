import type { Transaction } from '../../../database/transaction.js';
import { STAFF_SOURCE } from './download-source.js';

/** The vendor's own people and programs, and testers: nobody whom a release is for. */
const NO_CUSTOMERS = [STAFF_SOURCE, 'TOKEN', 'SHARE_LINK'];

/** Whether a customer, or the public, was ever granted a file of a release. The log may have been cut; the counters never are. */
export async function wasGranted(tx: Transaction, downloadableId: string): Promise<boolean> {
  const marks = NO_CUSTOMERS.map(() => '?').join(', ');
  const [found] = await tx.query<{ granted: number }>(
    `SELECT CASE WHEN EXISTS (SELECT 1 FROM download_event WHERE downloadable_id = ? AND source NOT IN (${marks}))
       OR EXISTS (SELECT 1 FROM download_counter WHERE scope_id = ? AND dimension = 'SOURCE' AND member NOT IN (${marks})) THEN 1 ELSE 0 END AS granted`,
    [downloadableId, ...NO_CUSTOMERS, downloadableId, ...NO_CUSTOMERS],
  );
  return Number(found?.granted) === 1;
}
