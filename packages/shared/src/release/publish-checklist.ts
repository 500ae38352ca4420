/** What a careful release manager looks at before publishing (codes and rules chosen here). Warnings never stop a publish. */
import { isSameVersion, isShortFor, isWrittenIn, productWordsOf, versionsInFileName, words } from '../file/file-name-words.js';
import { type Problem, type ProblemCode } from '../problem.js';
import { checkPublishable, isOnlyVerifying, PRODUCT_ARCHIVED, type PublishableContent } from './publish-check.js';
import { joinAnd, quote } from '../text/quote.js';
import { PLATFORM_LABELS, type Platform } from '../file/target.js';
import { parseVersion } from '../version/version.js';
import { compareVersions } from '../version/version-order.js';

/** BLOCKER: publishing is refused. WARNING: probably not meant, but allowed. */
export const CHECKLIST_SEVERITIES = ['BLOCKER', 'WARNING'] as const;

export type ChecklistSeverity = (typeof CHECKLIST_SEVERITIES)[number];

export interface ChecklistItem {
  readonly code: ProblemCode;
  readonly severity: ChecklistSeverity;
  /** What it is and what to do, in one sentence. */
  readonly message: string;
}

/** A release that others are compared with. */
interface OtherRelease {
  readonly version: string;
  readonly platforms: readonly Platform[];
  readonly fileNames: readonly string[];
}

export interface ChecklistFacts extends PublishableContent {
  readonly version: string;
  readonly changelog: string;
  readonly platforms: readonly Platform[];
  readonly product: { readonly name: string; readonly slug: string };
  /** The product is archived and this release was never published. */
  readonly isProductClosed: boolean;
  /** The published release next below this one; null when there is none. */
  readonly previous: OtherRelease | null;
  /** What customers get as the latest; null when nothing is published. */
  readonly latestVersion: string | null;
}

/** Everything to know before publishing: blockers first; empty when nothing is to be said. */
export function publishChecklist(facts: ChecklistFacts): readonly ChecklistItem[] {
  const isWaiting = isOnlyVerifying(facts.assets) && !facts.isProductClosed;
  const blockers = facts.isProductClosed ? [PRODUCT_ARCHIVED] : isWaiting ? [] : checkPublishable(facts);
  const warnings = [
    isWaiting ? STILL_CHECKED : null,
    missingPlatforms(facts),
    emptyChangelog(facts),
    belowLatest(facts),
    ...versionMismatches(facts),
    ...nameMismatches(facts),
  ];
  return [
    ...blockers.map(({ code, message }) => ({ code, severity: 'BLOCKER' as const, message })),
    ...warnings.flatMap((problem) => (problem ? [{ code: problem.code, severity: 'WARNING' as const, message: problem.message }] : [])),
  ];
}

const STILL_CHECKED: Problem = {
  code: 'ASSET_NOT_READY',
  message: 'Files are still being checked: the release publishes by itself when the last one is ready.',
};

function missingPlatforms({ previous, platforms, assets }: ChecklistFacts): Problem | null {
  if (!previous || assets.length === 0 || platforms.includes('ALL')) return null;
  const missing = previous.platforms.filter((platform) => platform !== 'ALL' && !platforms.includes(platform));
  if (missing.length === 0) return null;
  const names = joinAnd(missing.map((platform) => PLATFORM_LABELS[platform]));
  return {
    code: 'PLATFORMS_MISSING',
    message: `${previous.version} had files for ${names}, this release has none: add them if they belong here.`,
  };
}

function emptyChangelog({ changelog }: ChecklistFacts): Problem | null {
  if (changelog.trim() !== '') return null;
  return { code: 'CHANGELOG_EMPTY', message: 'The changelog is empty: customers read there what is new.' };
}

function belowLatest({ version, latestVersion }: ChecklistFacts): Problem | null {
  if (latestVersion === null) return null;
  const [own, latest] = [parseVersion(version), parseVersion(latestVersion)];
  if (!own.ok || !latest.ok || compareVersions(own.value, latest.value) >= 0) return null;
  return {
    code: 'VERSION_BELOW_LATEST',
    message: `${version} is lower than ${latestVersion}: ${latestVersion} stays the latest, and updates do not lead here.`,
  };
}

function versionMismatches({ version, assets }: ChecklistFacts): Problem[] {
  const own = parseVersion(version);
  if (!own.ok) return [];
  return assets.flatMap(({ fileName }) => {
    const named = versionsInFileName(fileName);
    if (named.length === 0 || named.some((one) => isSameVersion(one, own.value)) || isWrittenIn(fileName, named, own.value)) return [];
    return [
      {
        code: 'FILE_VERSION_MISMATCH',
        message: `${quote(fileName)} says ${joinAnd(named)}, but this release is ${version}: check that it is the right file.`,
      },
    ];
  });
}

/** A program named after nothing that the product, or its release before, is named after. */
function nameMismatches({ product, previous, assets }: ChecklistFacts): Problem[] {
  const known = new KnownWords([...words(product.name), ...words(product.slug), ...(previous?.fileNames ?? []).flatMap(productWordsOf)]);
  const names = [words(product.name), words(product.slug)];
  return assets.flatMap(({ fileName }) => {
    const named = productWordsOf(fileName);
    const isKnown = named.some((word) => known.has(word) || names.some((name) => name.join('').includes(word) || isShortFor(word, name)));
    if (named.length === 0 || isKnown) return [];
    return [
      {
        code: 'FILE_NAME_MISMATCH',
        message: `${quote(fileName)} is not named like ${product.name}: check that it belongs to this product.`,
      },
    ];
  });
}

/** Words that are looked up without going through all of them: two releases may have thousands of files each. */
class KnownWords {
  readonly #words: ReadonlySet<string>;
  readonly #sorted: readonly string[];

  constructor(words: readonly string[]) {
    this.#words = new Set(words);
    this.#sorted = [...this.#words].sort();
  }

  /** Whether one of them begins with the word, or the word with one of them. */
  has(word: string): boolean {
    return this.#firstFrom(word).startsWith(word) || [...word].some((_, end) => this.#words.has(word.slice(0, end + 1)));
  }

  /** The first one that does not stand before the word; what begins with it stands right after it. */
  #firstFrom(word: string): string {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] ?? '') < word) low = middle + 1;
      else high = middle;
    }
    return this.#sorted[low] ?? '';
  }
}
