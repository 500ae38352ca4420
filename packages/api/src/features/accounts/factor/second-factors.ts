import { IsNull, Not } from 'typeorm';
import type { Database } from '../../../database/database.js';
import { toSqlInstant } from '../../../database/instants.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { Secrets } from '../../../kernel/secret/secrets.js';
import type { GuessThrottle } from '../../../machinery/throttle/guess-throttle.js';
import { factorRefusals as words } from '../../../messages/refusals.js';
import type { Devices } from '../devices.js';
import type { UserAccount } from '../user-account.entity.js';
import { asTyped, isAppCode, newRecoveryCodes, stepAt, stepOfCode } from './codes.js';
import { RecoveryCode, SecondFactor } from './second-factor.entity.js';

export interface SecondFactorsUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly throttle: GuessThrottle;
  readonly devices: Devices;
}

/** Under which subkey secrets are sealed. */
const PURPOSE = 'second-factor';

/** Judges the codes that people enter beside their password. */
export class SecondFactors {
  constructor(private readonly use: SecondFactorsUse) {}

  /** The one that counts; null: there is none. */
  async find(userId: string): Promise<SecondFactor | null> {
    return this.use.database.read.findOneBy(SecondFactor, { userId, confirmedAt: Not(IsNull()) });
  }

  /** Lets pass whoever has no second factor, or enters a code of it. @throws Refusal TOTP_REQUIRED, TOTP_WRONG @throws PublicFault RATE_LIMITED */
  async require(context: RequestContext, user: UserAccount, code: string | null | undefined): Promise<void> {
    const factor = await this.find(user.id);
    if (factor) await this.check(context, { user, factor, code });
  }

  /** Takes one code, of the app or of recovery, once. */
  async check(
    { origin }: RequestContext,
    { user, factor, code }: { readonly user: UserAccount; readonly factor: SecondFactor; readonly code: string | null | undefined },
  ): Promise<void> {
    const typed = asTyped(code ?? '');
    if (typed === '') refuse('TOTP_REQUIRED', words.codeNeeded, 'totpCode');
    const guess = {
      account: `second factor of ${user.id}`,
      address: origin.countedAddress,
      password: typed,
      // A code that is wrong now may be right later.
      passwordHash: `${factor.createdAt.getTime()} ${stepAt(this.use.clock.now())}`,
      deviceId: this.use.devices.find(origin.device, user),
    };
    const isRight = await this.use.throttle.judgePassword(guess, async () => ((await this.#take(factor, typed)) ? true : null));
    if (!isRight) refuse('TOTP_WRONG', words.codeWrong, 'totpCode');
  }

  seal(userId: string, secret: string): string {
    return this.use.secrets.encrypt(PURPOSE, userId, secret);
  }

  /** Gives recovery codes in place of those there were; only their hashes are kept. @returns the codes */
  async giveRecoveryCodes(tx: Transaction, userId: string): Promise<string[]> {
    const codes = newRecoveryCodes();
    await tx.manager.delete(RecoveryCode, { userId });
    const rows = codes.map((code) => ({ userId, codeHash: this.#hash(userId, asTyped(code)), usedAt: null }));
    await tx.manager.insert(RecoveryCode, rows);
    return codes;
  }

  async countRecoveryCodes(userId: string): Promise<number> {
    return this.use.database.read.countBy(RecoveryCode, { userId, usedAt: IsNull() });
  }

  async remove(tx: Transaction, userId: string): Promise<void> {
    await tx.manager.delete(RecoveryCode, { userId });
    await tx.manager.delete(SecondFactor, { userId });
  }

  #take({ userId, secretSealed }: SecondFactor, typed: string): Promise<boolean> {
    const { database, clock, secrets } = this.use;
    if (isAppCode(typed)) {
      const step = stepOfCode(secrets.decrypt(PURPOSE, userId, secretSealed), typed, clock.now());
      const sql = 'UPDATE second_factor SET last_step = ? WHERE user_id = ? AND last_step < ?';
      return database.transaction(async (tx) => step !== null && (await tx.execute(sql, [step, userId, step])) === 1);
    }
    const sql = 'UPDATE recovery_code SET used_at = ? WHERE user_id = ? AND code_hash = ? AND used_at IS NULL';
    const values = [toSqlInstant(clock.now()), userId, this.#hash(userId, typed)];
    return database.transaction(async (tx) => (await tx.execute(sql, values)) === 1);
  }

  #hash(userId: string, code: string): string {
    return this.use.secrets.lookupHash('recovery-code', `${userId} ${code}`);
  }
}
