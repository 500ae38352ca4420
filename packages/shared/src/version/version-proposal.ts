/**
 * A spelling that fits for a version that does not: what a project writes is turned into numbers, suffix and build in its own
 * order. Tried on the versions of 1,410 packages in the order of their release (`corpus/`).
 */

/** How one spelling is rewritten. `null`: the rule does not know how, and no other one is asked. */
type Rule = readonly [spelling: RegExp, write: (groups: Readonly<Record<string, string>>) => string | null];

/** Words and letters glued to a number: what they stand for. One letter alone is a patch, not a prerelease. */
const PRERELEASES: Readonly<Record<string, string>> = { a: 'alpha', b: 'beta', c: 'rc', m: 'm' };
const NUMBERS = String.raw`(?<numbers>[0-9]+(?:\.[0-9]+){0,3})`;
const WORDS = 'alpha|beta|rc|cr|dev|pre|preview|nightly|canary|snapshot|milestone|ea|eap|test|next|insider|insiders|build';

const RULES: readonly Rule[] = [
  // 2024-01-01, 2024_01_01, 2018-06-30T00-13-31Z, 2023-02-25-17-31
  [
    /^v?(?<year>(?:19|20)[0-9]{2})[-_/](?<month>0?[1-9]|1[0-2])[-_/](?<day>0?[1-9]|[12][0-9]|3[01])(?:[T_-](?<time>[0-9]{1,2}[-:]?[0-9]{2}(?:[-:]?[0-9]{2})?)Z?)?$/,
    ({ year, month, day, time = '' }) => [year, month, day, ...(time === '' ? [] : [time.replace(/[-:]/g, '')])].join('.'),
  ],
  // 20240101, 20240101-2, 20240101.2
  [
    /^v?(?<year>(?:19|20)[0-9]{2})(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12][0-9]|3[01])(?:[-_.](?<more>[0-9]{1,24}))?$/,
    ({ year, month, day, more = '' }) => [year, month, day, ...(more === '' ? [] : [more])].join('.'),
  ],
  // 7, b123, r42, v7
  [/^(?:v|[a-z])?(?<number>[0-9]{1,24})$/i, ({ number }) => `${number}.0`],
  // 14-ea.32, v3-beta2
  [/^(?<number>v?[0-9]{1,24})-(?<suffix>[a-z][0-9a-z-]*(?:\.[0-9a-z-]+)*)$/i, ({ number, suffix }) => `${number}.0-${suffix}`],
  // 17+35
  [/^v?(?<number>[0-9]{1,24})\+(?<build>[0-9]{1,24})$/, ({ number, build }) => `${number}.0.0.${build}`],
  // 1.2.Final, 128.1esr
  [new RegExp(`^v?${NUMBERS}[-_.]?(?:final|ga|release|esr|lts|stable)$`, 'i'), ({ numbers }) => atLeastTwo(numbers)],
  // 1.2.3rc1, 155.0b3, 1.1.1c_1, 2.9.0dev.10
  [
    new RegExp(`^v?${NUMBERS}[-_.]?(?<word>${WORDS})(?:[-_.]?(?<count>[0-9]{1,24}))?$`, 'i'),
    ({ numbers, word = '', count }) => prerelease(numbers, word.toLowerCase(), count),
  ],
  [
    new RegExp(`^v?${NUMBERS}(?<word>[abcm])[-_.]?(?<count>[0-9]{1,24})$`, 'i'),
    ({ numbers, word = '', count }) => prerelease(numbers, PRERELEASES[word.toLowerCase()] ?? word, count),
  ],
  // 1.2_3, 1.2,3, 4.1.0.post1, 7.6p1, 25.05r5670
  [
    new RegExp(`^v?${NUMBERS}(?:[_,]|[-_.]?(?:post|patch|pl|p|r|rev|hotfix|sp|u)[-_.]?)(?<more>[0-9]{1,24})$`, 'i'),
    ({ numbers, more = '' }) => fourth(numbers, more),
  ],
  // 1.2a, 1.2.3b
  [
    new RegExp(`^v?${NUMBERS}(?<letter>[a-z])$`, 'i'),
    ({ numbers, letter = '' }) => fourth(numbers, String(letter.toLowerCase().charCodeAt(0) - 'a'.charCodeAt(0) + 1)),
  ],
];

/** A name in front of the version: `app@1.2`, `app-1.2`, `release_24.02`, `version14.4`, `go1.27.0`. */
const NAME_IN_FRONT =
  /^(?:@?[a-z][\w.+-]*(?:\/[\w.+-]+)*@|[a-z][a-z0-9+-]*?[-_/ ](?=v?[0-9])|(?!alpha|beta|rc|cr|dev|pre)[a-z]{2,}[-_. ]?(?=[0-9]+\.[0-9]))/i;

/**
 * The nearest spelling that the grammar takes, or null when what is meant is unclear.
 * @param isVersion whether a text is a version; the caller's grammar, scheme included
 */
export function proposeVersion(text: string, isVersion: (text: string) => boolean): string | null {
  const tidy = text
    .trim()
    .replace(/^V(?=[0-9])/, 'v')
    .replace(/^v[-_. ](?=[0-9])/i, '');
  const found = [tidy, tidy.replace(/\s+/g, ''), tidy.replace(NAME_IN_FRONT, '')]
    .flatMap(spellings)
    .find((one) => one !== text && isVersion(one));
  return found ?? null;
}

/** What a rule makes of a text, else the text itself; with SemVer's three numbers as well. */
function spellings(text: string): readonly string[] {
  const made = byRule(text) ?? text;
  return [made, asSemver(made)];
}

function byRule(text: string): string | null {
  for (const [spelling, write] of RULES) {
    const match = spelling.exec(text);
    if (match) return write({ ...match.groups });
  }
  return null;
}

/** Without `v` and leading zeros, with three numbers. */
function asSemver(text: string): string {
  const [, head, tail = ''] = /^v?([0-9]+(?:\.[0-9]+)+)(.*)$/.exec(text) ?? [];
  if (head === undefined) return text;
  const numbers = head.split('.').map((number) => number.replace(/^0+(?=[0-9])/, ''));
  while (numbers.length < 3) numbers.push('0');
  return numbers.join('.') + tail;
}

function prerelease(numbers: string | undefined, word: string, count: string | undefined): string {
  return `${atLeastTwo(numbers)}-${word}${count === undefined || count === '' ? '' : `.${BigInt(count).toString()}`}`;
}

/** A number behind the third one; null where all four are taken. */
function fourth(numbers: string | undefined, more: string): string | null {
  const parts = (numbers ?? '').split('.');
  if (parts.length > 3) return null;
  while (parts.length < 3) parts.push('0');
  return [...parts, BigInt(more).toString()].join('.');
}

const atLeastTwo = (numbers = ''): string => (numbers.includes('.') ? numbers : `${numbers}.0`);
