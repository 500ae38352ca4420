import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** What every authenticator app assumes: six digits of HMAC-SHA-1, every half minute. @see https://datatracker.ietf.org/doc/html/rfc6238 */
const PERIOD_SECONDS = 30;
const SECRET_BYTES = 20;
/** Clocks of phones are a little off: the code before and the one after are taken as well. */
const STEPS_AROUND = 1;
export const RECOVERY_CODES_COUNT = 10;
/** No letter that is read as another one or as a digit. */
const RECOVERY_SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';
const RECOVERY_LENGTH = 10;

/** A new secret in base32, as people type it. */
export const newSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

const totpOf = (secret: string, issuer: string, label: string): TOTP =>
  new TOTP({ issuer, label, algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS, secret: Secret.fromBase32(secret) });

/** The address that an app reads from the picture. @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
export function otpauthUri(secret: string, { issuer, label }: { readonly issuer: string; readonly label: string }): string {
  // A colon parts the two.
  return totpOf(secret, issuer.replaceAll(':', ' '), label).toString();
}

/** The time step that a code is of; null: it is none of now. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = totpOf(secret, '', '').validate({ token: code, timestamp, window: STEPS_AROUND });
  return delta === null ? null : stepAt(now) + delta;
}

export const stepAt = (now: Date): number => Math.floor(now.getTime() / 1_000 / PERIOD_SECONDS);

/** Ten codes of about 50 bits, in two groups. */
export function newRecoveryCodes(): string[] {
  const sign = (): string => RECOVERY_SIGNS.charAt(randomInt(RECOVERY_SIGNS.length));
  const half = (): string => Array.from({ length: RECOVERY_LENGTH / 2 }, sign).join('');
  return Array.from({ length: RECOVERY_CODES_COUNT }, () => `${half()}-${half()}`);
}

/** A code however it was typed: no blanks, no dashes, small letters. */
export const asTyped = (code: string): string => code.replaceAll(/[\s-]/g, '').toLowerCase();
export const isAppCode = (code: string): boolean => /^\d{6}$/.test(code);
