/** Rules for the texts of an announcement, and those that it begins with. */
import type { Problem } from '../problem.js';
import { CHANGELOG_MAX_LENGTH, checkName, checkParagraphs } from '../text/field-rules.js';
import { checkPlaceholders, type AnnouncementKind } from './placeholders.js';

/** Longest subject, in characters (chosen: mail programs show 60 to 80). */
export const SUBJECT_MAX_LENGTH = 150;
/** Longest text, in characters of Markdown: that of a changelog, which may stand in it. */
export const ANNOUNCEMENT_MAX_LENGTH = CHANGELOG_MAX_LENGTH;

/** All that is wrong with a subject: blank, too long, odd characters, a placeholder that does not exist. */
export function checkSubject(subject: string, kind: AnnouncementKind): Problem | null {
  return (
    checkName(subject, { label: 'The subject', maxLength: SUBJECT_MAX_LENGTH }) ?? checkPlaceholders(subject, { kind, isSubject: true })
  );
}

/** The same of a text. */
export function checkBody(body: string, kind: AnnouncementKind): Problem | null {
  if (body.trim() === '') return { code: 'NAME_REQUIRED', message: 'The text is missing: enter it.' };
  return (
    checkParagraphs(body, { label: 'The text', maxLength: ANNOUNCEMENT_MAX_LENGTH }) ?? checkPlaceholders(body, { kind, isSubject: false })
  );
}
