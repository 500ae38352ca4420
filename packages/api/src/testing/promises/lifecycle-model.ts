/**
 * The life of downloadables as DESIGN.md, section 3, tells it, written a second time and without the product's rules: what a
 * random sequence of operations must lead to.
 */

export interface ModelContent {
  readonly number: number;
  readonly name: string | null;
  readonly files: readonly string[];
}

export interface ModelShown {
  readonly status: 'DRAFT' | 'SCHEDULED' | 'PUBLISHED' | 'ARCHIVED' | 'WITHDRAWN';
  readonly live: ModelContent | null;
  readonly draft: ModelContent | null;
  /** Published before the live one, oldest first, without those whose publish was undone. */
  readonly past: readonly ModelContent[];
  /** Numbers of the revisions that exist. */
  readonly numbers: readonly number[];
}

/** And what no query shows. */
export interface ModelRelease extends ModelShown {
  /** A customer got a file of it. */
  readonly isGranted: boolean;
  /** Its version is fixed. */
  readonly wasPublished: boolean;
}

export type ModelOperation =
  | { readonly kind: 'edit'; readonly name: string }
  | { readonly kind: 'addFile'; readonly fileName: string }
  | {
      readonly kind:
        | 'publish'
        | 'download'
        | 'undo'
        | 'schedule'
        | 'timeComes'
        | 'cancel'
        | 'unpublish'
        | 'archive'
        | 'restore'
        | 'withdraw'
        | 'revise'
        | 'discard';
    };

/** What an operation must lead to: the release after it, or the code of its refusal. */
export type ModelOutcome = { readonly after: ModelRelease } | { readonly refusal: string };

export const NEW_RELEASE: ModelRelease = {
  status: 'DRAFT',
  live: null,
  draft: { number: 1, name: null, files: [] },
  past: [],
  numbers: [1],
  isGranted: false,
  wasPublished: false,
};

/** A copy starts with the content of the open draft, else of the live revision. */
export function copyOf(source: ModelRelease): ModelRelease {
  const content = source.draft ?? source.live ?? { name: null, files: [] };
  return { ...NEW_RELEASE, draft: { number: 1, name: content.name, files: content.files } };
}

export function apply(release: ModelRelease, operation: ModelOperation): ModelOutcome {
  switch (operation.kind) {
    case 'edit':
      return changeDraft(release, (draft) => ({ ...draft, name: operation.name }));
    case 'addFile':
      return changeDraft(release, (draft) => ({ ...draft, files: [...new Set([...draft.files, operation.fileName])] }));
    case 'publish':
      return publish(release);
    case 'undo':
      return undo(release);
    case 'schedule':
      if (release.status !== 'DRAFT') return TRANSITION;
      return hasFiles(release) ? { after: { ...release, status: 'SCHEDULED' } } : NO_ASSETS;
    case 'timeComes':
      return release.status === 'SCHEDULED' ? publish(release) : { after: release };
    case 'revise':
      return revise(release);
    case 'discard':
      return discard(release);
    case 'withdraw':
      return move(release, ['PUBLISHED', 'ARCHIVED'], { status: 'WITHDRAWN', draft: null, numbers: frozenNumbers(release) });
    case 'cancel':
      return move(release, ['SCHEDULED'], { status: 'DRAFT' });
    case 'unpublish':
      return move(release, ['PUBLISHED', 'ARCHIVED'], { status: 'DRAFT', ...(release.isGranted ? {} : takenBack(release)) });
    case 'download':
      return download(release);
    case 'archive':
      return move(release, ['PUBLISHED'], { status: 'ARCHIVED' });
    case 'restore':
      return move(release, ['ARCHIVED'], { status: 'PUBLISHED' });
  }
}

/** A draft again, as before its first publish; what was frozen is hidden. */
function takenBack(release: ModelRelease): Partial<ModelRelease> {
  if (release.live === null) return {};
  if (release.draft !== null) return { live: null, past: [] };
  const number = Math.max(...release.numbers) + 1;
  return { live: null, past: [], draft: { ...release.live, number }, numbers: [...release.numbers, number] };
}

function download(release: ModelRelease): ModelOutcome {
  if ((release.live ?? release.draft)?.files.length === 0) return { after: release };
  const isServed = release.status === 'PUBLISHED' || release.status === 'ARCHIVED';
  return isServed ? { after: { ...release, isGranted: true } } : { refusal: 'NOT_FOUND' };
}

const TRANSITION = { refusal: 'TRANSITION_NOT_ALLOWED' } as const;
const NO_ASSETS = { refusal: 'NO_ASSETS' } as const;
const NO_REVISION = { refusal: 'REVISION_NOT_ALLOWED' } as const;

const hasFiles = (release: ModelRelease): boolean => ((release.draft ?? release.live)?.files.length ?? 0) > 0;

const frozenNumbers = ({ numbers, draft }: ModelRelease): readonly number[] => numbers.filter((number) => number !== draft?.number);

function move(release: ModelRelease, from: readonly string[], change: Partial<ModelRelease>): ModelOutcome {
  if (release.status === change.status) return { after: release };
  return from.includes(release.status) ? { after: { ...release, ...change } } : TRANSITION;
}

function changeDraft(release: ModelRelease, change: (draft: ModelContent) => ModelContent): ModelOutcome {
  if (release.draft === null) return { refusal: 'REVISION_FROZEN' };
  if (release.status === 'SCHEDULED') return { refusal: 'SCHEDULED_LOCKED' };
  return { after: { ...release, draft: change(release.draft) } };
}

function publish(release: ModelRelease): ModelOutcome {
  const isNextRevision = (release.status === 'PUBLISHED' || release.status === 'ARCHIVED') && release.draft !== null;
  if (release.status === 'PUBLISHED' && release.draft === null) return { after: release };
  if (!isNextRevision && release.status !== 'DRAFT' && release.status !== 'SCHEDULED') return TRANSITION;
  if (!hasFiles(release)) return NO_ASSETS;
  const status = isNextRevision ? release.status : 'PUBLISHED';
  const past = release.live && release.draft ? [...release.past, release.live] : release.past;
  return { after: { ...release, status, live: release.draft ?? release.live, draft: null, past, wasPublished: true } };
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
  return isPossible ? { after: { ...release, draft: null, numbers: frozenNumbers(release) } } : NO_REVISION;
}
