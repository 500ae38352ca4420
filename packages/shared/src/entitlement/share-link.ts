/** What a share link may be and what has become of it; the API and the console's form ask the same functions. */
import { checkName } from '../text/field-rules.js';
import { type AccessViewer } from './entitlement.js';
import { type Problem } from '../problem.js';
import { joinOr, quote } from '../text/quote.js';

/** Longest label, in characters (chosen: one line of the list). */
export const SHARE_LINK_LABEL_MAX_LENGTH = 100;

/** Longest life, in days (chosen: a year of a beta programme; who needs more makes a new link and learns who still uses the old). */
export const SHARE_LINK_MAX_DAYS = 366;

/** Life of a link whose maker does not say, in days. */
export const SHARE_LINK_DEFAULT_DAYS = 7;

/** Largest number of downloads of one link (chosen: whoever needs more wants no limit). */
export const SHARE_LINK_MAX_DOWNLOADS = 1_000_000;

const DAY_MS = 86_400_000;
/** How long a visitor may finish what a link gave before it was used up (chosen: a slow line and a broken one). */
const FINISHING_MS = 3_600_000;

/** A link is spent in one of three ways; being revoked tells more than having expired, and that more than being used up. */
export const SHARE_LINK_STATES = ['ACTIVE', 'USED_UP', 'EXPIRED', 'REVOKED'] as const;
export type ShareLinkState = (typeof SHARE_LINK_STATES)[number];

export interface ShareLinkTerms {
  /** Null: none. */
  readonly label: string | null;
  readonly expiresAt: Date;
  /** Null: as many as people like. */
  readonly maxDownloads: number | null;
}

/** What a link opens: one downloadable, or the newest draft of a product's channel. */
export interface ShareLinkScope {
  readonly downloadableId: string | null;
  readonly productId: string | null;
  readonly channel: string | null;
}

export type ShareLinkTermProblems = Partial<Readonly<Record<keyof ShareLinkTerms, Problem>>>;

/** The problems of a link's terms by field; empty when they are good. @param now the instant of the request */
export function checkShareLinkTerms(terms: ShareLinkTerms, now: Date, maxDays: number = SHARE_LINK_MAX_DAYS): ShareLinkTermProblems {
  const problems: Partial<Record<keyof ShareLinkTerms, Problem | null>> = {
    label: terms.label === null ? null : checkName(terms.label, { label: 'The label', maxLength: SHARE_LINK_LABEL_MAX_LENGTH }),
    expiresAt: checkExpiry(terms.expiresAt, now, maxDays),
    maxDownloads: checkMaxDownloads(terms.maxDownloads),
  };
  // Only those with a problem are left.
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== null)) as ShareLinkTermProblems;
}

/** ONE_OF unless exactly one downloadable, or a product with a channel, is named. */
export function checkShareLinkScope({ downloadableId, productId, channel }: ShareLinkScope): Problem | null {
  const isOfRelease = downloadableId !== null && productId === null && channel === null;
  const isOfChannel = downloadableId === null && productId !== null && channel !== null;
  if (isOfRelease || isOfChannel) return null;
  return {
    code: 'ONE_OF',
    message: 'Say what the link opens: give downloadableId alone, or productId with a channel, for example beta.',
  };
}

/** CHANNEL_UNKNOWN unless the product has the channel. @param names of the product's channels */
export function checkShareLinkChannel(channel: string, names: readonly string[]): Problem | null {
  if (names.includes(channel)) return null;
  return {
    code: 'CHANNEL_UNKNOWN',
    message: `This product has no channel ${quote(channel)}: choose ${joinOr(names)}.`,
    params: { channel },
  };
}

/** What has become of a link. @param now the instant of the request */
export function shareLinkState(
  link: Pick<ShareLinkTerms, 'expiresAt' | 'maxDownloads'> & { readonly downloadsUsed: number; readonly revokedAt: Date | null },
  now: Date,
): ShareLinkState {
  if (link.revokedAt !== null) return 'REVOKED';
  if (link.expiresAt <= now) return 'EXPIRED';
  return link.maxDownloads !== null && link.downloadsUsed >= link.maxDownloads ? 'USED_UP' : 'ACTIVE';
}

/**
 * Until when a visitor may finish a file of a link that is used up: an hour after its last counted download, within the day that
 * the visitor's own download lasts. @param counted when that was counted, and the link's last; null: never
 * @returns null when there is nothing to finish, or not any more
 */
export function finishUntil(
  counted: { readonly countedAt: Date | null; readonly lastCountedAt: Date | null; readonly expiresAt: Date },
  now: Date,
): Date | null {
  const { countedAt, lastCountedAt, expiresAt } = counted;
  if (countedAt === null || lastCountedAt === null) return null;
  const until = new Date(Math.min(lastCountedAt.getTime() + FINISHING_MS, countedAt.getTime() + DAY_MS, expiresAt.getTime()));
  return now <= until ? until : null;
}

/** The link as `decideAccess` sees it. @param isSideFile a signature or checksum takes none of the downloads, so their limit does not stop it */
export function shareLinkViewer(
  link: Parameters<typeof shareLinkState>[0],
  isSideFile: boolean,
): Extract<AccessViewer, { kind: 'SHARE_LINK' }> {
  const { expiresAt, downloadsUsed, revokedAt } = link;
  return {
    kind: 'SHARE_LINK',
    expiresAt,
    revoked: revokedAt !== null,
    maxDownloads: isSideFile ? null : link.maxDownloads,
    downloadsUsed,
  };
}

function checkExpiry(expiresAt: Date, now: Date, maxDays: number): Problem | null {
  const life = expiresAt.getTime() - now.getTime();
  if (life > 0 && life <= maxDays * DAY_MS) return null;
  return {
    code: 'DATE_INVALID',
    message: `A share link must expire between now and ${String(maxDays)} ${maxDays === 1 ? 'day' : 'days'} from now: choose another time.`,
  };
}

function checkMaxDownloads(count: number | null): Problem | null {
  if (count === null || (Number.isInteger(count) && count >= 1 && count <= SHARE_LINK_MAX_DOWNLOADS)) return null;
  return {
    code: 'VALUE_INVALID',
    message: `The number of downloads must be 1 to ${SHARE_LINK_MAX_DOWNLOADS.toLocaleString('en')}: leave it empty for no limit.`,
  };
}
