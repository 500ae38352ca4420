/** The life of a downloadable as one table: the service enforces it, the console draws its buttons from it. */
import { type Scope } from '../permissions.js';
import { fail, ok, type Problem, type Result } from '../problem.js';
import { joinOr } from '../text/quote.js';

export const DOWNLOADABLE_STATUSES = ['DRAFT', 'SCHEDULED', 'PUBLISHED', 'ARCHIVED', 'WITHDRAWN'] as const;

export type DownloadableStatus = (typeof DOWNLOADABLE_STATUSES)[number];

/** What customers know of; drafts and scheduled releases do not exist for them. */
export const PUBLIC_STATUSES: readonly DownloadableStatus[] = ['PUBLISHED', 'ARCHIVED', 'WITHDRAWN'];

export const STATUS_LABELS: Readonly<Record<DownloadableStatus, string>> = {
  DRAFT: 'Draft',
  SCHEDULED: 'Scheduled',
  PUBLISHED: 'Published',
  ARCHIVED: 'Archived',
  WITHDRAWN: 'Withdrawn',
};

export const LIFECYCLE_ACTIONS = [
  'PUBLISH',
  'SCHEDULE',
  'CANCEL_SCHEDULE',
  'UNPUBLISH',
  'ARCHIVE',
  'RESTORE',
  'WITHDRAW',
  'DELETE',
] as const;

export type LifecycleAction = (typeof LIFECYCLE_ACTIONS)[number];

/** One arrow of the picture in DESIGN.md, section 3. `GONE` means the rows and files no longer exist. */
export interface LifecycleRule {
  readonly from: readonly DownloadableStatus[];
  readonly to: DownloadableStatus | 'GONE';
  /** The right the actor needs; see `requiredScope` for the one exception. */
  readonly scope: Scope;
}

/** Every allowed change of status. SCHEDULED may be published early, by hand, as well as by the clock. */
export const LIFECYCLE: Readonly<Record<LifecycleAction, LifecycleRule>> = {
  PUBLISH: { from: ['DRAFT', 'SCHEDULED'], to: 'PUBLISHED', scope: 'release:publish' },
  SCHEDULE: { from: ['DRAFT'], to: 'SCHEDULED', scope: 'release:publish' },
  CANCEL_SCHEDULE: { from: ['SCHEDULED'], to: 'DRAFT', scope: 'release:publish' },
  UNPUBLISH: { from: ['PUBLISHED', 'ARCHIVED'], to: 'DRAFT', scope: 'release:publish' },
  ARCHIVE: { from: ['PUBLISHED'], to: 'ARCHIVED', scope: 'release:publish' },
  RESTORE: { from: ['ARCHIVED'], to: 'PUBLISHED', scope: 'release:publish' },
  WITHDRAW: { from: ['PUBLISHED', 'ARCHIVED'], to: 'WITHDRAWN', scope: 'release:publish' },
  DELETE: { from: DOWNLOADABLE_STATUSES, to: 'GONE', scope: 'release:publish' },
};

/** The right an action needs: `release:write` is enough to delete what was never published, else the table's scope. */
export function requiredScope(action: LifecycleAction, wasEverPublished: boolean): Scope {
  return action === 'DELETE' && !wasEverPublished ? 'release:write' : LIFECYCLE[action].scope;
}

/** Whether the status already is what an action asks for: asking again is no mistake (DESIGN.md, section 3). */
export function isAlready(status: DownloadableStatus, action: LifecycleAction): boolean {
  return LIFECYCLE[action].to === status;
}

/** The actions that the table allows from a status, in the table's order. Rights are checked apart. */
export function availableActions(status: DownloadableStatus): readonly LifecycleAction[] {
  return LIFECYCLE_ACTIONS.filter((action) => LIFECYCLE[action].from.includes(status));
}

/** The status after an action, or TRANSITION_NOT_ALLOWED naming the present status and what is possible instead. */
export function transition(status: DownloadableStatus, action: LifecycleAction): Result<DownloadableStatus | 'GONE'> {
  const rule = LIFECYCLE[action];
  if (rule.from.includes(status)) return ok(rule.to);
  const possible = availableActions(status).map(actionWords);
  return fail({
    code: 'TRANSITION_NOT_ALLOWED',
    message: `You cannot ${actionWords(action)} this release while it is ${STATUS_LABELS[status].toLowerCase()}: you can ${joinOr(possible)} it.`,
    params: { status, action },
  });
}

function actionWords(action: LifecycleAction): string {
  return action === 'CANCEL_SCHEDULE' ? 'cancel the schedule of' : action.toLowerCase();
}

/** Furthest in the future that a publish may be scheduled (chosen: beyond a year it is a typing error). */
export const SCHEDULE_MAX_DAYS = 366;

/** PUBLISH_AT_INVALID unless the instant lies in the future, at most a year ahead. */
export function checkPublishAt(publishAt: Date, now: Date): Problem | null {
  const aheadMs = publishAt.getTime() - now.getTime();
  if (aheadMs > 0 && aheadMs <= SCHEDULE_MAX_DAYS * 86_400_000) return null;
  const message =
    aheadMs > 0
      ? 'A release can be scheduled at most a year ahead: choose a time within a year.'
      : 'This time has passed: choose one in the future, or publish at once.';
  return { code: 'PUBLISH_AT_INVALID', message };
}
