/** What a vendor writes down about a license for itself: the API, the console's form and the import ask the same rules. */
import { type Problem } from '../problem.js';
import { checkName, checkParagraphs } from '../text/field-rules.js';
import { quote } from '../text/quote.js';

/** Longest notes, in characters (chosen: a paragraph or two; more belongs into the vendor's own system). */
export const NOTES_MAX_LENGTH = 2_000;
/** Longest reference, in characters (chosen: the ids of shops have at most 64, and some vendors put several into one). */
export const REFERENCE_MAX_LENGTH = 200;
/** Longest tag, in characters, and tags of one license (chosen: what a list still shows). */
export const TAG_MAX_LENGTH = 40;
export const TAGS_MAX_COUNT = 20;

export interface VendorDetails {
  readonly notes: string | null;
  /** For example a shop's order or subscription. */
  readonly externalReference: string | null;
  readonly tags: readonly string[];
}

export type VendorDetailProblems = Partial<Readonly<Record<keyof VendorDetails, Problem>>>;

/** The form in which tags are compared and looked up: capitals do not count. */
export function tagKey(tag: string): string {
  return tag.trim().toLowerCase();
}

/** Tags without surrounding blanks, each once: of two that differ in capitals only, the first stays. */
export function tidyTags(tags: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const tag of tags) if (!byKey.has(tagKey(tag))) byKey.set(tagKey(tag), tag.trim());
  return [...byKey.values()];
}

/** The problems of what a vendor wrote down, by field; empty when there are none. */
export function checkVendorDetails({ notes, externalReference, tags }: VendorDetails): VendorDetailProblems {
  const problems: Partial<Record<keyof VendorDetails, Problem | null>> = {
    notes: notes === null ? null : checkParagraphs(notes, { label: 'The text of the notes', maxLength: NOTES_MAX_LENGTH }),
    externalReference:
      externalReference === null ? null : checkName(externalReference, { label: 'The reference', maxLength: REFERENCE_MAX_LENGTH }),
    tags: checkTags(tags),
  };
  // Only fields with a problem are left, and their values are problems.
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem)) as VendorDetailProblems;
}

function checkTags(tags: readonly string[]): Problem | null {
  if (tags.length > TAGS_MAX_COUNT)
    return {
      code: 'VALUE_INVALID',
      message: `A license has at most ${String(TAGS_MAX_COUNT)} tags: remove ${String(tags.length - TAGS_MAX_COUNT)}.`,
    };
  for (const tag of tags) {
    const problem = checkTag(tag);
    if (problem) return problem;
  }
  return null;
}

/** NAME_REQUIRED, TOO_LONG or VALUE_INVALID for one tag. Lists of tags are written with commas and semicolons. */
export function checkTag(tag: string): Problem | null {
  const problem = checkName(tag, { label: 'A tag', maxLength: TAG_MAX_LENGTH });
  if (problem || !/[,;]/.test(tag)) return problem;
  return { code: 'VALUE_INVALID', message: `The tag ${quote(tag)} has a comma or semicolon: use letters, digits, spaces and hyphens.` };
}
