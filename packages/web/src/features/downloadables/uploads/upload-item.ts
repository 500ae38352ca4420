import type { Architecture, AssetType, Platform } from '@slipway/shared';
import type { StartedUpload } from './upload-api';

/** UNFINISHED: its parts wait in the store, its file has to be chosen again. */
export type UploadState = 'WAITING' | 'UPLOADING' | 'PAUSED' | 'VERIFYING' | 'READY' | 'FAILED' | 'UNFINISHED';

/** One upload as the screens show it. */
export interface UploadItem {
  readonly id: string;
  readonly downloadableId: string;
  /** "Aurora Studio 2.1.0" */
  readonly owner: string;
  readonly fileName: string;
  /** It takes the place of a file of this name once it is READY. */
  readonly isReplacement: boolean;
  sizeBytes: number;
  state: UploadState;
  sentBytes: number;
  bytesPerSecond: number | null;
  /** Why it waits or is tried again, or why it failed. */
  message: string | null;
  /** Why it goes through the server instead of straight to the store; null: it does not. */
  detour: string | null;
  /** Name of another file that was chosen to continue it. */
  strangerName: string | null;
}

export interface FileToUpload {
  readonly file: File;
  readonly fileName: string;
  readonly type?: AssetType;
  readonly platform?: Platform;
  readonly architecture?: Architecture | null;
  /** What its SHA-256 must be; null or absent: not known. */
  readonly sha256?: string | null;
  /** Takes the place of a file of this name. */
  readonly isReplacement?: boolean;
}

/** What belongs to an item and is nobody's to see. */
export interface Transfer {
  /** Null until the file of an unfinished upload is chosen again. */
  wanted: FileToUpload | null;
  fingerprint: string | null;
  controller: AbortController;
  upload: Pick<StartedUpload, 'id'> | null;
  /** A file that is not the one that was begun; it may replace it. */
  stranger: File | null;
}

export interface Owner {
  readonly id: string;
  readonly label: string;
}

/** Whether nothing happens to it any more. */
export const isOver = ({ state }: Pick<UploadItem, 'state'>): boolean => state === 'READY' || state === 'FAILED';

/** Whether its bytes move, or will without a click. */
export const isMoving = ({ state }: Pick<UploadItem, 'state'>): boolean => state === 'WAITING' || state === 'UPLOADING';
