import { memberRoleOf, ROLE_SCOPES, requiresSecondFactor } from '@slipway/shared';
import type { MemberRole, ProductScope, Settings } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { fromSqlInstant, toSqlInstant } from '../../database/instants.js';
import type { Actor } from '../../kernel/actor.js';
import { ANONYMOUS } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { hashToken, randomToken } from '../../kernel/secret/secrets.js';
import { deviceText } from '../../kernel/text/device-text.js';
import { licensedProductsSql, readLicensedProducts } from '../licenses/license-rows.js';
import type { SettingsService } from '../settings/settings.service.js';
import { Session } from './session.entity.js';
import { scopeOfRows, type UserProductRow } from './user-products.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Last-seen is written at most this often (DESIGN.md, section 8.10). */
const SEEN_EVERY_SECONDS = 60;

interface SessionRow extends UserProductRow {
  readonly id: string;
  readonly created_at: string | Date;
  readonly last_seen_at: string | Date;
  readonly license_id: string | null;
  readonly license_customer_id: string | null;
  readonly user_id: string | null;
  readonly customer_id: string | null;
  readonly factor_at: string | Date | null;
  readonly member_role: MemberRole | null;
  readonly licensed: string | null;
}

const FIND_SESSION = `
  SELECT s.id, s.created_at, s.last_seen_at, s.license_id, l.customer_id AS license_customer_id, u.id AS user_id, u.role, u.customer_id, u.member_role,
    f.confirmed_at AS factor_at, p.product_id AS limited_to,
    CASE WHEN s.license_id IS NULL THEN ${licensedProductsSql('u.customer_id')} ELSE l.product_id END AS licensed
  FROM session s
  LEFT JOIN user_account u ON u.id = s.user_id AND u.disabled_at IS NULL
  LEFT JOIN second_factor f ON f.user_id = u.id
  LEFT JOIN user_product p ON p.user_id = u.id
  LEFT JOIN license l ON l.id = s.license_id
  WHERE s.token_hash = ?`;

/** The same without a session. */
const FIND_STAFF = `
  SELECT '' AS id, u.created_at, u.created_at AS last_seen_at, NULL AS license_id, NULL AS license_customer_id, u.id AS user_id, u.role, u.customer_id,
    u.member_role, f.confirmed_at AS factor_at, p.product_id AS limited_to, NULL AS licensed
  FROM user_account u
  LEFT JOIN second_factor f ON f.user_id = u.id
  LEFT JOIN user_product p ON p.user_id = u.id
  WHERE u.id = ? AND u.disabled_at IS NULL AND u.customer_id IS NULL`;

/** Starts, finds and ends sessions. Only hashes of their tokens are stored. */
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly settings: Pick<SettingsService, 'read'>,
  ) {}

  /** Starts a session of a user or of a license key's holder. @returns the token for the cookie */
  async start(owner: { readonly userId: string } | { readonly licenseId: string }, userAgent: string): Promise<string> {
    const token = randomToken();
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      await tx.manager.insert(Session, {
        id: newId(),
        tokenHash: hashToken(token),
        userId: 'userId' in owner ? owner.userId : null,
        licenseId: 'licenseId' in owner ? owner.licenseId : null,
        createdAt: now,
        lastSeenAt: now,
        device: deviceText(userAgent),
      });
      if ('userId' in owner) await tx.execute('UPDATE user_account SET signed_in_at = ? WHERE id = ?', [toSqlInstant(now), owner.userId]);
    });
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
    const rows = await this.database.queryPrepared<SessionRow>(FIND_SESSION, [hashToken(token)]);
    const [row] = rows;
    if (!row) return ANONYMOUS;
    const settings = await this.settings.read();
    if (isOver(row, now, settings)) {
      await this.end(row.id); // longer limits set later bring nobody back
      return ANONYMOUS;
    }
    await this.#touch(row, now);
    return this.#actorOf(row, scopeOfRows(rows), settings.secondFactor);
  }

  /** A person of the staff whose work goes on without them, with the rights that they have now; null when they have none any more. */
  async actorOfUser(userId: string): Promise<Actor | null> {
    const rows = await this.database.query<SessionRow>(FIND_STAFF, [userId]);
    const [row] = rows;
    return row ? this.#actorOf(row, scopeOfRows(rows), (await this.settings.read()).secondFactor) : null;
  }

  #actorOf(row: SessionRow, productIds: ProductScope, secondFactor: string): Actor {
    const signedInAt = fromSqlInstant(row.created_at);
    const licensedProductIds = readLicensedProducts(row.licensed);
    if (row.user_id !== null && row.role !== null) {
      // Whoever has to have a second factor and has none yet can do nothing but set it up.
      const isBarred = row.factor_at === null && requiresSecondFactor(secondFactor, row.role);
      const scopes = new Set(isBarred ? [] : ROLE_SCOPES[row.role]);
      return {
        kind: 'USER',
        userId: row.user_id,
        sessionId: row.id,
        role: row.role,
        scopes,
        productIds,
        customerId: row.customer_id,
        memberRole: memberRoleOf({ role: row.role, memberRole: row.member_role }),
        licensedProductIds,
        signedInAt,
        mustEnrolTotp: isBarred,
      };
    }
    if (row.license_id === null || row.license_customer_id === null) return ANONYMOUS;
    const { license_id: licenseId, license_customer_id: customerId, id: sessionId } = row;
    return { kind: 'LICENSE', licenseId, sessionId, customerId, licensedProductIds, signedInAt };
  }

  async #touch(row: SessionRow, now: Date): Promise<void> {
    if (now.getTime() - fromSqlInstant(row.last_seen_at).getTime() < SEEN_EVERY_SECONDS * 1_000) return;
    await this.database.transaction((tx) => tx.execute('UPDATE session SET last_seen_at = ? WHERE id = ?', [toSqlInstant(now), row.id]));
  }
}

/** A session ends after some silence, and at the latest after some time; customers come back less often than staff (PROMISES.md, row 11). */
function isOver(row: SessionRow, now: Date, settings: Settings): boolean {
  const isStaff = row.user_id !== null && row.role !== 'CUSTOMER';
  const idleMs = isStaff ? settings.staffIdleMinutes * MINUTE_MS : settings.customerIdleDays * DAY_MS;
  const wholeMs = isStaff ? settings.staffSessionHours * HOUR_MS : settings.customerSessionDays * DAY_MS;
  const since = (instant: string | Date): number => now.getTime() - fromSqlInstant(instant).getTime();
  return since(row.last_seen_at) >= idleMs || since(row.created_at) >= wholeMs;
}
