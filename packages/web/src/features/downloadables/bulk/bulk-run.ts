/** Runs one action over many downloadables, a batch at a time, so that progress shows and a lost batch loses no other. */
import { STATUS_LABELS } from '@slipway/shared';
import { client } from '../../../graphql/client';
import {
  ChangeDownloadablesDocument,
  ListBulkRowsDocument,
  RehearseDeletionDocument,
  type BulkAction,
  type BulkRowFragment,
  type ChangeDownloadablesInput,
  type ChangeDownloadablesMutation,
  type ListBulkRowsQueryVariables,
  type RehearseDeletionMutation,
} from '../../../graphql/documents.generated';
import { describeRequestError } from '../../../graphql/request-problem';
import type { Deletion } from './deletions';

/** Small enough that the bar moves, large enough that the way there and back does not count. */
const BATCH_SIZE = 25;
/** Most rows of one run: a preview of more is read by nobody. */
export const MOST_ROWS = 10_000;

/** What became of one row, or would. */
export interface BulkOutcome {
  readonly row: BulkRowFragment;
  readonly isDone: boolean;
  /** Why it was not done; null when it was. */
  readonly problem: string | null;
  readonly warnings: readonly string[];
  /** It publishes by itself later, when its last file is ready. */
  readonly isWaiting: boolean;
  /** What a dry run of a delete would take away; else null. */
  readonly deletion: Deletion | null;
}

export interface BulkCall {
  readonly action: BulkAction;
  readonly rows: readonly BulkRowFragment[];
  readonly isDryRun: boolean;
}

/** Tells how far it has come, and whether to go on. */
export interface BulkProgress {
  readonly moved: (done: number) => void;
  readonly isStopped: () => boolean;
}

/** Every row that a list has, on all its pages, up to MOST_ROWS. @throws when a page cannot be loaded */
export async function collectRows(list: ListBulkRowsQueryVariables, progress: BulkProgress): Promise<readonly BulkRowFragment[]> {
  const rows: BulkRowFragment[] = [];
  let after: string | null = null;
  do {
    const variables: ListBulkRowsQueryVariables = { ...list, after };
    const { data } = await client.query({ query: ListBulkRowsDocument, variables, fetchPolicy: 'no-cache' });
    const page: NonNullable<typeof data>['downloadables'] | undefined = data?.downloadables;
    rows.push(...(page?.nodes ?? []));
    after = page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
    progress.moved(rows.length);
  } while (after !== null && rows.length < MOST_ROWS && !progress.isStopped());
  return rows.slice(0, MOST_ROWS);
}

/** Never throws: what a lost connection leaves open is said per row. */
export async function changeRows(call: BulkCall, progress: BulkProgress): Promise<readonly BulkOutcome[]> {
  const outcomes: BulkOutcome[] = [];
  for (let start = 0; start < call.rows.length; start += BATCH_SIZE) {
    const batch = call.rows.slice(start, start + BATCH_SIZE);
    if (progress.isStopped()) outcomes.push(...batch.map((row) => failed(row, 'Not tried: you stopped before.')));
    else outcomes.push(...(await changeBatch(call, batch)));
    progress.moved(outcomes.length);
  }
  return outcomes;
}

async function changeBatch(call: BulkCall, batch: readonly BulkRowFragment[]): Promise<readonly BulkOutcome[]> {
  const { action, isDryRun } = call;
  const input = { action, ids: batch.map(({ id }) => id), dryRun: isDryRun, confirmCount: action === 'DELETE' ? batch.length : null };
  try {
    const { changes, userErrors } = (await send(call, input)) ?? { changes: null, userErrors: [] };
    const refusal = userErrors[0]?.message ?? 'There was no answer.';
    return batch.map((row, place) => outcomeOf(row, changes?.[place]) ?? failed(row, refusal));
  } catch (error) {
    const { message } = describeRequestError(error);
    return batch.map((row) => failed(row, isDryRun ? message : `${message} Look at the list whether it was done.`));
  }
}

type Answer = Omit<ChangeDownloadablesMutation['changeDownloadables'], 'changes'> & { readonly changes: readonly Change[] | null };
type Rehearsed = NonNullable<NonNullable<RehearseDeletionMutation['changeDownloadables']['changes']>[number]>;
type Done = NonNullable<NonNullable<ChangeDownloadablesMutation['changeDownloadables']['changes']>[number]>;
type Change = Pick<Done, 'id' | 'isDone' | 'statusBefore' | 'userErrors'> &
  Partial<Pick<Done, 'downloadable' | 'warnings'>> &
  Partial<Pick<Rehearsed, 'wouldDelete'>>;

/** A dry run answers how things would be: that must not get into the cache. */
async function send({ action, isDryRun }: BulkCall, input: ChangeDownloadablesInput): Promise<Answer | undefined> {
  const variables = { input };
  const fetchPolicy = isDryRun ? 'no-cache' : 'network-only';
  if (isDryRun && action === 'DELETE')
    return (await client.mutate({ mutation: RehearseDeletionDocument, variables, fetchPolicy })).data?.changeDownloadables;
  return (await client.mutate({ mutation: ChangeDownloadablesDocument, variables, fetchPolicy })).data?.changeDownloadables;
}

function outcomeOf(row: BulkRowFragment, change: Change | undefined): BulkOutcome | null {
  if (!change) return null;
  const isWaiting = change.downloadable?.publishWhenReady ?? false;
  // The API takes it for done; of a bulk action people want to know what it changes.
  const same = change.isDone && !isWaiting && change.statusBefore === change.downloadable?.status ? change.statusBefore : null;
  const isDone = change.isDone && same === null;
  const problem = same ? `It is ${STATUS_LABELS[same].toLowerCase()} already.` : change.userErrors.map(({ message }) => message).join(' ');
  // A row is chosen at one time and changed at another: the way back starts from what it was then.
  const before = { ...row, status: change.statusBefore ?? row.status };
  const warnings = (change.warnings ?? []).map(({ message }) => message);
  return { row: before, isDone, problem: isDone ? null : problem, warnings, isWaiting, deletion: change.wouldDelete ?? null };
}

const failed = (row: BulkRowFragment, problem: string): BulkOutcome => ({
  row,
  isDone: false,
  problem,
  warnings: [],
  isWaiting: false,
  deletion: null,
});
