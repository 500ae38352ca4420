import { tagKey } from '@slipway/shared';
import type { Transaction } from '../../database/transaction.js';
import type { License } from './license.entity.js';

/** Writes the tags by which a license is found anew. */
export async function writeTags(tx: Transaction, { id, tags }: Pick<License, 'id' | 'tags'>): Promise<void> {
  await tx.execute('DELETE FROM license_tag WHERE license_id = ?', [id]);
  if (tags.length === 0) return;
  await tx.execute(
    `INSERT INTO license_tag (tag_key, license_id) VALUES ${tags.map(() => '(?, ?)').join(', ')}`,
    tags.flatMap((tag) => [tagKey(tag), id]),
  );
}
