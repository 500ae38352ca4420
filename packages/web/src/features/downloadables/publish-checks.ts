/** The checklist before publishing as it is shown: what was looked at, and what was found. */
import type { GetPublishChecklistQuery } from '../../graphql/documents.generated';

export type ChecklistItem = NonNullable<GetPublishChecklistQuery['downloadable']>['publishChecklist'][number];

export interface PublishCheck {
  readonly key: string;
  /** Says what was found: a warning reads as one. */
  readonly label: string;
  /** SKIPPED: there is nothing yet that could be looked at. */
  readonly state: 'PASSED' | 'WARNING' | 'BLOCKER' | 'SKIPPED';
  readonly messages: readonly string[];
}

interface Check {
  readonly key: string;
  readonly codes: readonly string[];
  readonly passed: string;
  readonly found: string;
  /** Not looked at without files: what it says then. */
  readonly skipped?: string;
}

const CHECKS: readonly Check[] = [
  {
    key: 'files',
    codes: ['NO_ASSETS', 'ASSET_NOT_READY', 'ASSET_NAME_TAKEN', 'PRODUCT_ARCHIVED'],
    passed: 'Files are there and ready',
    found: 'Not ready to be published',
  },
  {
    key: 'platforms',
    codes: ['PLATFORMS_MISSING'],
    passed: 'Files for the same platforms as last time',
    found: 'Platforms are missing',
    skipped: 'Platforms: checked once there are files',
  },
  { key: 'changelog', codes: ['CHANGELOG_EMPTY'], passed: 'The changelog says what is new', found: 'There is no changelog' },
  { key: 'version', codes: ['VERSION_BELOW_LATEST'], passed: 'The version is the highest', found: 'The version is not the highest' },
  {
    key: 'names',
    codes: ['FILE_VERSION_MISMATCH', 'FILE_NAME_MISMATCH'],
    passed: 'File names fit product and version',
    found: 'File names do not fit',
    skipped: 'File names: checked once there are files',
  },
];

/** Every check with what was found; a finding that no check knows is one of its own. */
export function publishChecks(items: readonly ChecklistItem[]): readonly PublishCheck[] {
  const known = new Set(CHECKS.flatMap(({ codes }) => codes));
  const hasNoFiles = items.some(({ code }) => code === 'NO_ASSETS');
  const checks = CHECKS.map((check) => checkOf(check, { items: items.filter(({ code }) => check.codes.includes(code)), hasNoFiles }));
  const others = items.filter(({ code }) => !known.has(code));
  const rest: Check = { key: 'others', codes: [], passed: '', found: 'Something else' };
  return others.length > 0 ? [...checks, checkOf(rest, { items: others, hasNoFiles })] : checks;
}

function checkOf(
  { key, passed, found, skipped }: Check,
  { items, hasNoFiles }: { readonly items: readonly ChecklistItem[]; readonly hasNoFiles: boolean },
): PublishCheck {
  const messages = items.map(({ message }) => message);
  if (items.some(({ severity }) => severity === 'BLOCKER')) return { key, label: found, state: 'BLOCKER', messages };
  if (items.length > 0) return { key, label: isWaiting(items) ? 'Files are still being checked' : found, state: 'WARNING', messages };
  if (hasNoFiles && skipped !== undefined) return { key, label: skipped, state: 'SKIPPED', messages };
  return { key, label: passed, state: 'PASSED', messages };
}

const isWaiting = (items: readonly ChecklistItem[]): boolean => items.every(({ code }) => code === 'ASSET_NOT_READY');
