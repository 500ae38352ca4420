/** When the content of a downloadable may change (DESIGN.md, section 3): the freeze belongs to the revision, not to the status. */
import { STATUS_LABELS, type DownloadableStatus } from './lifecycle.js';
import { type Scope } from '../permissions.js';
import { fail, ok, type Problem, type Result } from '../problem.js';

export const REVISION_ACTIONS = ['REVISE', 'PUBLISH_REVISION', 'DISCARD_REVISION'] as const;

export type RevisionAction = (typeof REVISION_ACTIONS)[number];

interface RevisionRule {
  readonly from: readonly DownloadableStatus[];
  /** Whether a draft revision must be open beside the live one, or must not. */
  readonly needsDraft: boolean;
  readonly scope: Scope;
}

/** What may be done with the revisions of a downloadable that has a live one. None of it changes the status. */
export const REVISION_RULES: Readonly<Record<RevisionAction, RevisionRule>> = {
  REVISE: { from: ['DRAFT', 'PUBLISHED', 'ARCHIVED'], needsDraft: false, scope: 'release:write' },
  PUBLISH_REVISION: { from: ['PUBLISHED', 'ARCHIVED'], needsDraft: true, scope: 'release:publish' },
  DISCARD_REVISION: { from: ['DRAFT', 'PUBLISHED', 'ARCHIVED'], needsDraft: true, scope: 'release:write' },
};

/** A downloadable as these rules see it. */
export interface RevisionFacts {
  readonly status: DownloadableStatus;
  /** Whether a frozen revision is live; false until the first publish. */
  readonly hasLive: boolean;
  readonly hasDraft: boolean;
}

/** The actions that are possible now, in the table's order. Rights are checked apart. */
export function availableRevisionActions(facts: RevisionFacts): readonly RevisionAction[] {
  return REVISION_ACTIONS.filter((action) => checkRevisionAction(facts, action).ok);
}

/** Whether an action is possible, else why not and what to do. */
export function checkRevisionAction(facts: RevisionFacts, action: RevisionAction): Result<RevisionAction> {
  const rule = REVISION_RULES[action];
  const isPossible = facts.hasLive && rule.from.includes(facts.status) && facts.hasDraft === rule.needsDraft;
  return isPossible ? ok(action) : fail(whyNot(facts, action));
}

function whyNot(facts: RevisionFacts, action: RevisionAction): Problem {
  const params = { status: facts.status, action };
  const refused = (message: string): Problem => ({ code: 'REVISION_NOT_ALLOWED', message, params });
  if (!REVISION_RULES[action].from.includes(facts.status)) {
    const advice = facts.status === 'SCHEDULED' ? 'cancel the schedule first' : 'create a new release instead';
    return refused(`The content of this release cannot change while it is ${STATUS_LABELS[facts.status].toLowerCase()}: ${advice}.`);
  }
  if (!facts.hasLive) return refused('This release was never published, so its content is edited in place: there is no other revision.');
  return facts.hasDraft
    ? refused('A draft revision is open already: edit it, publish it or discard it first.')
    : refused('No draft revision is open: revise the release first.');
}
