import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../../kernel/clock.js';
import { DatedProofs, PROOF_LENGTH } from '../../kernel/secret/dated-proof.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import type { UserAccount } from './user-account.entity.js';

const ID_BYTES = 16;
/** For how long a device is known after a sign-in. */
const KNOWN_DAYS = 365;
/** Accounts that one device is known for; the one that signed in longest ago is forgotten. */
const MAX_ACCOUNTS = 8;
/** Of an account's entry, so that its next one takes its place. */
const TAG_LENGTH = 8;
const COOKIE = new RegExp(`^[\\w-]{22}(?:\\.[\\w-]{${TAG_LENGTH + PROOF_LENGTH}})*$`);

type Owner = Pick<UserAccount, 'id' | 'passwordHash'>;

/**
 * Knows devices from which an account signed in with the password that it has now, by a signed cookie alone: nothing is stored.
 * Whoever guesses passwords from elsewhere cannot keep such a device out.
 * @see https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
 */
export class Devices {
  readonly #proofs: DatedProofs;

  constructor(
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {
    this.#proofs = new DatedProofs(secrets, 'device-cookie', KNOWN_DAYS);
  }

  /** The device's id, when its cookie proves that the account signed in there within a year, with its present password. */
  find(cookie: string | null, owner: Owner): string | null {
    const [deviceId, ...entries] = partsOf(cookie);
    if (deviceId === undefined) return null;
    const text = textOf(deviceId, owner);
    const now = this.clock.now();
    return entries.some((entry) => this.#proofs.isProof(entry.slice(TAG_LENGTH), text, now)) ? deviceId : null;
  }

  /** Whether the account signed in there before, with whichever password: enough to be told nothing, not to guess. */
  hasSeen(cookie: string | null, owner: Owner): boolean {
    const [deviceId, ...entries] = partsOf(cookie);
    return deviceId !== undefined && entries.some((entry) => entry.startsWith(this.#tagOf(deviceId, owner)));
  }

  /** The cookie that the device gets when an account signed in, or took another password there: one entry for each account. */
  remember(cookie: string | null, owner: Owner): string {
    const [deviceId = randomBytes(ID_BYTES).toString('base64url'), ...entries] = partsOf(cookie);
    const tag = this.#tagOf(deviceId, owner);
    const others = entries.filter((entry) => !entry.startsWith(tag));
    const own = tag + this.#proofs.make(textOf(deviceId, owner), this.clock.now());
    return [deviceId, own, ...others.slice(0, MAX_ACCOUNTS - 1)].join('.');
  }

  #tagOf(deviceId: string, { id }: Owner): string {
    const key = this.secrets.subkey('device-cookie-tag');
    return createHmac('sha256', key).update(`${deviceId} ${id}`).digest('base64url').slice(0, TAG_LENGTH);
  }
}

/** What is proved. With another password it is another text. */
function textOf(deviceId: string, { id, passwordHash }: Owner): string {
  return `${deviceId} ${id} ${createHash('sha256').update(passwordHash).digest('base64url')}`;
}

function partsOf(cookie: string | null): string[] {
  return cookie !== null && COOKIE.test(cookie) ? cookie.split('.') : [];
}
