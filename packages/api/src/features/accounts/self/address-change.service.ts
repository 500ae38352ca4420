import { asciiEmail, checkEmail, emailKey } from '@slipway/shared';
import { IsNull, MoreThan } from 'typeorm';
import type { Database } from '../../../database/database.js';
import { isUniqueViolation } from '../../../database/errors.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { PublicFault } from '../../../kernel/problem/faults.js';
import { FieldProblems, refuse } from '../../../kernel/problem/refusal.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import type { MailBrand } from '../../../machinery/mail/mail-template.js';
import type { MailRequests } from '../../../machinery/throttle/mail-requests.js';
import { addressRefusals as words, linkRefusals } from '../../../messages/refusals.js';
import type { AccountService } from '../account.service.js';
import type { AccountMails } from '../links/account-mails.js';
import { asPerson } from '../links/as-person.js';
import { OneTimeLink } from '../links/one-time-link.entity.js';
import type { OneTimeLinks } from '../links/one-time-links.js';
import { UserAccount } from '../user-account.entity.js';
import { addressChangedMail, confirmMail } from './address-mails.js';

export interface AddressChangeUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly jobs: JobRunner;
  readonly links: OneTimeLinks;
  readonly mails: AccountMails;
  readonly mailRequests: MailRequests;
  readonly accounts: AccountService;
  /** What else is kept by the address, such as which news somebody wants. */
  readonly moveChoices: (tx: Transaction, oldAddress: string, newAddress: string) => Promise<void>;
}

/** A change that was asked for. */
export interface PendingAddress {
  readonly newEmail: string;
  readonly isOldConfirmed: boolean;
  readonly isNewConfirmed: boolean;
  readonly expiresAt: Date;
}

const BOTH = ['OLD_ADDRESS', 'NEW_ADDRESS'] as const;

/** Changes the address that somebody signs in with, once both addresses have confirmed it. */
export class AddressChangeService {
  constructor(private readonly use: AddressChangeUse) {}

  /** Asks for it: each address gets a link. */
  async ask(context: RequestContext, input: { readonly email: string; readonly currentPassword: string | null }): Promise<void> {
    const user = await this.#self(context);
    checkAddress(user, input.email);
    await this.use.accounts.requireProof(context, user, input.currentPassword);
    await this.use.mailRequests.admit({ account: input.email, address: context.origin.countedAddress, deviceId: null });
    const brand = await this.use.mails.readBrand();
    await this.use.database.transaction(async (tx) => {
      await this.use.links.endOfUser(tx, user.id, BOTH);
      for (const purpose of BOTH) await this.#send(tx, brand, { user, purpose, email: input.email });
      const entry = { action: 'user.addressAsk', subjectType: 'user', subjectId: user.id } as const;
      await this.use.audit.record(tx, context, { ...entry, after: { newEmail: asciiEmail(input.email.trim()) } });
    });
    this.use.jobs.nudge();
  }

  /** Takes back what was asked for. */
  async cancel(context: RequestContext): Promise<void> {
    const user = await this.#self(context);
    await this.use.database.transaction((tx) => this.use.links.endOfUser(tx, user.id, BOTH));
  }

  /** What is asked for at present; null: nothing. */
  async find({ actor }: RequestContext): Promise<PendingAddress | null> {
    if (actor.kind !== 'USER') return null;
    const links = await this.use.database.read.find(OneTimeLink, {
      where: BOTH.map((purpose) => ({ userId: actor.userId, purpose, revokedAt: IsNull(), expiresAt: MoreThan(this.use.clock.now()) })),
      order: { id: 'DESC' },
    });
    const of = (purpose: (typeof BOTH)[number]) => links.find((link) => link.purpose === purpose);
    const [old, fresh] = [of('OLD_ADDRESS'), of('NEW_ADDRESS')];
    if (!old || !fresh || old.addressKey !== fresh.addressKey || (old.usedAt && fresh.usedAt)) return null;
    return {
      newEmail: fresh.address,
      isOldConfirmed: old.usedAt !== null,
      isNewConfirmed: fresh.usedAt !== null,
      expiresAt: fresh.expiresAt,
    };
  }

  /** Confirms it from one of the two addresses. @returns whether it is done: the other one had confirmed before */
  async confirm(context: RequestContext, token: string): Promise<{ readonly isDone: boolean; readonly newEmail: string }> {
    const link = await this.use.links.get(token, BOTH);
    const brand = await this.use.mails.readBrand();
    try {
      const isDone = await this.use.database.transaction(async (tx) => {
        // The account is the lock of both links: of two that are used at once, the second one sees the first.
        const user = await tx.lock(UserAccount, { id: link.userId ?? '' });
        if (!user || user.disabledAt !== null) refuse('LINK_WITHDRAWN', linkRefusals.accountEnded, 'token');
        await this.use.links.use(tx, link);
        return this.#finish(tx, context, { user, link, brand });
      });
      if (isDone) this.use.jobs.nudge();
      return { isDone, newEmail: link.address };
    } catch (error) {
      if (isUniqueViolation(error)) refuse('EMAIL_TAKEN', words.taken, 'token');
      throw error;
    }
  }

  async #finish(tx: Transaction, context: RequestContext, { user, link, brand }: Confirmed): Promise<boolean> {
    const other = link.purpose === 'OLD_ADDRESS' ? 'NEW_ADDRESS' : 'OLD_ADDRESS';
    const where = { userId: user.id, purpose: other, addressKey: link.addressKey, revokedAt: IsNull() } as const;
    const pair = await tx.manager.find(OneTimeLink, { where, order: { id: 'DESC' }, take: 1 });
    if (!pair[0]?.usedAt) return false;
    const changed = { email: link.address, emailKey: link.addressKey };
    await tx.manager.update(UserAccount, { id: user.id }, changed);
    await this.use.links.endOfUser(tx, user.id, ['SIGN_IN', 'RESET']);
    await this.use.moveChoices(tx, user.email, link.address);
    const entry = { action: 'user.addressChange', subjectType: 'user', subjectId: user.id } as const;
    await this.use.audit.record(tx, asPerson(context, user), { ...entry, before: { email: user.email }, after: { email: link.address } });
    await this.use.mails.put(tx, brand, addressChangedMail({ user, link, url: this.use.mails.pageUrl('/login') }));
    return true;
  }

  async #send(
    tx: Transaction,
    brand: MailBrand,
    { user, purpose, email }: { user: UserAccount; purpose: (typeof BOTH)[number]; email: string },
  ): Promise<void> {
    const whose = { purpose, userId: user.id, customerId: user.customerId, address: email };
    const { link, token } = await this.use.links.make(tx, whose, null);
    const address = purpose === 'OLD_ADDRESS' ? user.email : link.address;
    await this.use.mails.put(tx, brand, confirmMail({ user, link, address, url: this.use.mails.urlOf(purpose, token) }));
  }

  async #self({ actor }: RequestContext): Promise<UserAccount> {
    if (actor.kind !== 'USER') throw new PublicFault('FORBIDDEN', words.noAccount);
    return this.use.database.read.findOneByOrFail(UserAccount, { id: actor.userId });
  }
}

interface Confirmed {
  readonly user: UserAccount;
  readonly link: OneTimeLink;
  readonly brand: MailBrand;
}

function checkAddress(user: UserAccount, email: string): void {
  const problems = new FieldProblems();
  problems.add('email', checkEmail(email.trim()));
  problems.throwIfAny();
  if (emailKey(email) === user.emailKey) refuse('EMAIL_TAKEN', words.isYours, 'email');
}
