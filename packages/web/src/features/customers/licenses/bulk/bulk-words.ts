/** What a change of many licenses is called before, while and after it happens. */
import type { LicenseTaskAction, LicenseTaskFieldsFragment } from '../../../../graphql/documents.generated';
import { countText } from '../../../../ui/date-text';

interface ActionWords {
  readonly verb: string;
  readonly doing: string;
  readonly done: string;
  readonly hint: string;
}

export const ACTION_WORDS: Readonly<Record<LicenseTaskAction, ActionWords>> = {
  EXTEND: {
    verb: 'Extend',
    doing: 'Extending',
    done: 'extended',
    hint: 'The end of each license moves, and that of its updates. What has ended is extended from today.',
  },
  SET_UPDATES: {
    verb: 'Set updates of',
    doing: 'Setting updates',
    done: 'set',
    hint: 'The licenses cover releases dated up to that day.',
  },
  SUSPEND: {
    verb: 'Suspend',
    doing: 'Suspending',
    done: 'suspended',
    hint: 'Downloads stop with the next request. You can reinstate the licenses at any time.',
  },
  REINSTATE: {
    verb: 'Reinstate',
    doing: 'Reinstating',
    done: 'reinstated',
    hint: 'Downloads work again at once, as far as each license covers them.',
  },
  ADD_TAG: { verb: 'Tag', doing: 'Tagging', done: 'tagged', hint: 'Only your team sees tags.' },
  REMOVE_TAG: {
    verb: 'Remove a tag from',
    doing: 'Removing the tag',
    done: 'without the tag',
    hint: 'Licenses that do not have it stay as they are.',
  },
  REVOKE: {
    verb: 'Revoke',
    doing: 'Revoking',
    done: 'revoked',
    hint: 'Downloads stop with the next request, and a revoked license can never be reinstated.',
  },
};

export const isOver = ({ state }: Pick<LicenseTaskFieldsFragment, 'state'>): boolean => state === 'DONE' || state === 'STOPPED';

export function taskTitle(task: LicenseTaskFieldsFragment): string {
  const { doing, done } = ACTION_WORDS[task.action];
  // How many they are is known once all are found.
  if (!isOver(task)) return task.state === 'RUNNING' ? `${doing}: ${countText(task.total, 'license')}` : doing;
  const count = task.changed === 0 ? 'No license' : countText(task.changed, 'license');
  return task.state === 'DONE' ? `${count} ${done}` : `Stopped: ${count} ${done}`;
}

/** What became of the others. */
export function taskText({ unchanged, failed, problem, state }: LicenseTaskFieldsFragment): string {
  const parts = [
    problem,
    unchanged > 0 ? `${countText(unchanged, 'license was', 'licenses were')} so already.` : null,
    failed > 0 ? `${countText(failed, 'license', 'licenses')} could not be changed.` : null,
  ].filter((part) => part !== null);
  if (parts.length > 0) return parts.join(' ');
  return state === 'DONE' ? 'All of them are done.' : 'You can close this window; it goes on.';
}
