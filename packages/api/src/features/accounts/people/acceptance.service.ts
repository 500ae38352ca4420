import type { Role } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import { isUniqueViolation } from '../../../database/errors.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import type { Actor } from '../../../kernel/actor.js';
import { newId } from '../../../kernel/ids.js';
import { FieldProblems, refuse } from '../../../kernel/problem/refusal.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import type { MailRequests } from '../../../machinery/throttle/mail-requests.js';
import { peopleRefusals as words } from '../../../messages/refusals.js';
import { Customer } from '../../customers/customer.entity.js';
import type { SettingsService } from '../../settings/settings.service.js';
import type { AccountService } from '../account.service.js';
import { asPerson } from '../links/as-person.js';
import { linkStateOf, type LinkState } from '../links/link-state.js';
import { OneTimeLink } from '../links/one-time-link.entity.js';
import type { OneTimeLinks } from '../links/one-time-links.js';
import { checkNewPassword } from '../password-rules.js';
import { hashPassword } from '../passwords.js';
import { UserAccount } from '../user-account.entity.js';
import { checkUserName } from '../user.rules.js';
import { requireCustomer, withoutPassword } from '../user.service.js';
import { writeUserProducts } from '../user-products.js';
import { inviterNameOf, type InvitationLetters } from './invitation-letters.js';
import { lockCustomer } from './invitation.rules.js';
import { toldInvitation } from './invitation.service.js';
import { isBacked } from './inviters.js';

export interface AcceptanceUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly jobs: JobRunner;
  readonly links: OneTimeLinks;
  readonly letters: InvitationLetters;
  readonly accounts: AccountService;
  readonly settings: SettingsService;
  readonly mailRequests: MailRequests;
}

/** What somebody who opened an invitation sees; nothing but its state once it works no more. */
export interface OpenedInvitation {
  readonly state: LinkState;
  readonly email: string | null;
  readonly name: string | null;
  readonly customerName: string | null;
  readonly inviterName: string | null;
  readonly isForStaff: boolean;
  readonly hasAccount: boolean;
}

const CLOSED = { email: null, name: null, customerName: null, inviterName: null, isForStaff: false, hasAccount: false } as const;

/** Opens and accepts invitations. Opening changes nothing: mail programs do so by themselves. */
export class AcceptanceService {
  constructor(private readonly use: AcceptanceUse) {}

  async open(token: string): Promise<OpenedInvitation> {
    const link = await this.use.links.find(token, ['INVITATION']);
    const customer = link?.customerId ? await this.use.database.read.findOneBy(Customer, { id: link.customerId }) : null;
    const state = linkStateOf(link, this.use.clock.now());
    if (!link || state !== 'OPEN') return { ...CLOSED, state };
    const isGone = link.customerId !== null && (!customer || customer.erasedAt !== null);
    if (isGone || !(await isBacked(this.use.database, link))) return { ...CLOSED, state: 'WITHDRAWN' };
    const account = await this.use.database.read.findOneBy(UserAccount, { emailKey: link.addressKey });
    return {
      state,
      email: link.address,
      name: link.name,
      customerName: customer && (customer.company ?? customer.name),
      inviterName: await inviterNameOf({ manager: this.use.database.read }, link),
      isForStaff: link.customerId === null,
      hasAccount: account !== null && !isReturning(account, link),
    };
  }

