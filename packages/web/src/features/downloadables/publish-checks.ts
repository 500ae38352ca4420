/** The checklist before publishing as it is shown: what was looked at, and what was found. */
import type { GetPublishChecklistQuery } from '../../graphql/documents.generated';

export type ChecklistItem = NonNullable<GetPublishChecklistQuery['downloadable']>['publishChecklist'][number];

export interface PublishCheck {
  readonly label: string;
  readonly state: 'PASSED' | 'WARNING' | 'BLOCKER';
  readonly messages: readonly string[];
}

const CHECKS: readonly { readonly label: string; readonly codes: readonly string[] }[] = [
  { label: 'Files are there and ready', codes: ['NO_ASSETS', 'ASSET_NOT_READY', 'ASSET_NAME_TAKEN', 'PRODUCT_ARCHIVED'] },
  { label: 'Files for the same platforms as last time', codes: ['PLATFORMS_MISSING'] },
  { label: 'The changelog says what is new', codes: ['CHANGELOG_EMPTY'] },
  { label: 'The version is the highest', codes: ['VERSION_BELOW_LATEST'] },
  { label: 'File names fit product and version', codes: ['FILE_VERSION_MISMATCH', 'FILE_NAME_MISMATCH'] },
];

/** Every check with what was found; a finding that no check knows is one of its own. */
export function publishChecks(items: readonly ChecklistItem[]): readonly PublishCheck[] {
  const known = new Set(CHECKS.flatMap(({ codes }) => codes));
  const checks = CHECKS.map(({ label, codes }) =>
    checkOf(
      label,
      items.filter(({ code }) => codes.includes(code)),
    ),
  );
  const others = items.filter(({ code }) => !known.has(code));
  return others.length > 0 ? [...checks, checkOf('Something else', others)] : checks;
}

function checkOf(label: string, found: readonly ChecklistItem[]): PublishCheck {
  const isBlocked = found.some(({ severity }) => severity === 'BLOCKER');
  return { label, state: isBlocked ? 'BLOCKER' : found.length > 0 ? 'WARNING' : 'PASSED', messages: found.map(({ message }) => message) };
}
