/** Rules for values with a fixed form: dates, checksums, addresses of external files. Null means good. */
import { type Problem } from '../problem.js';
import { quote } from './quote.js';

/** Longest URL, in characters (chosen: what every browser and proxy still takes). */
export const URL_MAX_LENGTH = 2048;

const HTTPS_PORT = 443;
const MAX_PORT = 65_535;
const CALENDAR_DATE = /^([1-9][0-9]{3})-([0-9]{2})-([0-9]{2})$/;
const SHA256 = /^[0-9A-Fa-f]{64}$/;
const HTTPS_URL = /^https:\/\/([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?(?:[/?][!-~]*)?$/i;
/** Labels of at most 63 characters with a letter or digit at both ends. https://www.rfc-editor.org/rfc/rfc1123#page-13 */
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

/** The part of the WHATWG URL that is read here: every place this runs in has it. https://url.spec.whatwg.org/ */
declare const URL: { readonly canParse: (text: string) => boolean; new (text: string): { readonly hostname: string } };

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

/** URL_INVALID unless an https address in ASCII without user name or password, which every client reads as the same host. */
export function checkHttpsUrl(text: string): Problem | null {
  const [, host, port] = (text.length <= URL_MAX_LENGTH && HTTPS_URL.exec(text)) || [];
  if (host !== undefined && Number(port ?? HTTPS_PORT) <= MAX_PORT && isHost(text, host.toLowerCase())) return null;
  return { code: 'URL_INVALID', message: `${quote(text)} is not an https address: write it like https://downloads.example.com/app.zip.` };
}

/** Clients read `0x7f.1` as 127.0.0.1 and cannot read `a..b` or `[1:2]`: what they read must be what is written. */
function isHost(url: string, host: string): boolean {
  if (!URL.canParse(url)) return false;
  return host.startsWith('[') || (HOST_NAME.test(host) && new URL(url).hostname === host);
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
