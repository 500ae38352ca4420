/** Rules for values with a fixed form: dates, checksums, addresses of external files. Null means good. */
import { type Problem } from './problem.js';
import { quote } from './quote.js';

/** Longest URL, in characters (chosen: what every browser and proxy still takes). */
export const URL_MAX_LENGTH = 2048;

const HTTPS_PORT = 443;
const MAX_PORT = 65_535;
const CALENDAR_DATE = /^([1-9][0-9]{3})-([0-9]{2})-([0-9]{2})$/;
const SHA256 = /^[0-9A-Fa-f]{64}$/;
const HTTPS_URL = /^https:\/\/(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?(?:[/?][!-~]*)?$/i;

/** DATE_INVALID unless a day that exists, as YYYY-MM-DD, from year 1000 (MySQL's DATE starts there). */
export function checkCalendarDate(text: string): Problem | null {
  const [, year, month, day] = CALENDAR_DATE.exec(text)?.map(Number) ?? [];
  if (year !== undefined && month !== undefined && day !== undefined && isDay(year, month, day)) return null;
  return { code: 'DATE_INVALID', message: `${quote(text)} is not a date: write year-month-day, for example 2026-03-01.` };
}

/** CHECKSUM_INVALID unless 64 hexadecimal digits; capitals are fine. */
export function checkSha256(text: string): Problem | null {
  if (SHA256.test(text)) return null;
  return {
    code: 'CHECKSUM_INVALID',
    message: 'This SHA-256 is not 64 hexadecimal digits: copy the output of sha256sum, without the file name.',
  };
}

/** URL_INVALID unless an https address in ASCII without user name or password. */
export function checkHttpsUrl(text: string): Problem | null {
  const match = text.length <= URL_MAX_LENGTH ? HTTPS_URL.exec(text) : null;
  if (match && Number(match[1] ?? HTTPS_PORT) <= MAX_PORT) return null;
  return { code: 'URL_INVALID', message: `${quote(text)} is not an https address: write it like https://downloads.example.com/app.zip.` };
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
