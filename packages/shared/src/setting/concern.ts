/** What may need attention in the running system, and the one page where somebody can do something about it. */
import type { Scope } from '../permissions.js';

export const CONCERN_KINDS = [
  'STORE_UNUSED',
  'STORE_FULL',
  'DISK_NEARLY_FULL',
  'MOVE_HELD_UP',
  'UNKNOWN_OBJECTS',
  'CERTIFICATE',
  'JOBS_LATE',
  'CLOCK',
  'UNTRUSTED_PROXY',
] as const;
export type ConcernKind = (typeof CONCERN_KINDS)[number];

/** A link to where something is done. */
export interface ConcernAction {
  /** Verb first, for a button. */
  readonly label: string;
  /** A page of the console, for example `/admin/settings/storage`. */
  readonly path: string;
}

type OfferedAction = ConcernAction & { readonly scope: Scope };

const STORAGE: OfferedAction = { label: 'Storage settings', path: '/admin/settings/storage', scope: 'settings:write' };
const TEST: OfferedAction = { ...STORAGE, label: 'Test the store' };
const STORE_LOG: OfferedAction = { label: 'View storage log', path: '/admin/logs/store', scope: 'log:read' };
const FAULTS: OfferedAction = { label: 'View faults', path: '/admin/logs/store?kind=FAILED', scope: 'log:read' };
const COMPARISONS: OfferedAction = { label: 'View comparisons', path: '/admin/logs/store?kind=COMPARED', scope: 'log:read' };
const REFUSALS: OfferedAction = { label: 'View refusals', path: '/admin/logs/refusals', scope: 'log:read' };
/** Where all files are listed that the store has lost. */
export const LOST_FILES: OfferedAction = { label: 'View lost files', path: '/admin/logs/store?kind=FILE_MISSING', scope: 'log:read' };

/** Best first: whoever may not open a page is offered the next one. */
const ACTIONS: Readonly<Record<ConcernKind, readonly OfferedAction[]>> = {
  STORE_UNUSED: [TEST, FAULTS],
  STORE_FULL: [STORAGE, FAULTS],
  DISK_NEARLY_FULL: [STORAGE, STORE_LOG],
  MOVE_HELD_UP: [STORAGE, FAULTS],
  UNKNOWN_OBJECTS: [COMPARISONS],
  CERTIFICATE: [TEST, FAULTS],
  JOBS_LATE: [FAULTS],
  CLOCK: [TEST, STORE_LOG],
  UNTRUSTED_PROXY: [REFUSALS],
};

/** The one action for a concern; null: the viewer may open no page that helps. @param can whether the viewer has a scope */
export function concernAction(kind: ConcernKind, can: (scope: Scope) => boolean): ConcernAction | null {
  const action = ACTIONS[kind].find(({ scope }) => can(scope));
  return action ? { label: action.label, path: action.path } : null;
}
