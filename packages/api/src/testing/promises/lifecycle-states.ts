/** What the model of a downloadable's life speaks of: states, operations and their outcomes. */

export interface ModelContent {
  readonly number: number;
  readonly name: string | null;
  readonly files: readonly string[];
  /** TODAY: the day of a publish. */
  readonly date: string | null;
}

/** And what no query shows of it. */
export interface ModelRevision extends ModelContent {
  /** A publish gave it its date: whoever takes that back takes the date. */
  readonly isDateGiven: boolean;
}

export interface ModelShown {
  readonly status: 'DRAFT' | 'SCHEDULED' | 'PUBLISHED' | 'ARCHIVED' | 'WITHDRAWN';
  readonly live: ModelContent | null;
  readonly draft: ModelContent | null;
  /** Published before the live one, oldest first, without those whose publish was undone. */
  readonly past: readonly ModelContent[];
  /** Numbers of the revisions that exist. */
  readonly numbers: readonly number[];
  /** Whether it publishes as soon as its last file is ready. */
  readonly isWaiting: boolean;
  /** Of the first publish: by it licenses are judged. */
  readonly firstDate: string | null;
}

/** And what no query shows. */
export interface ModelRelease extends ModelShown {
  readonly live: ModelRevision | null;
  readonly draft: ModelRevision | null;
  readonly past: readonly ModelRevision[];
  /** Files of the draft that were declared and have not arrived. */
  readonly open: readonly string[];
  /** The schedules whose time has not come, oldest first, cancelled ones among them. */
  readonly jobs: readonly number[];
  /** The schedule that counts. */
  readonly scheduled: number | null;
  readonly schedules: number;
  /** A customer got a file of it. */
  readonly isGranted: boolean;
  /** Its version is fixed. */
  readonly wasPublished: boolean;
}

export type ModelOperation =
  | { readonly kind: 'edit'; readonly name: string }
  | { readonly kind: 'addFile' | 'declare' | 'arrive' | 'abort'; readonly fileName: string }
  | { readonly kind: 'date'; readonly date: string | null }
  | { readonly kind: 'timeComes'; readonly which: 'FIRST' | 'LAST' }
  | {
      readonly kind:
        | 'publish'
        | 'download'
        | 'undo'
        | 'schedule'
        | 'wait'
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
  draft: { number: 1, name: null, files: [], date: null, isDateGiven: false },
  past: [],
  numbers: [1],
  isWaiting: false,
  firstDate: null,
  open: [],
  jobs: [],
  scheduled: null,
  schedules: 0,
  isGranted: false,
  wasPublished: false,
};

/** The day of a publish, whatever day it is. */
export const TODAY = 'TODAY';
