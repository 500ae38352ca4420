import { createHmac } from 'node:crypto';
import type { Clock } from '../kernel/clock.js';
import { equalsInConstantTime, type Secrets } from '../kernel/secret/secrets.js';

const SIGNATURE_PARAMETER = '&signature=';

/** Why a URL is refused, or the parameters of a good one. */
export type UrlVerdict =
  | { readonly kind: 'GOOD'; readonly path: string; readonly query: URLSearchParams }
  | { readonly kind: 'URL_EXPIRED' }
  | { readonly kind: 'URL_INVALID' };

export interface UrlGrant {
  readonly method: 'GET' | 'PUT';
  /** From the store's prefix on, already percent-encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | number>>;
  readonly expiresInSeconds: number;
}

/**
 * Signs URLs of the embedded store: HMAC-SHA-256 over the method and the very text of path and query, which name the
 * object, upload, part, length, file name and expiry. The text is signed as it is sent, not as it is understood, so no
 * other spelling of the same URL passes.
 */
export class UrlSigner {
  readonly #key: Buffer;
  readonly #clock: Clock;

  constructor({ secrets, clock }: { readonly secrets: Secrets; readonly clock: Clock }) {
    this.#key = secrets.subkey('store-url');
    this.#clock = clock;
  }

  /** @returns the path with its signed query */
  sign(grant: UrlGrant): string {
    const expires = Math.ceil(this.#clock.now().getTime() / 1000) + grant.expiresInSeconds;
    const pairs = Object.entries({ ...grant.query, expires }).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    const text = `${grant.path}?${pairs.join('&')}`;
    return `${text}${SIGNATURE_PARAMETER}${this.#signatureOf(grant.method, text)}`;
  }

  /** Judges a URL as it arrived. @param pathAndQuery the raw text of the request line, from the store's prefix on */
  verify(method: UrlGrant['method'], pathAndQuery: string): UrlVerdict {
    const end = pathAndQuery.lastIndexOf(SIGNATURE_PARAMETER);
    if (end < 0) return { kind: 'URL_INVALID' };
    const text = pathAndQuery.slice(0, end);
    const signature = pathAndQuery.slice(end + SIGNATURE_PARAMETER.length);
    if (!equalsInConstantTime(signature, this.#signatureOf(method, text))) return { kind: 'URL_INVALID' };
    const [path = '', query = ''] = text.split('?');
    const parameters = new URLSearchParams(query);
    const isExpired = this.#clock.now().getTime() >= Number(parameters.get('expires')) * 1000;
    return isExpired ? { kind: 'URL_EXPIRED' } : { kind: 'GOOD', path, query: parameters };
  }

  #signatureOf(method: UrlGrant['method'], text: string): string {
    return createHmac('sha256', this.#key).update(`${method}\n${text}`).digest('base64url');
  }
}
