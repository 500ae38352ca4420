import { InputType } from 'type-graphql';
import type { Transaction } from '../../../database/transaction.js';
import { SentFileInput } from '../../assets/file.inputs.js';

@InputType('AnnouncedFileInput', {
  description: 'A file to be uploaded later. The release does not publish automatically until it is ready.',
})
export class AnnouncedFileInput extends SentFileInput {}

/** Files that will come to a draft revision. */
export interface Announcement {
  readonly revisionId: string;
  readonly files: readonly AnnouncedFileInput[];
  readonly maxFileSizeBytes: number;
}

/** Declares files of a draft revision, its downloadable's row locked. @throws Refusal naming the file by its place in the list */
export type AnnounceFiles = (tx: Transaction, announcement: Announcement) => Promise<void>;
