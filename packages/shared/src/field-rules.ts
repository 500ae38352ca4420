/** Rules for the texts that people type. The API and the forms call the same functions; null means good. */
import { type Problem } from './problem.js';
import { quote } from './quote.js';

/** Longest slug, in characters (chosen; a DNS label is 63, and slugs may become one). */
export const SLUG_MAX_LENGTH = 63;

/** Longest address, in characters: RFC 5321 allows a path of 256 with its two brackets. https://www.rfc-editor.org/errata/eid1690 */
export const EMAIL_MAX_LENGTH = 254;

/** Shortest password, in characters. https://pages.nist.gov/800-63-3/sp800-63b.html#memsecret */
export const PASSWORD_MIN_LENGTH = 8;

/** Longest password, in characters (chosen: bounds the work of hashing; NIST asks for at least 64). */
export const PASSWORD_MAX_LENGTH = 128;

/** Longest changelog, in characters of Markdown (chosen; up to 192 kB as UTF-8, so MySQL needs MEDIUMTEXT). */
export const CHANGELOG_MAX_LENGTH = 64_000;

/** Longest reason of a withdrawal, in characters (chosen: customers read it in one paragraph). */
export const REASON_MAX_LENGTH = 500;

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const EMAIL = /^[^\s@"<>(),:;[\]\\]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+$/;
const CONTROL_CHARACTER = /\p{Cc}/u;

/** SLUG_INVALID unless 1 to 63 lowercase letters, digits and single hyphens inside. */
export function checkSlug(text: string): Problem | null {
  if (text.length <= SLUG_MAX_LENGTH && SLUG.test(text)) return null;
  return {
    code: 'SLUG_INVALID',
    message: `The slug ${quote(text)} must be 1 to ${String(SLUG_MAX_LENGTH)} lowercase letters, digits and single hyphens, for example aurora-studio.`,
  };
}

/** A one-line text that may not be blank: NAME_REQUIRED, TOO_LONG or VALUE_INVALID. @param limits.label starts the message. */
export function checkName(text: string, limits: { readonly label: string; readonly maxLength: number }): Problem | null {
  const { label, maxLength } = limits;
  if (text.trim() === '') return { code: 'NAME_REQUIRED', message: `${label} is missing: enter it.` };
  if (text.length > maxLength) return tooLong(label, maxLength);
  if (!CONTROL_CHARACTER.test(text)) return null;
  return { code: 'VALUE_INVALID', message: `${label} contains a line break or another invisible character: remove it.` };
}

/** EMAIL_INVALID unless it looks like an address; whether it exists only a mail can tell. */
export function checkEmail(text: string): Problem | null {
  if (text.length <= EMAIL_MAX_LENGTH && EMAIL.test(text) && !CONTROL_CHARACTER.test(text)) return null;
  return { code: 'EMAIL_INVALID', message: `${quote(text)} is not an e-mail address: write it like name@example.com.` };
}

/** PASSWORD_TOO_SHORT or PASSWORD_TOO_LONG, counted in characters as people see them typed. The common ones are the API's to refuse. */
export function checkPassword(text: string): Problem | null {
  const length = [...text].length;
  if (length < PASSWORD_MIN_LENGTH) {
    return { code: 'PASSWORD_TOO_SHORT', message: `The password is too short: use at least ${String(PASSWORD_MIN_LENGTH)} characters.` };
  }
  if (length <= PASSWORD_MAX_LENGTH) return null;
  return { code: 'PASSWORD_TOO_LONG', message: `The password is too long: use at most ${String(PASSWORD_MAX_LENGTH)} characters.` };
}

/** TOO_LONG for a changelog over 64,000 characters; an empty one is fine. */
export function checkChangelog(text: string): Problem | null {
  return text.length > CHANGELOG_MAX_LENGTH ? tooLong('The changelog', CHANGELOG_MAX_LENGTH) : null;
}

/** REASON_REQUIRED or TOO_LONG for why a release is withdrawn; line breaks are fine. */
export function checkReason(text: string): Problem | null {
  if (text.trim() === '') {
    return { code: 'REASON_REQUIRED', message: 'Say why: customers read it, for example "Crashes at start on Windows 10".' };
  }
  return text.length > REASON_MAX_LENGTH ? tooLong('The reason', REASON_MAX_LENGTH) : null;
}

function tooLong(label: string, maxLength: number): Problem {
  return { code: 'TOO_LONG', message: `${label} is too long: use at most ${String(maxLength)} characters.`, params: { maxLength } };
}
