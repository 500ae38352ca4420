/** A license in the words of people: what it comes to today, and what it covers. Dates stay `YYYY-MM-DD`. */
import { calendarDate } from '../text/calendar.js';
import { STABLE_CHANNEL } from '../version/channel.js';
import { type ExpiryPolicy } from '../entitlement/entitlement.js';
import { type LicenseState } from './license-life.js';
import { joinAnd } from '../text/quote.js';
import { PLATFORM_LABELS, type Platform } from '../file/target.js';
import { licenseStateLabels } from '../messages/labels.js';
import { coverMessages as words } from '../messages/license.js';

export const LICENSE_STATE_LABELS: Readonly<Record<LicenseState, string>> = licenseStateLabels;

/** What a license covers, as the sentences below need it. */
export interface LicenseCover {
  readonly startsAt: Date | null;
  readonly expiresAt: Date | null;
  readonly expiryPolicy: ExpiryPolicy;
  readonly updatesUntil: string | null;
  readonly channels: readonly string[];
  readonly versionRange: string | null;
  readonly platforms: readonly Platform[];
  readonly maxDownloads: number | null;
  readonly downloadsUsed: number;
}

export interface CoverLine {
  readonly label: string;
  readonly text: string;
}

/**
 * What a license covers, line by line; what is not limited is said once and shortly.
 * @param at.timeZone the vendor's zone (IANA name)
 */
export function describeCover(cover: LicenseCover, at: { readonly now: Date; readonly timeZone: string }): readonly CoverLine[] {
  const lines: readonly (CoverLine | null)[] = [
    { label: words.valid, text: validText(cover, at) },
    cover.updatesUntil === null ? null : { label: words.updates, text: words.updatesUntil(cover.updatesUntil) },
    { label: words.channels, text: joinAnd(cover.channels.length === 0 ? [STABLE_CHANNEL] : cover.channels) },
    { label: words.platforms, text: platformsText(cover.platforms) },
    cover.versionRange === null ? null : { label: words.versions, text: cover.versionRange },
    cover.maxDownloads === null ? null : { label: words.downloads, text: downloadsText(cover.maxDownloads, cover.downloadsUsed) },
  ];
  return lines.filter((line) => line !== null);
}

function validText({ startsAt, expiresAt, expiryPolicy }: LicenseCover, { now, timeZone }: { now: Date; timeZone: string }): string {
  const start = startsAt && startsAt > now ? words.from(calendarDate(startsAt, timeZone)) : null;
  if (expiresAt === null) return start ? words.endlessFrom(start) : words.endless;
  const end = calendarDate(expiresAt, timeZone);
  const kept = expiryPolicy === 'FALLBACK' ? words.kept : '';
  if (expiresAt <= now) return `${words.over(end)}${kept}`;
  return `${start ? words.fromUntil(start, end) : words.until(end)}${kept}`;
}

function platformsText(platforms: readonly Platform[]): string {
  return platforms.length === 0 || platforms.includes('ALL')
    ? words.allPlatforms
    : joinAnd(platforms.map((platform) => PLATFORM_LABELS[platform]));
}

function downloadsText(limit: number, used: number): string {
  return words.left(Math.max(0, limit - used), limit);
}
