/** Whether the terms of a license make sense; the API and the console's form ask the same function. */
import { calendarDate } from '../text/calendar.js';
import { type Channel } from '../version/channel.js';
import { type Problem } from '../problem.js';
import { joinOr, quote } from '../text/quote.js';
import { parseVersionRange } from '../version/version-range.js';

/** Largest download limit (chosen: fits a 32-bit column and is no limit in practice). */
export const MAX_DOWNLOADS_MAX = 1_000_000_000;
/** Of a limit that is none. */
export const DOWNLOAD_LIMIT_WRONG = 'The download limit must be a whole number from 1 to 1,000,000,000: leave it empty for no limit.';

export interface LicenseTerms {
  readonly startsAt: Date | null;
  readonly expiresAt: Date | null;
  /** `YYYY-MM-DD` in the vendor's zone. */
  readonly updatesUntil: string | null;
  readonly channels: readonly string[];
  readonly versionRange: string | null;
  readonly maxDownloads: number | null;
}

export type LicenseTermProblems = Partial<Readonly<Record<keyof LicenseTerms, Problem>>>;

/**
 * The problems of a license's terms by field; empty when they are good.
 * @param product.channels null: the channels are not in question
 * @param product.timeZone the vendor's zone (IANA name)
 */
export function checkLicenseTerms(
  terms: LicenseTerms,
  product: { readonly channels: readonly Channel[] | null; readonly timeZone: string },
): LicenseTermProblems {
  const problems: Partial<Record<keyof LicenseTerms, Problem | null>> = {
    expiresAt: checkExpiry(terms),
    updatesUntil: checkUpdates(terms, product.timeZone),
    channels: product.channels && checkKnown(terms.channels, product.channels),
    versionRange: checkRange(terms.versionRange),
    maxDownloads: checkLimit(terms.maxDownloads),
  };
  // Only fields with a problem are left, and their values are problems.
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem)) as LicenseTermProblems;
}

function checkExpiry({ startsAt, expiresAt }: LicenseTerms): Problem | null {
  if (startsAt === null || expiresAt === null || startsAt < expiresAt) return null;
  return { code: 'DATE_INVALID', message: 'The license would end before it starts: choose an end after the start.' };
}

function checkUpdates({ startsAt, updatesUntil }: LicenseTerms, timeZone: string): Problem | null {
  const start = startsAt && calendarDate(startsAt, timeZone);
  if (start === null || updatesUntil === null || updatesUntil >= start) return null;
  return { code: 'DATE_INVALID', message: `The updates would end before the license starts on ${start}: choose that day or a later one.` };
}

function checkKnown(names: readonly string[], channels: readonly Channel[]): Problem | null {
  const unknown = names.find((name) => !channels.some((channel) => channel.name === name));
  if (unknown === undefined) return null;
  const known = joinOr(channels.map((channel) => channel.name));
  return {
    code: 'CHANNEL_UNKNOWN',
    message: `The product has no channel ${quote(unknown)}: choose ${known}.`,
    params: { channel: unknown },
  };
}

function checkRange(text: string | null): Problem | null {
  const range = text === null ? null : parseVersionRange(text);
  return range && !range.ok ? range.problem : null;
}

function checkLimit(limit: number | null): Problem | null {
  if (limit === null || (Number.isInteger(limit) && limit >= 1 && limit <= MAX_DOWNLOADS_MAX)) return null;
  return { code: 'VALUE_INVALID', message: DOWNLOAD_LIMIT_WRONG };
}
