/** What a bulk action is called before, while and after it happens. */
import type { BulkAction } from '../../../graphql/documents.generated';

interface BulkWords {
  readonly verb: string;
  readonly doing: string;
  readonly done: string;
  readonly hint: string;
}

export const BULK_WORDS: Readonly<Record<BulkAction, BulkWords>> = {
  PUBLISH: { verb: 'Publish', doing: 'Publishing', done: 'published', hint: 'Customers get them at once, and their content is frozen.' },
  UNPUBLISH: { verb: 'Unpublish', doing: 'Unpublishing', done: 'unpublished', hint: 'Customers do not see them any more.' },
  ARCHIVE: { verb: 'Archive', doing: 'Archiving', done: 'archived', hint: 'Customers find them under older versions.' },
  RESTORE: { verb: 'Restore', doing: 'Restoring', done: 'restored', hint: 'They are published again.' },
  DELETE: {
    verb: 'Delete',
    doing: 'Deleting',
    done: 'deleted',
    hint: 'Their files go too, and their links stop working. This cannot be undone.',
  },
};
