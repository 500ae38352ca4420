import { createHash } from 'node:crypto';
import { inspectLogo, type LogoImage, type Problem, type SettingValue } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import type { Transaction } from '../../database/transaction.js';
import { refuse } from '../../kernel/problem/refusal.js';

/** An image that somebody sent, judged and named by its bytes. */
export interface SentLogo extends LogoImage {
  /** SHA-256 of the bytes, in hex. */
  readonly digest: string;
  /** The bytes, in base64. */
  readonly content: string;
}

export type StoredLogo = Omit<SentLogo, 'content' | 'mediaType'> & { readonly mediaType: string; readonly bytes: Buffer };

const DIGEST = /^[0-9a-f]{64}$/;
const DATA_URL = /^data:[\w.+/-]{0,80};base64,/i;
const NOT_BASE64 = { code: 'VALUE_INVALID', message: 'The logo is not in base64: encode the bytes of the image.' } as const;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

type Sent = { readonly logo: SentLogo; readonly problem: null } | { readonly logo: null; readonly problem: Problem };

/** What somebody gave as the logo; null: no image, but none, or the digest of one that is here. */
export function readSentLogo(given: SettingValue | null | undefined): Sent | null {
  const text = typeof given === 'string' ? given.trim() : '';
  return text === '' || DIGEST.test(text) ? null : decodeLogo(text.replace(DATA_URL, ''));
}

/** @param content base64; what a `data:` URL said of its type counts for nothing */
function decodeLogo(content: string): Sent {
  if (!BASE64.test(content)) return { logo: null, problem: NOT_BASE64 };
  const bytes = Buffer.from(content, 'base64');
  const { image, problem } = inspectLogo(bytes);
  if (problem) return { logo: null, problem };
  return { logo: { ...image, digest: createHash('sha256').update(bytes).digest('hex'), content }, problem: null };
}

/** Where the portal finds a logo. */
export const logoPath = (digest: string): string => `/vendor/logo/${digest}`;

export interface LogoChange {
  /** Digests of the logo until now and from now on; empty: none. */
  readonly before: string;
  readonly after: string;
  readonly sent: SentLogo | null;
  readonly at: string;
}

/** Keeps the logo from now on and the one until now, and no other. @throws Refusal when the new one is not there */
export async function changeLogo(tx: Transaction, { before, after, sent, at }: LogoChange): Promise<void> {
  if (sent) {
    const { digest, mediaType, width, height, content } = sent;
    await tx.insertIfAbsent('vendor_logo', { digest, media_type: mediaType, width, height, content, created_at: at });
  }
  const isThere = after === '' || (await tx.query('SELECT digest FROM vendor_logo WHERE digest = ?', [after])).length > 0;
  if (!isThere) refuse('VALUE_INVALID', 'There is no logo with this digest: send the image itself, in base64.', 'logo');
  await tx.execute('DELETE FROM vendor_logo WHERE digest NOT IN (?, ?)', [before, after]);
}

/** Reads logos, each from the database once while it is one of the last two. */
export class VendorLogos {
  readonly #known = new Map<string, StoredLogo>();

  constructor(private readonly database: Pick<Database, 'query'>) {}

  /** @param digest SHA-256 in hex; null for one that is not there, or not any more */
  async find(digest: string): Promise<StoredLogo | null> {
    if (!DIGEST.test(digest)) return null;
    const known = this.#known.get(digest) ?? (await this.#read(digest));
    if (!known) return null;
    this.#known.delete(digest);
    this.#known.set(digest, known);
    for (const oldest of [...this.#known.keys()].slice(0, -2)) this.#known.delete(oldest);
    return known;
  }

  async #read(digest: string): Promise<StoredLogo | null> {
    const [row] = await this.database.query<{ media_type: string; width: number; height: number; content: string }>(
      'SELECT media_type, width, height, content FROM vendor_logo WHERE digest = ?',
      [digest],
    );
    if (!row) return null;
    return { digest, mediaType: row.media_type, width: row.width, height: row.height, bytes: Buffer.from(row.content, 'base64') };
  }
}
