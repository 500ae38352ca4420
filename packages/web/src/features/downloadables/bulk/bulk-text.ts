/** What a bulk action is called before, while and after it happens. */
import type { BulkAction } from '../../../graphql/documents.generated';
import type { BulkPhase } from './useBulkRun';

interface BulkWords {
  readonly verb: string;
  readonly doing: string;
  readonly done: string;
  /** What it will do. */
  readonly hint: string;
  /** What it did. */
  readonly result: string;
}

export const BULK_WORDS: Readonly<Record<BulkAction, BulkWords>> = {
  PUBLISH: {
    verb: 'Publish',
    doing: 'Publishing',
    done: 'published',
    hint: 'Those entitled to them get them at once, and their content is frozen.',
    result: 'Those entitled to them can download them now.',
  },
  UNPUBLISH: {
    verb: 'Unpublish',
    doing: 'Unpublishing',
    done: 'unpublished',
    hint: 'Customers will not see them any more.',
    result: 'Customers do not see them any more.',
  },
  ARCHIVE: {
    verb: 'Archive',
    doing: 'Archiving',
    done: 'archived',
    hint: 'They leave the lists of new versions; customers will find them under older versions.',
    result: 'Customers find them under older versions.',
  },
  RESTORE: {
    verb: 'Restore',
    doing: 'Restoring',
    done: 'restored',
    hint: 'They will be published again.',
    result: 'They are published again.',
  },
  DELETE: {
    verb: 'Delete',
    doing: 'Deleting',
    done: 'deleted',
    hint: 'Their files go too, and their links stop working. This cannot be undone.',
    result: 'Their files are gone, and their links lead nowhere.',
  },
};

export const BULK_ACTIONS = ['PUBLISH', 'UNPUBLISH', 'ARCHIVE', 'RESTORE', 'DELETE'] as const;

/** The sentence below the title: tense follows the phase. */
export function bulkHint(action: BulkAction, phase: BulkPhase['kind']): string {
  switch (phase) {
    case 'CHECKING':
    case 'PREVIEW':
    case 'RUNNING':
    case 'FAILED':
      return BULK_WORDS[action].hint;
    case 'DONE':
      return BULK_WORDS[action].result;
    case 'UNDOING':
    case 'UNDONE':
      return 'Each goes back to the status that it had before.';
  }
}
