import { Not } from 'typeorm';
import { asciiEmail, checkEmail, checkName, emailKey, memberRoleOf, type MemberRole, type Role } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import type { Transaction } from '../../database/transaction.js';
import type { Actor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { PublicFault } from '../../kernel/problem/faults.js';
import { newId } from '../../kernel/ids.js';
import { asMachineKey } from '../../kernel/secret/machine-key.js';
import { FieldProblems, refuse } from '../../kernel/problem/refusal.js';
import type { Audit } from '../../machinery/audit/audit.service.js';
import type { LicenseService } from '../licenses/license.service.js';
import type { GuessThrottle } from '../../machinery/throttle/guess-throttle.js';
import { signInRefusals as words } from '../../messages/refusals.js';
import type { SecondFactors } from './factor/second-factors.js';
import type { Devices } from './devices.js';
import type { SettingsService } from '../settings/settings.service.js';
import { checkNewPassword } from './password-rules.js';
import { hashPassword, verifyPassword } from './passwords.js';
import { Session } from './session.entity.js';
import type { SessionService } from './session.service.js';
import type { ChangePasswordInput } from './user.schema.js';
import { withoutPassword, type AccountLinks } from './user.service.js';
import { UserAccount } from './user-account.entity.js';

export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly password: string;
  readonly customerId?: string | null;
  readonly memberRole?: MemberRole | null;
}

export interface AccountUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly sessions: SessionService;
  readonly throttle: GuessThrottle;
  readonly licenses: LicenseService;
  readonly devices: Devices;
  readonly settings: SettingsService;
  readonly factors: SecondFactors;
  readonly links: AccountLinks;
  /** Tells somebody that their account was entered from where it never was before. */
  readonly tellNewDevice: (context: RequestContext, user: UserAccount) => Promise<void>;
}

/** What somebody signs in with; the code where the account has a second factor. */
export interface PasswordSignIn {
  readonly email: string;
  readonly password: string;
  readonly totpCode: string | null;
}

/** Signs people in and out. */
export class AccountService {
  constructor(private readonly use: AccountUse) {}

  async findUser(id: string): Promise<UserAccount | null> {
    return this.use.database.read.findOneBy(UserAccount, { id });
  }

  /** Signs in with e-mail and password; sets the cookie. @returns who is signed in now */
  async signInWithPassword(context: RequestContext, { email, password, totpCode }: PasswordSignIn): Promise<Actor> {
    const found = await this.use.database.read.findOneBy(UserAccount, { emailKey: emailKey(email) });
    const user = await this.#judge(context, { email, found: found?.disabledAt ? null : found, password });
    if (!user) refuse('SIGN_IN_FAILED', words.wrong, 'password');
    await this.use.factors.require(context, user, totpCode);
    return this.enter(context, user);
  }

  /** Lets somebody in who proved who they are: a session begins, and the device is known from now on. */
  async enter(context: RequestContext, user: UserAccount): Promise<Actor> {
    const { devices, sessions } = this.use;
    const isNewDevice = user.signedInAt !== null && !devices.hasSeen(context.origin.device, user);
    const actor = await this.#replaceSession(context, await sessions.start({ userId: user.id }, context.origin.userAgent));
    context.reply.setDevice(devices.remember(context.origin.device, user));
    if (isNewDevice) await this.use.tellNewDevice(context, user);
    return actor;
  }

  /** Signs in with a license key; sets the cookie. @returns who is signed in now */
  async signInWithLicenseKey(context: RequestContext, key: string): Promise<Actor> {
    if (asMachineKey(key) !== null) refuse('LICENSE_KEY_INVALID', words.machineKey, 'licenseKey');
    const license = await this.use.licenses.findByKey(key, context.origin.countedAddress);
    if (!license) refuse('LICENSE_KEY_INVALID', words.noLicense, 'licenseKey');
    return this.#replaceSession(context, await this.use.sessions.start({ licenseId: license.id }, context.origin.userAgent));
  }

  /** Ends the session, or all sessions of its user. */
  async signOut(context: RequestContext, everywhere: boolean): Promise<void> {
    const { actor } = context;
    if (actor.kind === 'USER' && everywhere) await this.use.sessions.endAllOfUser(actor.userId);
    else await this.#endSession(context);
    context.reply.setSession(null);
  }

