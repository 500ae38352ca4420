import { asciiEmail, emailKey } from '@slipway/shared';
import { IsNull } from 'typeorm';
import type { Database } from '../../../database/database.js';
import { toSqlInstant } from '../../../database/instants.js';
import type { Transaction } from '../../../database/transaction.js';
import { actorId, type Actor } from '../../../kernel/actor.js';
import type { Clock } from '../../../kernel/clock.js';
import { newId } from '../../../kernel/ids.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import { hashToken, randomToken } from '../../../kernel/secret/secrets.js';
import { linkRefusals as words } from '../../../messages/refusals.js';
import type { UserAccount } from '../user-account.entity.js';
import type { AccountLinks } from '../user.service.js';
import { refuseEnded } from './link-state.js';
import { OneTimeLink, type LinkPurpose } from './one-time-link.entity.js';

const MINUTE_MS = 60_000;
/** How long each works: long enough to be read, no longer than it must. */
export const LINK_MINUTES: Readonly<Record<LinkPurpose, number>> = {
  INVITATION: 7 * 24 * 60,
  SIGN_IN: 15,
  RESET: 60,
  OLD_ADDRESS: 24 * 60,
  NEW_ADDRESS: 24 * 60,
};
/** Those that whoever may have been in an account can have asked for: another password ends them all. */
const OF_ACCOUNTS = ['SIGN_IN', 'RESET', 'OLD_ADDRESS', 'NEW_ADDRESS'] as const satisfies readonly LinkPurpose[];
/** So long one that has ended still says what happened to it. */
const KEPT_DAYS = 90;
/** Rows that one statement deletes. */
const BATCH = 500;

/** What a new link is about. */
export type NewLink = Pick<OneTimeLink, 'purpose' | 'address'> &
  Partial<Pick<OneTimeLink, 'userId' | 'customerId' | 'name' | 'role' | 'memberRole' | 'productIds' | 'askedAt'>>;

const tokenLength = randomToken().length;

/** Makes links that work once, finds them by their token, and uses them up. */
export class OneTimeLinks implements AccountLinks {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @param by who asked for it; null: nobody who is known @returns the row, and the token, which is not kept */
  async make(tx: Transaction, link: NewLink, by: Actor | null): Promise<{ link: OneTimeLink; token: string }> {
    const token = randomToken();
    const now = this.clock.now();
    const row: OneTimeLink = {
      id: newId(),
      tokenHash: hashToken(token),
      userId: null,
      customerId: null,
      name: '',
      role: null,
      memberRole: null,
      productIds: null,
      askedAt: null,
      ...link,
      address: asciiEmail(link.address.trim()),
      addressKey: emailKey(link.address),
      mailId: null,
      createdByKind: by?.kind ?? 'SYSTEM',
      createdBy: by ? actorId(by) : null,
      createdAt: now,
      expiresAt: this.#endOf(link.purpose),
      usedAt: null,
      revokedAt: null,
    };
    await tx.manager.insert(OneTimeLink, row);
    return { link: row, token };
  }

  /** Gives a link another token and its whole life again: what was mailed before works no more. */
  async renew(tx: Transaction, link: OneTimeLink): Promise<{ link: OneTimeLink; token: string }> {
    const token = randomToken();
    const renewed = { ...link, tokenHash: hashToken(token), expiresAt: this.#endOf(link.purpose), askedAt: null };
    await tx.manager.update(OneTimeLink, { id: link.id }, renewed);
    return { link: renewed, token };
  }

  /** A link by its token, in whatever state it is; null: there is none. */
  async find(token: string, purposes: readonly LinkPurpose[]): Promise<OneTimeLink | null> {
    if (token.length !== tokenLength) return null;
    const link = await this.database.read.findOneBy(OneTimeLink, { tokenHash: hashToken(token) });
    return link && purposes.includes(link.purpose) ? link : null;
  }

  /** A link that still works. @throws Refusal that says in a sentence what to do */
  async get(token: string, purposes: readonly LinkPurpose[]): Promise<OneTimeLink> {
    const link = await this.find(token, purposes);
    if (!link) refuse('LINK_UNKNOWN', words.incomplete, 'token');
    refuseEnded(link, this.clock.now());
    return link;
  }

  /** Uses a link up: of two at once one does. @throws Refusal for the other */
  async use(tx: Transaction, link: OneTimeLink): Promise<void> {
    const at = toSqlInstant(this.clock.now());
    const sql = `UPDATE one_time_link SET used_at = ? WHERE id = ? AND token_hash = ? AND used_at IS NULL AND revoked_at IS NULL AND asked_at IS NULL AND expires_at > ?`;
    if ((await tx.execute(sql, [at, link.id, link.tokenHash, at])) === 1) return;
    const present = await tx.manager.findOneBy(OneTimeLink, { id: link.id });
    refuseEnded(present ?? { ...link, usedAt: this.clock.now() }, this.clock.now());
    refuse('LINK_WITHDRAWN', words.newerSent, 'token');
  }

  /** Ends every link of an account that still works, save for invitations. */
  async endOfUser(tx: Transaction, userId: string, purposes: readonly LinkPurpose[] = OF_ACCOUNTS): Promise<void> {
    const marks = purposes.map(() => '?').join(', ');
    await tx.execute(
      `UPDATE one_time_link SET revoked_at = ? WHERE user_id = ? AND purpose IN (${marks}) AND used_at IS NULL AND revoked_at IS NULL`,
      [toSqlInstant(this.clock.now()), userId, ...purposes],
    );
  }

  /** Ends all links of an account that is closed: none enters it any more, and no invitation from before makes it again. */
  async endOfAccount(tx: Transaction, user: Pick<UserAccount, 'id' | 'emailKey' | 'customerId'>): Promise<void> {
    await this.endOfUser(tx, user.id);
    await this.endInvitations(tx, { addressKey: user.emailKey, customerId: user.customerId });
  }

  /** Ends the invitations to an address that nobody accepted, those that are too old among them. @param customerId null: of the staff */
  async endInvitations(tx: Transaction, { addressKey, customerId }: Pick<OneTimeLink, 'addressKey' | 'customerId'>): Promise<void> {
    const whose = { purpose: 'INVITATION', addressKey, customerId: customerId ?? IsNull(), usedAt: IsNull(), revokedAt: IsNull() } as const;
    await tx.manager.update(OneTimeLink, whose, { revokedAt: this.clock.now() });
  }

  /** Forgets what ended long ago, some at a time. */
  async forget(): Promise<void> {
    const before = toSqlInstant(new Date(this.clock.now().getTime() - KEPT_DAYS * 24 * 60 * MINUTE_MS));
    for (;;) {
      const rows = await this.database.query<{ id: string }>(`SELECT id FROM one_time_link WHERE expires_at < ? LIMIT ${BATCH}`, [before]);
      if (rows.length === 0) return;
      const marks = rows.map(() => '?').join(', ');
      await this.database.transaction((tx) =>
        tx.execute(
          `DELETE FROM one_time_link WHERE id IN (${marks})`,
          rows.map(({ id }) => id),
        ),
      );
    }
  }

  #endOf(purpose: LinkPurpose): Date {
    return new Date(this.clock.now().getTime() + LINK_MINUTES[purpose] * MINUTE_MS);
  }
}
