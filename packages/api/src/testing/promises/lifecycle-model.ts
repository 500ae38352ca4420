/**
 * The life of downloadables as DESIGN.md, section 3, tells it, written a second time and without the product's rules: what a
 * random sequence of operations must lead to.
 */
import { type ModelRevision, type ModelRelease, type ModelOperation, type ModelOutcome, NEW_RELEASE, TODAY } from './lifecycle-states.js';

/** A copy starts with the content of the open draft, else of the live revision: what has arrived, and no date. */
export function copyOf(source: ModelRelease): ModelRelease {
  const content = source.draft ?? source.live ?? { name: null, files: [] };
  const files = content.files.filter((file) => source.draft === null || !source.open.includes(file));
  return { ...NEW_RELEASE, draft: { number: 1, name: content.name, files, date: null, isDateGiven: false } };
}

export function apply(release: ModelRelease, operation: ModelOperation): ModelOutcome {
  switch (operation.kind) {
    case 'edit':
      return changeDraft(release, (draft) => ({ ...draft, name: operation.name }));
    case 'addFile':
      return thenPublish(changeDraft(release, (draft) => ({ ...draft, files: [...new Set([...draft.files, operation.fileName])] })));
    case 'date':
      return changeDraft(release, (draft) => ({
        ...draft,
        date: operation.date,
        isDateGiven: draft.isDateGiven && draft.date === operation.date,
      }));
    case 'wait':
      return thenPublish(changeDraft({ ...release, isWaiting: true }, (draft) => draft));
    case 'declare':
      return declare(release, operation.fileName);
    case 'arrive':
      return thenPublish({ after: { ...release, open: release.open.filter((file) => file !== operation.fileName) } });
    case 'abort':
      return abort(release, operation.fileName);
    case 'publish':
      return publish(release);
    case 'undo':
      return undo(release);
    case 'schedule':
      return schedule(release);
    case 'timeComes':
      return letTimeCome(release, operation.which);
    case 'revise':
      return revise(release);
    case 'discard':
      return discard(release);
    case 'withdraw':
      return move(release, ['PUBLISHED', 'ARCHIVED'], { ...WITHOUT_DRAFT, status: 'WITHDRAWN', numbers: frozenNumbers(release) });
    case 'cancel':
      return move(release, ['SCHEDULED'], { status: 'DRAFT', scheduled: null });
    case 'unpublish':
      return unpublish(release);
    case 'download':
      return download(release);
    case 'archive':
      return move(release, ['PUBLISHED'], { status: 'ARCHIVED' });
    case 'restore':
      return move(release, ['ARCHIVED'], { status: 'PUBLISHED' });
  }
}

/** What a publish, a withdrawal or a discard leaves of a draft. */
const WITHOUT_DRAFT = { draft: null, open: [], isWaiting: false } as const;

function unpublish(release: ModelRelease): ModelOutcome {
  if (release.status === 'DRAFT') return { after: { ...release, isWaiting: false } };
  const change = { status: 'DRAFT', isWaiting: false, ...(release.isGranted ? {} : takenBack(release)) } as const;
  return move(release, ['PUBLISHED', 'ARCHIVED'], change);
}

/** A draft again, as before its first publish; what was frozen is hidden, and a date that a publish gave is gone. */
function takenBack(release: ModelRelease): Partial<ModelRelease> {
  if (release.live === null) return {};
  const undated = (draft: ModelRevision): ModelRevision => (draft.isDateGiven ? { ...draft, date: null, isDateGiven: false } : draft);
  const gone = { live: null, past: [], firstDate: null };
  if (release.draft !== null) return { ...gone, draft: undated(release.draft) };
  const number = Math.max(...release.numbers) + 1;
  return { ...gone, draft: undated({ ...release.live, number }), numbers: [...release.numbers, number] };
}

/** What waits is published as soon as nothing of it is missing. */
function thenPublish(outcome: ModelOutcome): ModelOutcome {
  if ('refusal' in outcome) return outcome;
  const { after } = outcome;
  return after.isWaiting && after.draft !== null && after.draft.files.length > 0 && after.open.length === 0 ? publish(after) : outcome;
}

function declare(release: ModelRelease, fileName: string): ModelOutcome {
  const declared = changeDraft(release, (draft) => ({ ...draft, files: [...draft.files, fileName] }));
  if ('refusal' in declared) return declared;
  if (release.draft?.files.includes(fileName)) return { refusal: 'FILE_NAME_TAKEN' };
  return { after: { ...declared.after, open: [...release.open, fileName] } };
}

/** Without a file that was declared nothing goes out by itself. */
function abort(release: ModelRelease, fileName: string): ModelOutcome {
  if (!release.open.includes(fileName) || release.draft === null) return { after: release };
  const without = (files: readonly string[]): readonly string[] => files.filter((file) => file !== fileName);
  const draft = { ...release.draft, files: without(release.draft.files) };
  return { after: { ...release, draft, open: without(release.open), isWaiting: false } };
}