  /** Makes the account, and signs its person in. @param password null: they sign in by mail */
  async accept(context: RequestContext, input: { token: string; name: string; password: string | null }): Promise<Actor> {
    const link = await this.use.links.get(input.token, ['INVITATION']);
    await this.#check(link, input);
    const passwordHash = input.password === null ? '' : await hashPassword(input.password);
    const made = { link, name: input.name.trim(), passwordHash };
    const user = await withUniqueEmail(() => this.use.database.transaction((tx) => this.#settle(tx, context, made)));
    return this.use.accounts.enter(context, user);
  }

  /** Mails an invitation that is too old once more, to where it went before: nobody else gets one by that. */
  async ask(context: RequestContext, token: string): Promise<void> {
    const link = await this.use.links.find(token, ['INVITATION']);
    if (!link) refuseToSend();
    this.#requireTooOld(link);
    await this.use.mailRequests.admit({ account: link.address, address: context.origin.countedAddress, deviceId: null });
    const stationery = await this.use.letters.open();
    await this.use.database.transaction(async (tx) => {
      const customer = link.customerId === null ? null : await lockCustomer(tx, link.customerId, null);
      const present = await tx.lock(OneTimeLink, { id: link.id });
      this.#requireTooOld(present);
      if (!(await isBacked(tx, present))) refuseToSend();
      const renewed = await this.use.links.renew(tx, present);
      await this.use.letters.send(tx, stationery, { ...renewed, customer });
    });
    this.use.jobs.nudge();
  }

  /** One that was asked for by a key alone is sent by whoever agrees to it. */
  #requireTooOld(link: OneTimeLink | null): asserts link is OneTimeLink {
    if (!link || link.askedAt !== null || linkStateOf(link, this.use.clock.now()) !== 'EXPIRED') refuseToSend();
  }

  async #check(link: OneTimeLink, { name, password }: { name: string; password: string | null }): Promise<void> {
    const problems = new FieldProblems();
    problems.add('name', checkUserName(name));
    const { passwordMinLength } = await this.use.settings.read();
    if (password !== null) problems.add('password', await checkNewPassword(password, { email: link.address, name }, passwordMinLength));
    if (password === null && link.customerId === null) problems.add('password', { code: 'NAME_REQUIRED', message: words.choosePassword });
    problems.throwIfAny();
  }

  async #settle(tx: Transaction, context: RequestContext, made: Made): Promise<UserAccount> {
    const { link } = made;
    if (link.customerId !== null) await requireCustomer(tx, link.customerId);
    if (!(await isBacked(tx, link))) refuse('LINK_WITHDRAWN', words.inviterEnded, 'token');
    await this.use.links.use(tx, link);
    const found = await tx.manager.findOneBy(UserAccount, { emailKey: link.addressKey });
    if (found && !isReturning(found, link)) refuseTaken();
    const user = found ? await this.#bringBack(tx, found, made) : await this.#insert(tx, made);
    const entry = { subjectType: 'user', subjectId: user.id } as const;
    const by = asPerson(context, user);
    await this.use.audit.record(tx, by, { ...entry, action: 'user.create', after: withoutPassword(user) });
    const whose =
      link.customerId === null
        ? ({ subjectType: 'invitation', subjectId: link.id } as const)
        : ({ subjectType: 'customer', subjectId: link.customerId } as const);
    await this.use.audit.record(tx, by, { ...whose, action: 'invitation.accept', after: toldInvitation(link) });
    return user;
  }

  async #insert(tx: Transaction, { link, name, passwordHash }: Made): Promise<UserAccount> {
    const role: Role = link.role ?? 'CUSTOMER';
    const { address: email, addressKey, customerId, memberRole } = link;
    const times = { createdAt: this.use.clock.now(), disabledAt: null, noAlertsSince: null, signedInAt: null };
    const user: UserAccount = { id: newId(), email, emailKey: addressKey, name, role, passwordHash, customerId, memberRole, ...times };
    await tx.manager.insert(UserAccount, user);
    if (link.productIds !== null) await writeUserProducts(tx, user.id, JSON.parse(link.productIds) as string[]); // `inviteStaff` wrote it
    return user;
  }

  /** Who was removed and is invited again has the account of before, with another password. */
  async #bringBack(tx: Transaction, found: UserAccount, { link, name, passwordHash }: Made): Promise<UserAccount> {
    const user = { ...found, name, passwordHash, memberRole: link.memberRole, disabledAt: null };
    await tx.manager.update(UserAccount, { id: found.id }, user);
    return user;
  }
}

interface Made {
  readonly link: OneTimeLink;
  readonly name: string;
  readonly passwordHash: string;
}

function refuseToSend(): never {
  refuse('LINK_WITHDRAWN', words.notFromHere, 'token');
}

function refuseTaken(): never {
  refuse('EMAIL_TAKEN', words.youHaveAccount, 'token');
}

/** Two invitations to one address may be accepted at once. */
async function withUniqueEmail<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error)) refuseTaken();
    throw error;
  }
}

/** Somebody of the same customer whose account was disabled. */
const isReturning = (account: UserAccount, link: OneTimeLink): boolean =>
  account.disabledAt !== null && account.customerId !== null && account.customerId === link.customerId;
