import { randomUUID } from 'node:crypto';
import { checkEmail, emailKey } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Actor } from '../../../kernel/actor.js';
import type { RequestContext } from '../../../kernel/context.js';
import { FieldProblems, refuse } from '../../../kernel/problem/refusal.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import { databaseNow, enqueueJob } from '../../../machinery/jobs/job-queue.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import type { MailRequests } from '../../../machinery/throttle/mail-requests.js';
import { linkRefusals as words } from '../../../messages/refusals.js';
import type { SettingsService } from '../../settings/settings.service.js';
import type { AccountService } from '../account.service.js';
import type { Devices } from '../devices.js';
import type { SecondFactors } from '../factor/second-factors.js';
import type { ResetPasswordInput, SignInWithLinkInput } from './entry.inputs.js';
import type { AccountMails } from '../links/account-mails.js';
import { asPerson } from '../links/as-person.js';
import type { OneTimeLink } from '../links/one-time-link.entity.js';
import type { OneTimeLinks } from '../links/one-time-links.js';
import { checkNewPassword } from '../password-rules.js';
import { hashPassword } from '../passwords.js';
import { Session } from '../session.entity.js';
import { UserAccount } from '../user-account.entity.js';
import { withoutPassword } from '../user.service.js';
import { passwordChangedMail, type EntryPurpose } from './entry-mails.js';
import { ENTRY_MAIL_JOB, type EntryMailPayload } from './entry.job.js';

export interface EntryUse {
  readonly database: Database;
  readonly audit: Audit;
  readonly jobs: JobRunner;
  readonly links: OneTimeLinks;
  readonly mails: AccountMails;
  readonly mailRequests: MailRequests;
  readonly accounts: AccountService;
  readonly devices: Devices;
  readonly settings: SettingsService;
  readonly factors: SecondFactors;
}

/** Lets people in by a link in a mail, and gives them another password by one. */
export class EntryService {
  constructor(private readonly use: EntryUse) {}

  /**
   * Asks for a link. Whether anybody has the address is not told, by the answer or by its time: a job is written either way, and
   * only the job tells the two apart.
   */
  async request(context: RequestContext, purpose: EntryPurpose, email: string): Promise<void> {
    const problems = new FieldProblems();
    problems.add('email', checkEmail(email.trim()));
    problems.throwIfAny();
    const { database, devices, mailRequests, jobs } = this.use;
    const found = await database.read.findOneBy(UserAccount, { emailKey: emailKey(email) });
    const deviceId = devices.find(context.origin.device, found ?? NOBODY);
    await mailRequests.admit({ account: email, address: context.origin.countedAddress, deviceId });
    const payload: EntryMailPayload = { userId: found?.id ?? '', purpose };
    await database.transaction(async (tx) => {
      const dedupeKey = `${ENTRY_MAIL_JOB}:${randomUUID()}`;
      await enqueueJob(tx, { kind: ENTRY_MAIL_JOB, dedupeKey, payload, runAt: await databaseNow(tx) });
    });
    jobs.nudge();
  }

  /** Signs in with a link. */
  async signIn(context: RequestContext, { token, totpCode }: SignInWithLinkInput): Promise<Actor> {
    const link = await this.use.links.get(token, ['SIGN_IN']);
    await this.#requireSecondFactor(context, link, totpCode);
    const user = await this.use.database.transaction(async (tx) => {
      await this.use.links.use(tx, link);
      const owner = await lockOwner(tx, link);
      await this.use.links.endOfUser(tx, owner.id, ['SIGN_IN']);
      return owner;
    });
    return this.use.accounts.enter(context, user);
  }

  /** Gives the account another password, ends all its sessions and links, and signs in. */
  async reset(context: RequestContext, { token, newPassword, totpCode }: ResetPasswordInput): Promise<Actor> {
    const { database, links, settings, accounts, mails, jobs } = this.use;
    const link = await links.get(token, ['RESET']);
    const owner = await database.read.findOneBy(UserAccount, { id: link.userId ?? '' });
    const { passwordMinLength } = await settings.read();
    const problem = await checkNewPassword(newPassword, owner ?? NOBODY, passwordMinLength);
    if (problem) refuse(problem.code, problem.message, 'newPassword');
    await this.#requireSecondFactor(context, link, totpCode);
    const passwordHash = await hashPassword(newPassword);
    const brand = await mails.readBrand();
    const user = await database.transaction(async (tx) => {
      await links.use(tx, link);
      const found = await lockOwner(tx, link);
      await tx.manager.update(UserAccount, { id: found.id }, { passwordHash });
      await tx.manager.delete(Session, { userId: found.id });
      await links.endOfUser(tx, found.id);
      await this.#record(tx, context, found);
      await mails.put(tx, brand, passwordChangedMail(found, link, mails.pageUrl('/login')));
      return { ...found, passwordHash };
    });
    jobs.nudge();
    return accounts.enter(context, user);
  }

  /** A mailbox alone lets nobody in who has a second factor; the link stays as it is meanwhile. */
  async #requireSecondFactor(context: RequestContext, { userId }: OneTimeLink, code: string | null | undefined): Promise<void> {
    const user = await this.use.database.read.findOneBy(UserAccount, { id: userId ?? '' });
    if (user) await this.use.factors.require(context, user, code);
  }

  async #record(tx: Transaction, context: RequestContext, user: UserAccount): Promise<void> {
    const entry = { action: 'user.passwordReset', subjectType: 'user', subjectId: user.id, after: withoutPassword(user) } as const;
    await this.use.audit.record(tx, asPerson(context, user), entry);
  }
}

/** Stands in for an account that is not there, so that it takes as much work. */
const NOBODY = { id: '', email: '', name: '', passwordHash: '' };

async function lockOwner(tx: Transaction, { userId }: OneTimeLink): Promise<UserAccount> {
  const user = await tx.lock(UserAccount, { id: userId ?? '' });
  if (!user || user.disabledAt !== null) refuse('LINK_WITHDRAWN', words.accountEnded, 'token');
  return user;
}
