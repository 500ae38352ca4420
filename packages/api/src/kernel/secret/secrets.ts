import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The version of the encryption subkeys in use; stored beside every ciphertext so that keys can be rotated. */
export const KEY_VERSION = 1;

/** Random text for sessions and tokens: 256 bits, URL-safe. */
export function randomToken(): string {
  return randomBytes(KEY_BYTES).toString('base64url');
}

/** The form in which random 256-bit tokens are stored: SHA-256, hex. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** What an API token looks like, so that people and secret scanners know one when they see it. */
export const TOKEN_PREFIX = 'slipway_';
const TOKEN = new RegExp(`^${TOKEN_PREFIX}[\\w-]{43}$`);

/** Whether a secret is meant as an API token rather than a license key, which may be sent in the same place. */
export const looksLikeToken = (secret: string): boolean => asPasted(secret).startsWith(TOKEN_PREFIX);

/** Whether it has the whole form of one: 256 random bits, so that no license key of the vendor's own is mistaken for it. */
export const isTokenShaped = (secret: string): boolean => TOKEN.test(asPasted(secret));

/** A secret as it was meant: chat and mail programs add blanks around it, and characters that nobody sees. */
export const asPasted = (secret: string): string => secret.replace(/\p{Cf}/gu, '').trim();

/** Compares two texts in time that tells nothing about them. */
export function equalsInConstantTime(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Keys derived from APP_SECRET, one per purpose (HKDF-SHA-256, RFC 5869). */
export class Secrets {
  readonly #appSecret: string;

  constructor(appSecret: string) {
    this.#appSecret = appSecret;
  }

  /** A 32-byte key for one purpose. */
  subkey(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#appSecret, 'slipway', purpose, KEY_BYTES));
  }

  /** A keyed hash (HMAC-SHA-256, hex) by which a secret can be looked up but not guessed from the database alone. */
  lookupHash(purpose: string, text: string): string {
    return createHmac('sha256', this.subkey(purpose)).update(text).digest('hex');
  }

  /** AES-256-GCM; `owner` is bound in as associated data so that a ciphertext cannot be moved to another row. */
  encrypt(purpose: string, owner: string, text: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.subkey(purpose), nonce).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64');
  }

  /** Opens what `encrypt` sealed. @throws Error when key, owner or bytes differ. */
  decrypt(purpose: string, owner: string, sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.subkey(purpose), bytes.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(owner));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  }
}
