import { shallowReactive } from 'vue';
import type { StatusFieldsFragment } from '../../graphql/documents.generated';

/** What a change of status changes in a row. */
export type StatusFields = Pick<StatusFieldsFragment, 'status' | 'publishedAt' | 'publishAt' | 'scheduleFailure' | 'publishWhenReady'>;

interface OptimisticStatus {
  readonly fields: StatusFields;
  /** The row's `lockVersion` after the change, once the API has answered: a row that has come to it knows better. */
  readonly lockVersion: number;
}

const changes = shallowReactive(new Map<string, OptimisticStatus>());

/**
 * Shows a change of status before the API has answered. An optimistic answer in Apollo's cache would read the whole list again
 * before anything is seen of it.
 */
export function setOptimisticStatus(id: string, fields: StatusFields) {
  const expected = { fields, lockVersion: Infinity };
  changes.set(id, expected);
  const isLatest = (): boolean => changes.get(id) === expected;
  return {
    /** Shows the API's answer until the row comes with it: a page that is just loading takes no answers but its own. */
    confirm(answer: StatusFieldsFragment): void {
      const { status, publishedAt, publishAt, scheduleFailure, publishWhenReady, lockVersion } = answer;
      const confirmed = { status, publishedAt, publishAt, scheduleFailure, publishWhenReady };
      if (isLatest()) changes.set(id, { fields: confirmed, lockVersion });
    },
    revert(): void {
      if (isLatest()) changes.delete(id);
    },
  };
}

/** The row with the change of status that it does not have yet, if there is one. */
export function withOptimisticStatus<TRow extends StatusFields & { readonly id: string; readonly lockVersion: number }>(row: TRow): TRow {
  const change = changes.get(row.id);
  return change && row.lockVersion < change.lockVersion ? { ...row, ...change.fields } : row;
}
