import { computed, onScopeDispose, shallowRef } from 'vue';
import type { BulkAction, BulkRowFragment, ListBulkRowsQueryVariables } from '../../../graphql/documents.generated';
import { describeRequestError } from '../../../graphql/request-problem';
import { undoSteps } from '../undo-steps';
import { changeRows, collectRows, MOST_ROWS, type BulkOutcome, type BulkProgress } from './bulk-run';

/** What a bulk action is for: rows that were chosen, or everything that a list has. */
export type BulkTarget =
  { readonly rows: readonly BulkRowFragment[] } | { readonly list: ListBulkRowsQueryVariables; readonly total: number };

/** How far it has come. `total` is a guess while rows are being collected. */
export type BulkPhase =
  | { readonly kind: 'CHECKING' | 'RUNNING' | 'UNDOING'; readonly done: number; readonly total: number }
  | {
      readonly kind: 'PREVIEW';
      readonly outcomes: readonly BulkOutcome[];
      /** There are more than are taken at a time. */ readonly isCapped: boolean;
    }
  | { readonly kind: 'DONE' | 'UNDONE'; readonly outcomes: readonly BulkOutcome[] }
  | { readonly kind: 'FAILED'; readonly message: string };

/** One bulk action from the dry run to the result, and back again. */
export function useBulkRun(action: BulkAction, target: BulkTarget) {
  const total = 'rows' in target ? target.rows.length : target.total;
  const phase = shallowRef<BulkPhase>({ kind: 'CHECKING', done: 0, total });
  let isStopped = false;
  let isGone = false;
  onScopeDispose(() => (isGone = true));

  const progressOf = (kind: 'CHECKING' | 'RUNNING' | 'UNDOING', count: number): BulkProgress => ({
    moved: (done) => (phase.value = { kind, done, total: Math.max(count, done) }),
    isStopped: () => isStopped || isGone,
  });

  /** The dry run: tells what would happen, and changes nothing. */
  async function check(): Promise<void> {
    phase.value = { kind: 'CHECKING', done: 0, total };
    try {
      const rows = 'rows' in target ? target.rows : await collectRows(target.list, progressOf('CHECKING', total * 2));
      const outcomes = await changeRows({ action, rows, isDryRun: true }, progressOf('CHECKING', rows.length));
      phase.value = { kind: 'PREVIEW', outcomes, isCapped: rows.length >= MOST_ROWS };
    } catch (error) {
      phase.value = { kind: 'FAILED', message: describeRequestError(error).message };
    }
  }

  /** Does what the dry run found possible. */
  async function run(): Promise<void> {
    if (phase.value.kind !== 'PREVIEW') return;
    isStopped = false;
    const rows = phase.value.outcomes.filter(({ isDone }) => isDone).map(({ row }) => row);
    phase.value = { kind: 'RUNNING', done: 0, total: rows.length };
    const outcomes = await changeRows({ action, rows, isDryRun: false }, progressOf('RUNNING', rows.length));
    phase.value = { kind: 'DONE', outcomes };
  }

  /** Back to each row's own former status, step by step. */
  async function undo(): Promise<void> {
    if (phase.value.kind !== 'DONE') return;
    isStopped = false;
    const groups = stepGroups(action, phase.value.outcomes);
    const count = groups.reduce((sum, { rows, steps }) => sum + rows.length * steps.length, 0);
    const outcomes = new Map<string, BulkOutcome>();
    phase.value = { kind: 'UNDOING', done: 0, total: count };
    for (const { rows, steps } of groups) {
      for (const step of steps) {
        const possible = rows.filter(({ id }) => outcomes.get(id)?.isDone ?? true);
        const results = await changeRows({ action: step, rows: possible, isDryRun: false }, progressOf('UNDOING', count));
        for (const outcome of results) outcomes.set(outcome.row.id, outcome);
      }
    }
    phase.value = { kind: 'UNDONE', outcomes: [...outcomes.values()] };
  }

  const undoable = computed(() =>
    phase.value.kind === 'DONE' ? stepGroups(action, phase.value.outcomes).reduce((sum, { rows }) => sum + rows.length, 0) : 0,
  );
  return { phase: computed(() => phase.value), undoable, check, run, undo, stop: (): void => void (isStopped = true) };
}

interface StepGroup {
  readonly steps: readonly Exclude<BulkAction, 'DELETE'>[];
  readonly rows: readonly BulkRowFragment[];
}

/** The rows that were changed, by the way back that each has. */
function stepGroups(action: BulkAction, outcomes: readonly BulkOutcome[]): readonly StepGroup[] {
  if (action === 'DELETE') return [];
  const groups = new Map<string, { steps: StepGroup['steps']; rows: BulkRowFragment[] }>();
  for (const { row, isDone, isWaiting } of outcomes) {
    const steps = isDone && !isWaiting ? undoSteps(action, row) : null;
    if (!steps) continue;
    const key = steps.join();
    const group = groups.get(key) ?? { steps, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()];
}
