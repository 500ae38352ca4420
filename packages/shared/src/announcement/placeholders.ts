/** What an announcement may have in braces, filled in for each person who gets it. */
import type { Problem } from '../problem.js';

/** TEXT stands in a sentence. URL is an address. MARKDOWN is paragraphs. BUTTON is a button, an address in plain text. */
type PlaceholderKind = 'TEXT' | 'URL' | 'MARKDOWN' | 'BUTTON';

/** ANNOUNCEMENT: that a release is out. RECALL: that a release was withdrawn. */
export const ANNOUNCEMENT_KINDS = ['ANNOUNCEMENT', 'RECALL'] as const;
export type AnnouncementKind = (typeof ANNOUNCEMENT_KINDS)[number];

interface PlaceholderMeaning {
  readonly kind: PlaceholderKind;
  /** Said beside its name where it is chosen. */
  readonly meaning: string;
  /** In texts of one kind alone; in all when absent. */
  readonly only?: AnnouncementKind;
}

/** Every placeholder, in the order in which they are offered. */
export const PLACEHOLDERS = {
  name: { kind: 'TEXT', meaning: 'Name of the person' },
  customer: { kind: 'TEXT', meaning: 'Name of the customer' },
  vendor: { kind: 'TEXT', meaning: 'Your name, from Settings' },
  product: { kind: 'TEXT', meaning: 'Name of the product' },
  version: { kind: 'TEXT', meaning: 'Version of the release' },
  summary: { kind: 'TEXT', meaning: 'The release in one line' },
  license: { kind: 'TEXT', meaning: 'End of the license key' },
  updatesUntil: { kind: 'TEXT', meaning: 'Last day of updates' },
  changelog: { kind: 'MARKDOWN', meaning: 'Changelog as published' },
  link: { kind: 'URL', meaning: 'Address of the release' },
  download: { kind: 'BUTTON', meaning: 'Button to the release', only: 'ANNOUNCEMENT' },
  renew: { kind: 'BUTTON', meaning: 'Button to the renewal page', only: 'ANNOUNCEMENT' },
  reason: { kind: 'TEXT', meaning: 'Why it was withdrawn', only: 'RECALL' },
  file: { kind: 'TEXT', meaning: 'The file they downloaded', only: 'RECALL' },
  downloadedOn: { kind: 'TEXT', meaning: 'The day they downloaded it', only: 'RECALL' },
  replacement: { kind: 'TEXT', meaning: 'The version they may use instead', only: 'RECALL' },
  replace: { kind: 'BUTTON', meaning: 'Button to the replacement', only: 'RECALL' },
  acknowledge: { kind: 'BUTTON', meaning: 'Button to confirm', only: 'RECALL' },
} as const satisfies Readonly<Record<string, PlaceholderMeaning>>;
export type PlaceholderName = keyof typeof PLACEHOLDERS;

/** Where a text stands: a subject is one line of text. */
export interface PlaceholderPlace {
  readonly kind: AnnouncementKind;
  readonly isSubject: boolean;
}

/** The placeholders that may stand there, in order. */
export function placeholdersOf({ kind, isSubject }: PlaceholderPlace): readonly PlaceholderName[] {
  // Object.keys forgets that these are the keys of the table.
  return (Object.keys(PLACEHOLDERS) as PlaceholderName[]).filter((name) => {
    const { only, kind: form }: PlaceholderMeaning = PLACEHOLDERS[name];
    return (only === undefined || only === kind) && (!isSubject || form === 'TEXT');
  });
}

/** A piece of a text as it was typed, or a placeholder in it. */
export type TextPart = { readonly text: string } | { readonly placeholder: string; readonly at: number };

/** `\{name}` is not filled in. */
const IN_BRACES = /(?<!\\)\{([A-Za-z][\w-]{0,40})\}/g;

/** Takes a text apart at its placeholders, known or not. */
export function partsOf(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(IN_BRACES)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ placeholder: match[1] ?? '', at: match.index });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** PLACEHOLDER_UNKNOWN where something in braces cannot be filled in there; it names what can. */
export function checkPlaceholders(text: string, place: PlaceholderPlace): Problem | null {
  const known: readonly string[] = placeholdersOf(place);
  for (const part of partsOf(text)) {
    if (!('placeholder' in part) || known.includes(part.placeholder)) continue;
    const { placeholder, at } = part;
    const position = at + 1;
    const names = known.map((name) => `{${name}}`).join(', ');
    return {
      code: 'PLACEHOLDER_UNKNOWN',
      message: `{${placeholder}} at position ${String(position)} is no placeholder here: use one of ${names}.`,
      params: { placeholder, position },
    };
  }
  return null;
}
