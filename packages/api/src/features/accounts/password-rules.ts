import { checkPassword, PASSWORD_MIN_LENGTH, type Problem } from '@slipway/shared';

/** Whose password it is: it may not be what everybody knows of them. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
}

/** The ones that are tried first: 18,000 leaked ones of 8 characters or more (OWASP ASVS 5, 6.2.4 asks for 3,000). */
let common: Promise<ReadonlySet<string>> | null = null;

async function loadCommon(): Promise<ReadonlySet<string>> {
  // Loaded with the first new password: most processes never need it.
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary.passwords.filter((password) => password.length >= PASSWORD_MIN_LENGTH));
}

/** What is wrong with a new password: its length, or that others would try it. Capitals and digits at the end make it no better. */
export async function checkNewPassword(password: string, owner: PasswordOwner): Promise<Problem | null> {
  const problem = checkPassword(password);
  if (problem) return problem;
  common ??= loadCommon();
  const known = await common;
  const lower = password.toLowerCase();
  const isCommon = known.has(lower) || known.has(lower.replace(/[\d!?.]{1,4}$/, '')) || /^(.{1,4})\1+$/su.test(lower);
  if (!isCommon && !isAboutOwner(lower, owner)) return null;
  return {
    code: 'PASSWORD_COMMON',
    message: 'This password is one of the first that others would try. Use four or more words that do not belong together.',
  };
}

function isAboutOwner(lower: string, { email, name }: PasswordOwner): boolean {
  const bare = lower.replace(/[\d!?.]{1,4}$/, '');
  const known = [email, email.split('@', 1)[0] ?? '', name, name.replaceAll(' ', ''), 'slipway'].map((text) => text.trim().toLowerCase());
  return known.some((text) => text !== '' && (text === lower || text === bare));
}
