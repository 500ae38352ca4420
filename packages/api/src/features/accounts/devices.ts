import { createHmac, randomBytes } from 'node:crypto';
import { equalsInConstantTime, type Secrets } from '../../kernel/secrets.js';

const ID_BYTES = 16;
/** 128 bits, which nobody guesses. */
const PROOF_LENGTH = 22;
/** Accounts that one device is known for; the one that signed in longest ago is forgotten. */
const MAX_ACCOUNTS = 8;
const COOKIE = /^[\w-]{22}(?:\.[\w-]{22})*$/;

/**
 * Knows devices from which an account signed in, by a signed cookie alone: nothing is stored. Whoever guesses passwords from
 * elsewhere cannot keep such a device out.
 * @see https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
 */
export class Devices {
  constructor(private readonly secrets: Secrets) {}

  /** The device's id, when its cookie proves that the account signed in there. */
  find(cookie: string | null, userId: string): string | null {
    const [deviceId, ...proofs] = partsOf(cookie);
    if (deviceId === undefined) return null;
    const expected = this.#proofOf(deviceId, userId);
    return proofs.some((proof) => equalsInConstantTime(proof, expected)) ? deviceId : null;
  }

  /** The cookie that the device gets when an account signed in. */
  remember(cookie: string | null, userId: string): string {
    const [deviceId = randomBytes(ID_BYTES).toString('base64url'), ...proofs] = partsOf(cookie);
    const proof = this.#proofOf(deviceId, userId);
    return [deviceId, proof, ...proofs.filter((one) => one !== proof).slice(0, MAX_ACCOUNTS - 1)].join('.');
  }

  #proofOf(deviceId: string, userId: string): string {
    return createHmac('sha256', this.secrets.subkey('device-cookie'))
      .update(`${deviceId} ${userId}`)
      .digest('base64url')
      .slice(0, PROOF_LENGTH);
  }
}

function partsOf(cookie: string | null): string[] {
  return cookie !== null && COOKIE.test(cookie) ? cookie.split('.') : [];
}
