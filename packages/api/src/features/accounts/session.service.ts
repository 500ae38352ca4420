import { ROLE_SCOPES } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { fromSqlInstant, toSqlInstant } from '../../database/instants.js';
import type { Actor } from '../../kernel/actor.js';
import { ANONYMOUS } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { hashToken, randomToken } from '../../kernel/secret/secrets.js';
import type { License } from '../licenses/license.entity.js';
import { Session } from './session.entity.js';
import type { UserAccount } from './user-account.entity.js';

/** A session ends after this much silence, and at the latest after this much time (PROMISES.md, row 11). */
const IDLE_MINUTES = 30;
const ABSOLUTE_HOURS = 12;
/** Last-seen is written at most this often (DESIGN.md, section 8.10). */
const SEEN_EVERY_SECONDS = 60;

interface SessionRow {
  readonly id: string;
  readonly last_seen_at: string | Date;
  readonly license_id: string | null;
  readonly license_customer_id: string | null;
  readonly user_id: string | null;
  readonly role: UserAccount['role'] | null;
  readonly customer_id: string | null;
}

const FIND_SESSION = `
  SELECT s.id, s.last_seen_at, s.license_id, l.customer_id AS license_customer_id, u.id AS user_id, u.role, u.customer_id
  FROM session s
  LEFT JOIN user_account u ON u.id = s.user_id AND u.disabled_at IS NULL
  LEFT JOIN license l ON l.id = s.license_id
  WHERE s.token_hash = ? AND s.last_seen_at > ? AND s.created_at > ?`;

/** Starts, finds and ends sessions. Only hashes of their tokens are stored. */
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Starts a session of a user or of a license key's holder. @returns the token for the cookie */
  async start(owner: { readonly userId: string } | { readonly licenseId: string }): Promise<string> {
    const token = randomToken();
    const now = this.clock.now();
    await this.database.transaction((tx) =>
      tx.manager.insert(Session, {
        id: newId(),
        tokenHash: hashToken(token),
        userId: 'userId' in owner ? owner.userId : null,
        licenseId: 'licenseId' in owner ? owner.licenseId : null,
        createdAt: now,
        lastSeenAt: now,
      }),
    );
    return token;
  }

  async end(sessionId: string): Promise<void> {
    await this.database.transaction((tx) => tx.manager.delete(Session, { id: sessionId }));
  }

  async endAllOfUser(userId: string): Promise<void> {
    await this.database.transaction((tx) => tx.manager.delete(Session, { userId }));
  }

  /** Who holds the cookie; ANONYMOUS when it is unknown, ended or of a disabled user. */
  async authenticate(token: string): Promise<Actor> {
    const now = this.clock.now();
    const ago = (ms: number): string => toSqlInstant(new Date(now.getTime() - ms));
    const [row] = await this.database.query<SessionRow>(FIND_SESSION, [
      hashToken(token),
      ago(IDLE_MINUTES * 60_000),
      ago(ABSOLUTE_HOURS * 3_600_000),
    ]);
    if (!row) return ANONYMOUS;
    await this.#touch(row, now);
    return this.#actorOf(row);
  }

  async #actorOf(row: SessionRow): Promise<Actor> {
    if (row.user_id !== null && row.role !== null) {
      const licensedProductIds = row.customer_id === null ? [] : await this.licensedProducts({ customerId: row.customer_id });
      const scopes = new Set(ROLE_SCOPES[row.role]);
      return {
        kind: 'USER',
        userId: row.user_id,
        sessionId: row.id,
        role: row.role,
        scopes,
        customerId: row.customer_id,
        licensedProductIds,
      };
    }
    if (row.license_id === null || row.license_customer_id === null) return ANONYMOUS;
    const licensedProductIds = await this.licensedProducts({ licenseId: row.license_id });
    return { kind: 'LICENSE', licenseId: row.license_id, sessionId: row.id, customerId: row.license_customer_id, licensedProductIds };
  }

  /** The products of a customer's licenses, or of one license; their status is judged by the entitlement decision. */
  async licensedProducts(owner: { readonly customerId: string } | { readonly licenseId: string }): Promise<string[]> {
    const [column, id] = 'customerId' in owner ? ['customer_id', owner.customerId] : ['id', owner.licenseId];
    const rows = await this.database.query<{ product_id: string }>(`SELECT DISTINCT product_id FROM license WHERE ${column} = ?`, [id]);
    return rows.map((row) => row.product_id);
  }

  /** The actor who sent a license key in a header or a query. */
  async actorOfLicense(license: Pick<License, 'id' | 'customerId' | 'productId'>): Promise<Actor> {
    return {
      kind: 'LICENSE',
      licenseId: license.id,
      sessionId: null,
      customerId: license.customerId,
      licensedProductIds: [license.productId],
    };
  }

  async #touch(row: SessionRow, now: Date): Promise<void> {
    if (now.getTime() - fromSqlInstant(row.last_seen_at).getTime() < SEEN_EVERY_SECONDS * 1_000) return;
    await this.database.transaction((tx) => tx.execute('UPDATE session SET last_seen_at = ? WHERE id = ?', [toSqlInstant(now), row.id]));
  }
}
