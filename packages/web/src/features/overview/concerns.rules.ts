import { LOST_FILES, type ConcernAction, type ConcernKind, type Scope } from '@slipway/shared';
import type { GetOverviewQuery, GetSystemStateQuery } from '../../graphql/documents.generated';
import { nameOf } from './overview.rules';

type Draft = GetOverviewQuery['drafts']['nodes'][number];
type Storage = GetSystemStateQuery['storage'];

/** Something that somebody has to look at. */
export interface Concern {
  readonly label: string;
  readonly reason: string;
  /** What to do about it; null: the viewer may open no page that helps. */
  readonly action: ConcernAction | null;
  /** Nothing has failed by it yet. */
  readonly isWarning?: boolean;
}

const SYSTEM_LABELS: Readonly<Record<ConcernKind, string>> = {
  STORE_UNUSED: 'File store',
  STORE_FULL: 'The file store is full',
  DISK_NEARLY_FULL: 'The disk is nearly full',
  MOVE_HELD_UP: 'Files are not moved',
  UNKNOWN_OBJECTS: 'Unknown objects',
  CERTIFICATE: 'Certificate',
  JOBS_LATE: 'Background work',
  CLOCK: 'Clock',
  UNTRUSTED_PROXY: 'Proxy',
};
const WARNINGS = new Set<ConcernKind>(['DISK_NEARLY_FULL', 'UNKNOWN_OBJECTS', 'CERTIFICATE', 'CLOCK', 'UNTRUSTED_PROXY']);

/**
 * The file store first, since it concerns customers; then what failed among the newest drafts.
 * @param state null: it is not for those who are limited to products
 * @param can whether the viewer has a scope, for everything
 */
export function listConcerns(
  { drafts }: Pick<GetOverviewQuery, 'drafts'>,
  state: GetSystemStateQuery | null,
  can: (scope: Scope) => boolean,
): Concern[] {
  const system = (state?.systemConcerns ?? []).map(({ kind, message, action }) => {
    return { label: SYSTEM_LABELS[kind], reason: message, action, isWarning: WARNINGS.has(kind) };
  });
  const failed = system.filter(({ isWarning }) => !isWarning);
  const warnings = system.filter(({ isWarning }) => isWarning);
  const missing = state ? missingFiles(state.storage, can) : [];
  return [...failed, ...missing, ...draftConcerns(drafts.nodes), ...warnings];
}

/** One line for each release that has lost files, and one for those past the first page. */
function missingFiles({ missingFiles: { nodes, totalCount } }: Storage, can: (scope: Scope) => boolean): Concern[] {
  const releases = new Map<string, { label: string; count: number }>();
  for (const { downloadable } of nodes) {
    const { count } = releases.get(downloadable.id) ?? { count: 0 };
    releases.set(downloadable.id, { label: nameOf(downloadable), count: count + 1 });
  }
  const rest = totalCount - nodes.length;
  const found: Concern[] = [...releases].map(([id, { label, count }]) => ({
    label,
    reason: count === 1 ? 'A file is missing from the store.' : `${count} files are missing from the store.`,
    action: { label: 'Open release', path: `/admin/downloadables/${id}` },
  }));
  if (rest > 0)
    found.push({
      label: 'File store',
      reason: `${rest} more files are missing; "slipway doctor --all" lists them.`,
      action: can(LOST_FILES.scope) ? LOST_FILES : null,
    });
  return found;
}

/** Schedules that failed, and files that did. */
function draftConcerns(drafts: readonly Draft[]): Concern[] {
  return drafts.flatMap((draft) => {
    const { id, scheduleFailure, assets } = draft;
    const failed = assets.filter(({ state }) => state === 'FAILED').length;
    const reason =
      scheduleFailure ?? (failed === 0 ? null : failed === 1 ? 'A file failed its check.' : `${failed} files failed their check.`);
    return reason === null ? [] : [{ label: nameOf(draft), reason, action: { label: 'Open draft', path: `/admin/downloadables/${id}` } }];
  });
}
