import { emailKey } from '@slipway/shared';
import { IsNull, Not } from 'typeorm';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Actor } from '../../../kernel/actor.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { PublicFault } from '../../../kernel/problem/faults.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import type { MailBrand } from '../../../machinery/mail/mail-template.js';
import type { MailRequests } from '../../../machinery/throttle/mail-requests.js';
import { peopleRefusals as words } from '../../../messages/refusals.js';
import { accountAskedMailMessages as mail } from '../../../messages/account-mails.js';
import type { Customer } from '../../customers/customer.entity.js';
import { License } from '../../licenses/license.entity.js';
import type { AccountMails } from '../links/account-mails.js';
import { OneTimeLink } from '../links/one-time-link.entity.js';
import type { OneTimeLinks } from '../links/one-time-links.js';
import { UserAccount } from '../user-account.entity.js';
import type { InvitationLetters, Stationery } from './invitation-letters.js';
import { checkInvited, lockCustomer, requireRoomToInvite } from './invitation.rules.js';
import { toldInvitation } from './invitation.service.js';

export interface AccountRequestUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly jobs: JobRunner;
  readonly links: OneTimeLinks;
  readonly letters: InvitationLetters;
  readonly mails: AccountMails;
  readonly mailRequests: MailRequests;
}

interface Asked {
  readonly email: string;
  readonly name: string;
}

/**
 * Makes a session by license key an account of its customer. A key may be in many hands, an address in one: the customer's own address
 * becomes the owner where there is none; anybody else waits for an owner, or for staff, to agree.
 */
export class AccountRequestService {
  constructor(private readonly use: AccountRequestUse) {}

  /** @returns whether somebody has to agree first */
  async ask(context: RequestContext, asked: Asked): Promise<{ readonly isWaiting: boolean }> {
    const { actor, origin } = context;
    if (actor.kind !== 'LICENSE') throw new PublicFault('FORBIDDEN', words.noKey);
    checkInvited(asked);
    await this.use.mailRequests.admitSender(actor, asked.email);
    await this.use.mailRequests.admit({ account: asked.email, address: origin.countedAddress, deviceId: null });
    const stationery = await this.use.letters.open();
    const isWaiting = await this.use.database.transaction(async (tx) => {
      const customer = await lockCustomer(tx, actor.customerId, null);
      await requireLicense(tx, actor.licenseId);
      const people = await tx.manager.findBy(UserAccount, { customerId: customer.id, disabledAt: IsNull() });
      return this.#settle(tx, context, { asked, customer, people, stationery });
    });
    this.use.jobs.nudge();
    return { isWaiting };
  }

  async #settle(tx: Transaction, context: RequestContext, { asked, customer, people, stationery }: Asking): Promise<boolean> {
    const owners = people.filter(({ memberRole }) => memberRole !== 'MEMBER');
    const isOwn = emailKey(asked.email) === customer.emailKey;
    if (people.some((person) => person.emailKey === emailKey(asked.email))) refuse('EMAIL_TAKEN', words.hasAccount, 'email');
    const isWaiting = owners.length > 0;
    if (!isWaiting && (!isOwn || (await wasClosed(tx, asked, customer)))) refuse('ACCOUNT_NOT_OFFERED', words.nobodyAgrees, 'email');
    const { link, token } = await this.#put(tx, context.actor, { asked, customer, isWaiting });
    const entry = { action: 'invitation.ask', subjectType: 'customer', subjectId: customer.id } as const;
    await this.use.audit.record(tx, context, { ...entry, after: toldInvitation(link) });
    if (isWaiting) await this.#tellOwners(tx, stationery.brand, { link, owners });
    else await this.use.letters.send(tx, stationery, { link, token, customer });
    return isWaiting;
  }

  /** Asking again is asking once; what an owner sent already is not taken back by it. */
  async #put(
    tx: Transaction,
    actor: Actor,
    { asked, customer, isWaiting }: { asked: Asked; customer: Customer; isWaiting: boolean },
  ): Promise<{ link: OneTimeLink; token: string }> {
    const now = this.use.clock.now();
    const open = await tx.manager.findBy(OneTimeLink, {
      purpose: 'INVITATION',
      customerId: customer.id,
      addressKey: emailKey(asked.email),
      usedAt: IsNull(),
      revokedAt: IsNull(),
    });
    const alive = open.find(({ expiresAt }) => expiresAt > now);
    if (alive && alive.askedAt === null && isWaiting) refuse('EMAIL_TAKEN', words.isInvited, 'email');
    await this.use.links.endInvitations(tx, { addressKey: emailKey(asked.email), customerId: customer.id });
    await requireRoomToInvite(tx, customer.id, now);
    const role = isWaiting ? ('MEMBER' as const) : ('OWNER' as const);
    const content = { address: asked.email, name: asked.name.trim(), customerId: customer.id, role: 'CUSTOMER' as const, memberRole: role };
    return this.use.links.make(tx, { purpose: 'INVITATION', ...content, askedAt: isWaiting ? now : null }, actor);
  }

  async #tellOwners(
    tx: Transaction,
    brand: MailBrand,
    { link, owners }: { link: OneTimeLink; owners: readonly UserAccount[] },
  ): Promise<void> {
    for (const owner of owners)
      await this.use.mails.put(tx, brand, {
        kind: 'ACCOUNT_NOTICE',
        dedupeKey: `asked:${link.id}:${owner.id}`,
        to: { address: owner.email, name: owner.name, userId: owner.id },
        customerId: owner.customerId,
        subject: mail.subject(link.address),
        content: {
          title: mail.title,
          paragraphs: [mail.text(link.address), mail.advice],
          button: { label: mail.button, url: this.use.mails.pageUrl('/portal/account') },
          footer: mail.footer,
        },
      });
  }
}

/** A key that was taken back has nobody written to. */
async function requireLicense(tx: Transaction, id: string): Promise<void> {
  if (await tx.manager.existsBy(License, { id, status: Not('REVOKED') })) return;
  refuse('ACCOUNT_NOT_OFFERED', words.licenseRevoked, null);
}

/** Whose account was ended comes back by an invitation of somebody else alone. */
const wasClosed = (tx: Transaction, { email }: Asked, { id: customerId }: Customer): Promise<boolean> =>
  tx.manager.existsBy(UserAccount, { emailKey: emailKey(email), customerId, disabledAt: Not(IsNull()) });

interface Asking {
  readonly asked: Asked;
  readonly customer: Customer;
  readonly people: readonly UserAccount[];
  readonly stationery: Stationery;
}
