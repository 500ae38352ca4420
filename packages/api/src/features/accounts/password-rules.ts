import { checkPassword, PASSWORD_MIN_LENGTH, type Problem } from '@slipway/shared';
import { signInRefusals as words } from '../../messages/refusals.js';

/** Whose password it is: it may not be what everybody knows of them. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
}

/** With so many digits and signs around it a word is still the first thing to try: `summer2024`, `2024-Summer!`. */
const DECORATION_MAX_LENGTH = 8;
/** So few letters between digits are no word. */
const NO_WORD_MAX_LENGTH = 3;
const EDGES = /^[^\p{L}]+|[^\p{L}]+$/gu;
const LETTER_OF: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's' };

/** What is tried first: 49,000 leaked ones (OWASP ASVS 5, 6.2.4 asks for 3,000), and 7,776 English words. */
let common: Promise<ReadonlySet<string>> | null = null;

async function loadCommon(): Promise<ReadonlySet<string>> {
  // Loaded with the first new password: most processes never need it.
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set([...dictionary.passwords, ...dictionary.diceware]);
}

/** What is wrong with a new password: its length, or that others would try it. Capitals, digits and signs around a word make it no better. @param minLength as the vendor set it */
export async function checkNewPassword(password: string, owner: PasswordOwner, minLength = PASSWORD_MIN_LENGTH): Promise<Problem | null> {
  const problem = checkPassword(password, minLength);
  if (problem) return problem;
  common ??= loadCommon();
  const known = await common;
  const lower = password.toLowerCase();
  if (!isCommon(lower, known) && !isAboutOwner(lower, owner)) return null;
  return {
    code: 'PASSWORD_COMMON',
    message: words.passwordCommon,
  };
}

function isCommon(lower: string, known: ReadonlySet<string>): boolean {
  const piece = /^(.+?)\1+$/su.exec(lower)?.[1];
  if (piece !== undefined && (piece.length <= 4 || isCommon(piece, known))) return true;
  if (known.has(lower)) return true;
  const word = bareOf(lower);
  return word !== null && (word.length <= NO_WORD_MAX_LENGTH || known.has(word) || known.has(unmasked(word)));
}

/** The word between digits and signs; null when these are too many to guess. */
function bareOf(lower: string): string | null {
  const word = lower.replace(EDGES, '');
  return lower.length - word.length <= DECORATION_MAX_LENGTH ? word : null;
}

/** `p@ssw0rd` is read as it is meant. */
const unmasked = (word: string): string => word.replace(/[013457@$]/g, (sign) => LETTER_OF[sign] ?? sign);

function isAboutOwner(lower: string, { email, name }: PasswordOwner): boolean {
  const bare = bareOf(lower);
  const known = [email, email.split('@', 1)[0] ?? '', name, name.replaceAll(' ', ''), 'slipway'].map((text) => text.trim().toLowerCase());
  return known.some((text) => text !== '' && (text === lower || text === bare || (bare !== null && text === unmasked(bare))));
}