  /** Changes one's own password, for whoever knows the present one; all other sessions of theirs end. */
  async changePassword(context: RequestContext, input: ChangePasswordInput): Promise<UserAccount> {
    const { actor } = context;
    if (actor.kind !== 'USER') throw new PublicFault('FORBIDDEN', words.noAccount);
    const user = await this.use.database.read.findOneByOrFail(UserAccount, { id: actor.userId });
    await this.requireProof(context, user, input.currentPassword ?? null);
    const problem = await checkNewPassword(input.newPassword, user, (await this.use.settings.read()).passwordMinLength);
    if (problem) refuse(problem.code, problem.message, 'newPassword');
    const passwordHash = await hashPassword(input.newPassword);
    const changed = await this.use.database.transaction(async (tx) => {
      const { affected } = await tx.manager.update(UserAccount, { id: user.id, passwordHash: user.passwordHash }, { passwordHash });
      if (affected === 0) refuse('PASSWORD_WRONG', words.passwordChanged, 'currentPassword');
      await tx.manager.delete(Session, { userId: user.id, id: Not(actor.sessionId) });
      await this.use.links.endOfUser(tx, user.id);
      await this.use.audit.record(tx, context, {
        action: 'user.passwordChange',
        subjectType: 'user',
        subjectId: user.id,
        after: withoutPassword(user),
      });
      return user;
    });
    context.reply.setDevice(this.use.devices.remember(context.origin.device, { ...changed, passwordHash }));
    return changed;
  }

  /**
   * Refuses who does not prove to be the owner of the account: by its password, or, where it has none, by having signed in just now.
   */
  async requireProof(context: RequestContext, user: UserAccount, currentPassword: string | null): Promise<void> {
    if (user.passwordHash === '') return requireJustSignedIn(context.actor, this.use.clock.now());
    const isRight = await this.#judge(context, { email: user.email, found: user, password: currentPassword ?? '' });
    if (!isRight) refuse('PASSWORD_WRONG', words.passwordWrong, 'currentPassword');
  }

  /** Makes an account. Hash the password first (`hashPassword`): that is slow work for outside a transaction. */
  async insertUser(tx: Transaction, user: NewUser, passwordHash: string): Promise<UserAccount> {
    const row = {
      id: newId(),
      email: asciiEmail(user.email.trim()),
      emailKey: emailKey(user.email),
      name: user.name.trim(),
      role: user.role,
      passwordHash,
      customerId: user.customerId ?? null,
      createdAt: this.use.clock.now(),
      disabledAt: null,
      noAlertsSince: null,
      memberRole: memberRoleOf({ role: user.role, memberRole: user.memberRole ?? null }),
      signedInAt: null,
    };
    await tx.manager.insert(UserAccount, row);
    const { passwordHash: _hidden, ...after } = row;
    await this.use.audit.recordBySystem(tx, { action: 'user.create', subjectType: 'user', subjectId: row.id, after });
    return row;
  }

  /** Makes an account on its own. @throws Refusal when a field breaks its rule */
  async createUser(user: NewUser): Promise<UserAccount> {
    const problems = new FieldProblems();
    problems.add('email', checkEmail(user.email));
    problems.add('name', checkName(user.name, { label: 'The name', maxLength: 100 }));
    problems.add('password', await checkNewPassword(user.password, user));
    problems.throwIfAny();
    const passwordHash = await hashPassword(user.password);
    return this.use.database.transaction((tx) => this.insertUser(tx, user, passwordHash));
  }

  async countUsers(): Promise<number> {
    return this.use.database.read.count(UserAccount);
  }

  /** Judges one try of a password; unknown and disabled accounts take as long as others. @returns whose it is, or null */
  async #judge(
    { origin }: RequestContext,
    { email, found, password }: { email: string; found: UserAccount | null; password: string },
  ): Promise<UserAccount | null> {
    const deviceId = found && this.use.devices.find(origin.device, found);
    const guess = { account: email, address: origin.countedAddress, password, passwordHash: found?.passwordHash ?? '', deviceId };
    return this.use.throttle.judgePassword(guess, async () =>
      (await verifyPassword(found?.passwordHash ?? null, password)) ? found : null,
    );
  }

  async #replaceSession(context: RequestContext, token: string): Promise<Actor> {
    await this.#endSession(context);
    context.reply.setSession(token);
    return this.use.sessions.authenticate(token);
  }

  async #endSession({ actor }: RequestContext): Promise<void> {
    if ((actor.kind === 'USER' || actor.kind === 'LICENSE') && actor.sessionId !== null) await this.use.sessions.end(actor.sessionId);
  }
}

/** Who has no password shows that they can read their mail: the session began a moment ago. */
const JUST_MS = 15 * 60_000;

function requireJustSignedIn(actor: Actor, now: Date): void {
  const signedInAt = actor.kind === 'USER' ? actor.signedInAt : undefined;
  if (signedInAt !== undefined && now.getTime() - signedInAt.getTime() <= JUST_MS) return;
  refuse('SIGN_IN_AGAIN', words.signInAgain, 'currentPassword');
}