function schedule(release: ModelRelease): ModelOutcome {
  if (release.status !== 'DRAFT') return TRANSITION;
  const missing = whatIsMissing(release);
  if (missing) return missing;
  const scheduled = release.schedules + 1;
  const jobs = [...release.jobs, scheduled];
  return { after: { ...release, status: 'SCHEDULED', scheduled, schedules: scheduled, jobs, isWaiting: false } };
}

/** Only the schedule that counts publishes; the time of a cancelled one comes, too. */
function letTimeCome(release: ModelRelease, which: 'FIRST' | 'LAST'): ModelOutcome {
  const job = which === 'FIRST' ? release.jobs[0] : release.jobs.at(-1);
  const after = { ...release, jobs: release.jobs.filter((one) => one !== job) };
  return release.status === 'SCHEDULED' && release.scheduled === job ? publish(after) : { after };
}

function download(release: ModelRelease): ModelOutcome {
  if ((release.live ?? release.draft)?.files.length === 0) return { after: release };
  const isServed = release.status === 'PUBLISHED' || release.status === 'ARCHIVED';
  return isServed ? { after: { ...release, isGranted: true } } : { refusal: 'NOT_FOUND' };
}

const TRANSITION = { refusal: 'TRANSITION_NOT_ALLOWED' } as const;
const NO_ASSETS = { refusal: 'NO_ASSETS' } as const;
const NO_REVISION = { refusal: 'REVISION_NOT_ALLOWED' } as const;

/** Why it cannot be published now; null when it can. */
function whatIsMissing(release: ModelRelease): { readonly refusal: string } | null {
  if (((release.draft ?? release.live)?.files.length ?? 0) === 0) return NO_ASSETS;
  return release.draft !== null && release.open.length > 0 ? { refusal: 'ASSET_NOT_READY' } : null;
}

const frozenNumbers = ({ numbers, draft }: ModelRelease): readonly number[] => numbers.filter((number) => number !== draft?.number);

function move(release: ModelRelease, from: readonly string[], change: Partial<ModelRelease>): ModelOutcome {
  if (release.status === change.status) return { after: release };
  return from.includes(release.status) ? { after: { ...release, ...change } } : TRANSITION;
}

function changeDraft(release: ModelRelease, change: (draft: ModelRevision) => ModelRevision): ModelOutcome {
  if (release.draft === null) return { refusal: 'REVISION_FROZEN' };
  if (release.status === 'SCHEDULED') return { refusal: 'SCHEDULED_LOCKED' };
  return { after: { ...release, draft: change(release.draft) } };
}

function publish(release: ModelRelease): ModelOutcome {
  const isNextRevision = (release.status === 'PUBLISHED' || release.status === 'ARCHIVED') && release.draft !== null;
  if (release.status === 'PUBLISHED' && release.draft === null) return { after: release };
  if (!isNextRevision && release.status !== 'DRAFT' && release.status !== 'SCHEDULED') return TRANSITION;
  const missing = whatIsMissing(release);
  if (missing) return missing;
  const status = isNextRevision ? release.status : 'PUBLISHED';
  const past = release.live && release.draft ? [...release.past, release.live] : release.past;
  const { draft } = release;
  const live =
    draft === null ? release.live : { ...draft, date: draft.date ?? TODAY, isDateGiven: draft.isDateGiven || draft.date === null };
  const firstDate = release.firstDate ?? live?.date ?? null;
  return { after: { ...release, ...WITHOUT_DRAFT, status, live, past, firstDate, scheduled: null, wasPublished: true } };
}

function undo(release: ModelRelease): ModelOutcome {
  if (release.live === null) return { refusal: 'REVISION_NOT_LIVE' };
  const before = release.past.at(-1);
  if (release.draft !== null || release.status === 'SCHEDULED' || release.status === 'WITHDRAWN' || !before) return NO_REVISION;
  const number = Math.max(...release.numbers) + 1;
  const numbers = [...release.numbers, number];
  return { after: { ...release, live: before, draft: { ...release.live, number }, past: release.past.slice(0, -1), numbers } };
}

function revise(release: ModelRelease): ModelOutcome {
  if (!release.wasPublished || release.status === 'SCHEDULED' || release.status === 'WITHDRAWN') return NO_REVISION;
  if (release.draft !== null || release.live === null) return { after: release };
  const number = Math.max(...release.numbers) + 1;
  return { after: { ...release, draft: { ...release.live, number }, numbers: [...release.numbers, number] } };
}

function discard(release: ModelRelease): ModelOutcome {
  const isPossible = release.live !== null && release.draft !== null && release.status !== 'SCHEDULED' && release.status !== 'WITHDRAWN';
  return isPossible ? { after: { ...release, ...WITHOUT_DRAFT, numbers: frozenNumbers(release) } } : NO_REVISION;
}
