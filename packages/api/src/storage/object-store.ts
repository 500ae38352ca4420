import type { Readable } from 'node:stream';
import type { StorageFaultReason } from './storage-fault.js';

/** One stored part of an open upload. `size` in bytes. */
export interface StoredPart {
  readonly number: number;
  readonly size: number;
  /** The store's own name for the part's bytes; needed to complete. */
  readonly etag: string;
}

/** The bytes of a part; with their SHA-256 (hex) a store that signs them need not compute it. */
export type PartBody = Buffer | { readonly bytes: Buffer; readonly sha256: string | null };

/** An open multipart upload in the store. */
export interface OpenUpload {
  readonly objectKey: string;
  readonly uploadId: string;
}

/** An object as a listing of the store shows it. `size` in bytes. */
export interface ListedObject {
  readonly objectKey: string;
  readonly size: number;
  readonly changedAt: Date;
}

/** An open upload as a listing of the store shows it. */
export interface ListedUpload extends OpenUpload {
  readonly startedAt: Date;
}

/** What a signed GET answers with besides the bytes. */
export interface SignedGetOptions {
  /** Already checked by the file name rules: ASCII, no quotes, no separators. */
  readonly fileName: string;
  /** 1 to 604,800 seconds. */
  readonly expiresInSeconds: number;
}

/**
 * Whether pages of an origin may send parts to the store. `SAME_ORIGIN`: no rule is needed. `ALLOWED`: a rule lets them.
 * `ADDED`: one does now. `UNREADABLE`: it is not known which rules there are. `UNWRITABLE`: there is none, and we may not add it.
 */
export type UploadPermission = 'SAME_ORIGIN' | 'ALLOWED' | 'ADDED' | 'UNREADABLE' | 'UNWRITABLE';

/** `PROMPT`: a store that does not answer is reported within 2 s. `PATIENT`: somebody has hours, and goes on where a page failed. */
export type ListingPace = 'PROMPT' | 'PATIENT';

/** A permission to PUT exactly one part. */
export interface SignedPartOptions {
  readonly partNumber: number;
  /** The exact length in bytes that the part must have; signed, so that nothing else fits. */
  readonly sizeBytes: number;
  readonly expiresInSeconds: number;
}

/** Of a disk, in bytes. */
export interface StoreRoom {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/**
 * Where the bytes are. Two stores implement it (S3 and a folder), one contract suite runs against both. Keys are ids of
 * our own: ASCII letters, digits, `-`, `_` and `/`.
 *
 * Every method throws `StorageFault` when the store cannot be reached or refuses; what is absent is `null`.
 */
export interface ObjectStore {
  /** Opens a multipart upload. @returns the store's upload id */
  createUpload(objectKey: string): Promise<string>;
  /** A URL to which a browser PUTs one part. Dead after Complete and Abort. */
  signPart(upload: OpenUpload, options: SignedPartOptions): Promise<string>;
  /** Stores one part, for uploads that pass through the API. */
  putPart(upload: OpenUpload, partNumber: number, body: PartBody): Promise<StoredPart>;
  /** Whether it signs the bytes of parts, and so wants their SHA-256. */
  readonly signsBytes: boolean;
  /** The parts that are there, ascending; null when there is no such upload. */
  listParts(upload: OpenUpload): Promise<readonly StoredPart[] | null>;
  /** Makes the object of its parts, atomically. */
  completeUpload(upload: OpenUpload, parts: readonly StoredPart[]): Promise<void>;
  /** Drops the upload and its parts; no error when there is none. */
  abortUpload(upload: OpenUpload): Promise<void>;
  /** A URL that gives the object as an attachment to whoever has it. */
  signGet(objectKey: string, options: SignedGetOptions): Promise<string>;
  /** How long a URL that is signed now works, of the seconds that are wanted: temporary credentials take their URLs with them. */
  urlSeconds(wantedSeconds: number): Promise<number>;
  /** Where browsers PUT parts and GET files (scheme, host, port), for the CSP of pages; null: at this server. */
  browserOrigin(): Promise<string | null>;
  /** The object's size in bytes, or null when there is none. */
  findSize(objectKey: string): Promise<number | null>;
  /** The object's bytes; null when there is none. */
  read(objectKey: string): Promise<Readable | null>;
  /** Deletes the object; no error when there is none. */
  delete(objectKey: string): Promise<void>;
  /** Every object under `OBJECT_KEY_PREFIX`, ascending by the bytes of its key. */
  listObjects(pace?: ListingPace): AsyncIterable<ListedObject>;
  /** The open multipart uploads under `OBJECT_KEY_PREFIX`, or under one key. */
  listUploads(objectKey?: string, pace?: ListingPace): AsyncIterable<ListedUpload>;
  /** What `writeClaim` wrote last: whose store this is. Null when nobody has claimed it. */
  readClaim(): Promise<string | null>;
  /** Writes down whose store this is; atomically replaces what was there. */
  writeClaim(text: string): Promise<void>;
  /** Throws unless the store answers and takes our credentials. */
  checkReachable(): Promise<void>;
  /** Writes, reads and deletes an object of its own: throws unless the store lets us do all that we need. */
  tryOut(): Promise<void>;
  /** How far the store's clock is ahead of ours, in seconds; 0 where that makes no difference. */
  readonly clockOffsetSeconds: number;
  /** Requests that failed, by reason, since the start. */
  readonly faults: ReadonlyMap<StorageFaultReason, number>;
  /** What is left of the disk that it is on; null: it has no end that is known. */
  room(): Promise<StoreRoom | null>;
  /** Lets pages of an origin send parts, beside whoever may already. @param origin for example `https://downloads.example.com` */
  allowUploadsFrom(origin: string): Promise<UploadPermission>;
}
