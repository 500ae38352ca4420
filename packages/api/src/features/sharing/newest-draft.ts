import type { Database } from '../../database/database.js';
import { Downloadable } from '../downloadables/downloadable.entity.js';

/** What testers of a channel wait for: what was never published. What was taken back is not offered to them anew. */
const UNPUBLISHED = ['DRAFT', 'SCHEDULED'] as const;

/** The draft or scheduled release with the highest version of a channel; null when all are published. One index probe per status. */
export async function findNewestDraft(
  database: Database,
  { productId, channel }: { readonly productId: string; readonly channel: string },
): Promise<Downloadable | null> {
  const probe = (status: string): string =>
    `SELECT * FROM (SELECT id, version_key FROM downloadable WHERE product_id = ? AND status = '${status}' AND channel = ? AND published_at IS NULL ORDER BY version_key DESC LIMIT 1) AS of_${status}`;
  const [newest] = await database.query<{ id: string }>(
    `SELECT id FROM (${UNPUBLISHED.map(probe).join(' UNION ALL ')}) AS newest ORDER BY version_key DESC LIMIT 1`,
    UNPUBLISHED.flatMap(() => [productId, channel]),
  );
  return newest ? database.read.findOneBy(Downloadable, { id: newest.id }) : null;
}
