/** What an import of licenses says while it is checked, run and over. */
import type { LicenseImportFieldsFragment, LicenseImportOutcome } from '../../../../graphql/documents.generated';
import { countText, numberText } from '../../../../ui/date-text';

type Counts = Pick<LicenseImportFieldsFragment, 'state' | 'total' | 'created' | 'changed' | 'unchanged' | 'failed' | 'problem'>;

export const isWorking = ({ state }: Pick<Counts, 'state'>): boolean => state === 'CHECKING' || state === 'RUNNING';

export const doneOf = ({ created, changed, unchanged, failed }: Counts): number => created + changed + unchanged + failed;

/** Lines that importing would make a difference for. */
export const effectOf = ({ created, changed }: Counts): number => created + changed;

export function importTitle(one: Counts): string {
  switch (one.state) {
    case 'CHECKING':
      return 'Checking the file';
    case 'CHECKED':
      return effectOf(one) === 0 ? 'There is nothing to import' : 'Ready to import';
    case 'RUNNING':
      return 'Importing licenses';
    case 'DONE':
      return 'The import is done';
    case 'STOPPED':
      return 'The import was stopped';
  }
}

export function importText(one: Counts): string {
  switch (one.state) {
    case 'CHECKING':
      return 'Nothing is changed yet. You can leave this page; its address leads back here.';
    case 'RUNNING':
      return 'You can leave this page; the import goes on, and its address leads back here.';
    case 'CHECKED':
      return checkedText(one);
    case 'DONE':
      return one.failed > 0
        ? 'Mend the lines that failed in the file with the errors, then import that file.'
        : 'Every line of the file is imported.';
    case 'STOPPED':
      return one.problem ?? 'What was imported until then stays. To go on, import the file again: what is so already does not change.';
  }
}

function checkedText({ failed, created, changed }: Counts): string {
  if (created + changed === 0)
    return failed > 0
      ? 'None of the other lines changes anything: mend those with errors, then send the file again.'
      : 'All of it is so already.';
  if (failed === 0) return 'Nothing is changed yet.';
  return `Nothing is changed yet. ${countText(failed, 'line has an error and is left out', 'lines have errors and are left out')}.`;
}

/** For example "240 lines: 200 new, 30 changed, 10 with errors". */
export function countsText(one: Counts): string {
  const will = one.state === 'CHECKING' || one.state === 'CHECKED';
  const parts = [
    [one.created, will ? 'new' : 'created'],
    [one.changed, will ? 'to change' : 'changed'],
    [one.unchanged, 'unchanged'],
    [one.failed, will ? 'with errors' : 'failed'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${numberText(count)} ${what}`);
  return [countText(one.total, 'line'), ...(said.length > 0 ? [said.join(', ')] : [])].join(': ');
}

interface StateWords {
  readonly label: string;
  readonly tone: 'bad' | 'good' | 'accent' | 'neutral' | 'warn';
}

export const STATE_WORDS: Readonly<Record<Counts['state'], StateWords>> = {
  CHECKING: { label: 'Checking', tone: 'neutral' },
  CHECKED: { label: 'Not started', tone: 'warn' },
  RUNNING: { label: 'Importing', tone: 'accent' },
  DONE: { label: 'Done', tone: 'good' },
  STOPPED: { label: 'Stopped', tone: 'neutral' },
};

interface OutcomeWords {
  readonly will: string;
  readonly did: string;
  readonly tone: 'bad' | 'good' | 'accent' | 'neutral';
}

/** Errors first: they are what one has to look at. */
export const OUTCOMES: Readonly<Record<LicenseImportOutcome, OutcomeWords>> = {
  ERROR: { will: 'Error', did: 'Failed', tone: 'bad' },
  CREATE: { will: 'New', did: 'Created', tone: 'good' },
  CHANGE: { will: 'Changes', did: 'Changed', tone: 'accent' },
  UNCHANGED: { will: 'Unchanged', did: 'Unchanged', tone: 'neutral' },
};

export const outcomeText = (outcome: LicenseImportOutcome, state: Counts['state']): string =>
  OUTCOMES[outcome][state === 'CHECKING' || state === 'CHECKED' ? 'will' : 'did'];

const COUNT_OF = { ERROR: 'failed', CREATE: 'created', CHANGE: 'changed', UNCHANGED: 'unchanged' } as const;
export const countOf = (one: Counts, outcome: LicenseImportOutcome): number => one[COUNT_OF[outcome]];
