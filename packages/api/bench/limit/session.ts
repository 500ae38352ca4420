import { createHash } from 'node:crypto';
import type { LimitDatabase } from './connection.js';

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 12 * 3_600_000;
const SEEN_EVERY_MS = 60_000;

/** Who asks: the admin, or one customer with the products of their licenses. */
export interface Viewer {
  readonly userId: string;
  readonly isAdmin: boolean;
  readonly customerId: string;
  readonly productIds: readonly string[];
}

interface SessionRow {
  readonly id: string;
  readonly last_seen_at: string;
  readonly user_id: string;
  readonly role: string;
  readonly customer_id: string | null;
}

const FIND = `SELECT s.id, s.last_seen_at, u.id AS user_id, u.role, u.customer_id FROM session s JOIN user_account u ON u.id = s.user_id
  WHERE s.token_hash = ? AND s.last_seen_at > ? AND s.created_at > ? AND u.disabled_at IS NULL`;

/** An instant as a DATETIME holds it. */
export const sqlInstant = (milliseconds: number): string => new Date(milliseconds).toISOString().replace('T', ' ').replace('Z', '');
const WHOLE_SECOND = '2026-01-01 00:00:00'.length;
/** A DATETIME as JSON has it; of a prepared statement the driver leaves out milliseconds that are none. */
export const jsonInstant = (text: string | null): string | null =>
  text === null ? null : `${text.replace(' ', 'T')}${text.length === WHOLE_SECOND ? '.000' : ''}Z`;

/** The session of a cookie, by the product's rules: hashed token, idle and absolute end, last-seen at most once a minute. */
export async function findViewer(database: LimitDatabase, cookie: string): Promise<Viewer | null> {
  const token = cookie.slice(cookie.indexOf('=') + 1);
  const now = Date.now();
  const hash = createHash('sha256').update(token).digest('hex');
  const [row] = await database.rows<SessionRow>(FIND, [hash, sqlInstant(now - IDLE_MS), sqlInstant(now - ABSOLUTE_MS)]);
  if (!row) return null;
  if (now - Date.parse(jsonInstant(row.last_seen_at) ?? '') > SEEN_EVERY_MS)
    await database.transaction((tx) => tx.rows('UPDATE session SET last_seen_at = ? WHERE id = ?', [sqlInstant(now), row.id]));
  const customerId = row.customer_id ?? '';
  const isAdmin = row.role === 'ADMIN';
  const licensed = isAdmin
    ? []
    : await database.rows<{ product_id: string }>('SELECT DISTINCT product_id FROM license WHERE customer_id = ?', [customerId]);
  return { userId: row.user_id, isAdmin, customerId, productIds: licensed.map((one) => one.product_id) };
}
