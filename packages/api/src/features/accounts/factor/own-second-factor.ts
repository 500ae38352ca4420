import { IsNull, Not } from 'typeorm';
import { requiresSecondFactor } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { UserActor } from '../../../kernel/actor.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { notFound, PublicFault } from '../../../kernel/problem/faults.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { AuditAction } from '../../../machinery/audit/audit-actions.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import { factorRefusals as words } from '../../../messages/refusals.js';
import type { SettingsService } from '../../settings/settings.service.js';
import type { AccountService } from '../account.service.js';
import type { AccountMails } from '../links/account-mails.js';
import { Session } from '../session.entity.js';
import { requireRoleWithin, requireUserManager } from '../user.rules.js';
import { UserAccount } from '../user-account.entity.js';
import { newSecret, otpauthUri } from './codes.js';
import { factorMail } from './factor-mail.js';
import { SecondFactor } from './second-factor.entity.js';
import type { SecondFactors } from './second-factors.js';

export interface OwnSecondFactorUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly jobs: JobRunner;
  readonly factors: SecondFactors;
  readonly accounts: AccountService;
  readonly settings: SettingsService;
  readonly mails: AccountMails;
}

/** What an app is told, once. */
export interface Enrolment {
  readonly secret: string;
  readonly uri: string;
}

export interface FactorState {
  readonly confirmedAt: Date | null;
  readonly recoveryCodesLeft: number;
  readonly isRequired: boolean;
}

interface Change {
  readonly user: UserAccount;
  readonly action: AuditAction;
}

/** Sets up and ends one's second factor; staff end it for somebody who lost theirs. */
export class OwnSecondFactor {
  constructor(private readonly use: OwnSecondFactorUse) {}

  async state({ userId, role }: UserActor): Promise<FactorState> {
    const [factor, recoveryCodesLeft, settings] = await Promise.all([
      this.use.factors.find(userId),
      this.use.factors.countRecoveryCodes(userId),
      this.use.settings.read(),
    ]);
    return { confirmedAt: factor?.confirmedAt ?? null, recoveryCodesLeft, isRequired: requiresSecondFactor(settings.secondFactor, role) };
  }

  /** Makes a secret for an app, for whoever proves to own the account; it counts once a code of it was entered. */
  async enrol(context: RequestContext, currentPassword: string | null): Promise<Enrolment> {
    const { database, clock, factors, accounts, settings } = this.use;
    const user = await this.#ownerOf(context);
    await accounts.requireProof(context, user, currentPassword);
    const secret = newSecret();
    const row = { userId: user.id, secretSealed: factors.seal(user.id, secret), createdAt: clock.now(), confirmedAt: null, lastStep: 0 };
    await database.transaction(async (tx) => {
      await tx.lock(UserAccount, { id: user.id });
      if (await tx.manager.existsBy(SecondFactor, { userId: user.id, confirmedAt: Not(IsNull()) })) refuse('TOTP_ALREADY_ON', words.isOn);
      await tx.manager.delete(SecondFactor, { userId: user.id });
      await tx.manager.insert(SecondFactor, row);
    });
    return { secret, uri: otpauthUri(secret, { issuer: (await settings.read()).vendorName, label: user.email }) };
  }

  /** Takes the first code of the app; all other sessions end. @returns the recovery codes, which are kept nowhere */
  async confirm(context: RequestContext, totpCode: string): Promise<string[]> {
    const { database, clock, factors } = this.use;
    const user = await this.#ownerOf(context);
    const factor = await database.read.findOneBy(SecondFactor, { userId: user.id, confirmedAt: IsNull() });
    if (!factor) refuse('TOTP_NOT_BEGUN', words.notBegun, 'totpCode');
    await factors.check(context, { user, factor, code: totpCode });
    return this.#change(context, { user, action: 'user.secondFactorOn' }, async (tx) => {
      const which = { userId: user.id, createdAt: factor.createdAt, confirmedAt: IsNull() };
      const { affected } = await tx.manager.update(SecondFactor, which, { confirmedAt: clock.now() });
      if (affected !== 1) refuse('TOTP_NOT_BEGUN', words.begunAgain, 'totpCode');
      if (context.actor.kind === 'USER') await tx.manager.delete(Session, { userId: user.id, id: Not(context.actor.sessionId) });
      return factors.giveRecoveryCodes(tx, user.id);
    });
  }

  /** Gives new recovery codes, for a code of the app. */
  async renewCodes(context: RequestContext, totpCode: string): Promise<string[]> {
    const user = await this.#requireCode(context, totpCode);
    return this.#change(context, { user, action: 'user.recoveryCodes' }, (tx) => this.use.factors.giveRecoveryCodes(tx, user.id));
  }

  /** Ends it, for a code of the app or of recovery, unless the vendor requires it. */
  async end(context: RequestContext, totpCode: string): Promise<void> {
    const { secondFactor } = await this.use.settings.read();
    if (context.actor.kind === 'USER' && requiresSecondFactor(secondFactor, context.actor.role)) refuse('TOTP_MANDATORY', words.mandatory);
    const user = await this.#requireCode(context, totpCode);
    await this.#change(context, { user, action: 'user.secondFactorOff' }, (tx) => this.use.factors.remove(tx, user.id));
  }

  /** Ends that of somebody who lost it, and their sessions. @throws PublicFault FORBIDDEN, NOT_FOUND */
  async endFor(context: RequestContext, userId: string): Promise<UserAccount> {
    requireUserManager(context.actor);
    if (context.actor.kind === 'USER' && context.actor.userId === userId) refuse('TOTP_REQUIRED', words.ownNeedsCode, 'id');
    const user = await this.use.database.read.findOneBy(UserAccount, { id: userId });
    if (!user) throw notFound('user');
    requireRoleWithin(context.actor, user.role);
    if (!(await this.use.factors.find(userId))) return user;
    await this.#change(context, { user, action: 'user.secondFactorOff' }, async (tx) => {
      await this.use.factors.remove(tx, userId);
      await tx.manager.delete(Session, { userId });
    });
    return user;
  }

  async #requireCode(context: RequestContext, totpCode: string): Promise<UserAccount> {
    const user = await this.#ownerOf(context);
    const factor = await this.use.factors.find(user.id);
    if (!factor) refuse('TOTP_OFF', words.isOff);
    await this.use.factors.check(context, { user, factor, code: totpCode });
    return user;
  }

  /** A change that its person hears of by mail. */
  async #change<T>(context: RequestContext, { user, action }: Change, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const { database, audit, mails, clock, jobs } = this.use;
    const brand = await mails.readBrand();
    const done = await database.transaction(async (tx) => {
      const result = await work(tx);
      await audit.record(tx, context, { action, subjectType: 'user', subjectId: user.id });
      await mails.put(tx, brand, factorMail(user, action, { at: clock.now(), url: mails.pageUrl('/portal/account') }));
      return result;
    });
    jobs.nudge();
    return done;
  }

  async #ownerOf({ actor }: RequestContext): Promise<UserAccount> {
    if (actor.kind !== 'USER') throw new PublicFault('FORBIDDEN', words.noAccount);
    return this.use.database.read.findOneByOrFail(UserAccount, { id: actor.userId });
  }
}
