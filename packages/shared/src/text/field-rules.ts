/** Rules for the texts that people type. The API and the forms call the same functions; null means good. */
import { asciiEmail } from './email-address.js';
import { fieldMessages as words } from '../messages/fields.js';
import { type Problem } from '../problem.js';
import { quote } from './quote.js';
import { faultOfLine, faultOfParagraphs, isVisible } from './typed-text.js';

/** Longest slug, in characters (chosen; a DNS label is 63, and slugs may become one). */
export const SLUG_MAX_LENGTH = 63;

/** Longest address, in characters: RFC 5321 allows a path of 256 with its two brackets. https://www.rfc-editor.org/errata/eid1690 */
export const EMAIL_MAX_LENGTH = 254;

/** Shortest password, in characters. https://pages.nist.gov/800-63-3/sp800-63b.html#memsecret */
export const PASSWORD_MIN_LENGTH = 8;

/** Longest password, in characters (chosen: bounds the work of hashing; NIST asks for at least 64). */
export const PASSWORD_MAX_LENGTH = 128;

/** Of what is new in a release, in one line (DESIGN.md, section 10). */
export const SUMMARY_MAX_LENGTH = 140;

/** Longest changelog, in characters of Markdown (chosen; up to 192 kB as UTF-8, so MySQL needs MEDIUMTEXT). */
export const CHANGELOG_MAX_LENGTH = 64_000;

/** Longest reason of a withdrawal, in characters (chosen: customers read it in one paragraph). */
export const REASON_MAX_LENGTH = 500;

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const EMAIL = /^[^\s@"<>(),:;[\]\\]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+$/;

/** SLUG_INVALID unless 1 to 63 lowercase letters, digits and single hyphens inside. */
export function checkSlug(text: string): Problem | null {
  if (text.length <= SLUG_MAX_LENGTH && SLUG.test(text)) return null;
  return {
    code: 'SLUG_INVALID',
    message: `The slug ${quote(text)} must be 1 to ${String(SLUG_MAX_LENGTH)} lowercase letters, digits and single hyphens, for example aurora-studio.`,
  };
}

/** The rule's name for a text, which starts the message, and its longest form in characters. */
export interface TextLimits {
  readonly label: string;
  readonly maxLength: number;
}

/** A one-line text that may not be blank: NAME_REQUIRED, TOO_LONG or VALUE_INVALID. */
export function checkName(text: string, limits: TextLimits): Problem | null {
  const { label, maxLength } = limits;
  if (text.trim() === '') return { code: 'NAME_REQUIRED', message: words.missing(label) };
  if (text.length > maxLength) return tooLong(label, maxLength);
  const fault = faultOfLine(text);
  if (fault !== null) return { code: 'VALUE_INVALID', message: `${label} ${fault}` };
  return isVisible(text) ? null : { code: 'VALUE_INVALID', message: words.notVisible(label) };
}

/** A text with paragraphs, which may be blank: TOO_LONG or VALUE_INVALID. */
export function checkParagraphs(text: string, { label, maxLength }: TextLimits): Problem | null {
  if (text.length > maxLength) return tooLong(label, maxLength);
  const fault = faultOfParagraphs(text);
  return fault === null ? null : { code: 'VALUE_INVALID', message: `${label} ${fault}` };
}

/** The form in which an e-mail address is looked up, compared and counted: surrounding blanks, capitals and the alphabet of its domain do not count. */
export function emailKey(text: string): string {
  return asciiEmail(text.trim()).toLowerCase();
}

/** EMAIL_INVALID unless it looks like an address; whether it exists only a mail can tell. */
export function checkEmail(text: string): Problem | null {
  const kept = asciiEmail(text);
  if (text.length <= EMAIL_MAX_LENGTH && kept.length <= EMAIL_MAX_LENGTH && EMAIL.test(kept) && faultOfLine(text) === null) return null;
  return { code: 'EMAIL_INVALID', message: words.notEmail(quote(text)) };
}

/** PASSWORD_TOO_SHORT or PASSWORD_TOO_LONG, counted in characters as people see them typed. @param minLength as the vendor set it. The common ones are the API's to refuse. */
export function checkPassword(text: string, minLength: number = PASSWORD_MIN_LENGTH): Problem | null {
  const length = [...text].length;
  if (length < minLength) {
    return { code: 'PASSWORD_TOO_SHORT', message: words.passwordTooShort(minLength) };
  }
  if (length <= PASSWORD_MAX_LENGTH) return null;
  return { code: 'PASSWORD_TOO_LONG', message: words.passwordTooLong(PASSWORD_MAX_LENGTH) };
}

/** TOO_LONG for a changelog over 64,000 characters, VALUE_INVALID for characters that deceive; an empty one is fine. */
export function checkChangelog(text: string): Problem | null {
  return checkParagraphs(text, { label: 'The changelog', maxLength: CHANGELOG_MAX_LENGTH });
}

/** REASON_REQUIRED, TOO_LONG or VALUE_INVALID for why a release is withdrawn; line breaks are fine. */
export function checkReason(text: string): Problem | null {
  if (!isVisible(text)) {
    return { code: 'REASON_REQUIRED', message: 'Say why: customers read it, for example "Crashes at start on Windows 10".' };
  }
  return checkParagraphs(text, { label: 'The reason', maxLength: REASON_MAX_LENGTH });
}

function tooLong(label: string, maxLength: number): Problem {
  return { code: 'TOO_LONG', message: words.tooLong(label, maxLength), params: { maxLength } };
}
