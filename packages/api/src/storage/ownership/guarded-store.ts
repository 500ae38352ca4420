import type { Readable } from 'node:stream';
import type {
  ListedObject,
  ListedUpload,
  ListingPace,
  ObjectStore,
  OpenUpload,
  PartBody,
  SignedGetOptions,
  SignedPartOptions,
  StoredPart,
  StoreRoom,
  UploadPermission,
} from '../object-store.js';
import type { StorageFaultReason } from '../storage-fault.js';
import type { StoreGuard } from './store-guard.js';

/** The store as the program uses it: nothing is written, and nothing concluded from it, before it is known to be ours; nothing is deleted without asking again. */
export class GuardedStore implements ObjectStore {
  constructor(
    private readonly store: ObjectStore,
    private readonly guard: StoreGuard,
  ) {}

  async createUpload(objectKey: string): Promise<string> {
    await this.guard.requireAsked();
    return this.store.createUpload(objectKey);
  }

  async signPart(upload: OpenUpload, options: SignedPartOptions): Promise<string> {
    await this.guard.requireAsked();
    return this.store.signPart(upload, options);
  }

  async putPart(upload: OpenUpload, partNumber: number, body: PartBody): Promise<StoredPart> {
    await this.guard.requireAsked();
    const part = await this.store.putPart(upload, partNumber, body);
    this.guard.room.wroteFile();
    return part;
  }

  get signsBytes(): boolean {
    return this.store.signsBytes;
  }

  async completeUpload(upload: OpenUpload, parts: readonly StoredPart[]): Promise<void> {
    await this.guard.requireAsked();
    await this.store.completeUpload(upload, parts);
    this.guard.room.wroteFile();
  }

  async abortUpload(upload: OpenUpload): Promise<void> {
    await this.guard.requireAsked();
    return this.store.abortUpload(upload);
  }

  async delete(objectKey: string): Promise<void> {
    await this.guard.confirm();
    return this.store.delete(objectKey);
  }

  async listParts(upload: OpenUpload): Promise<readonly StoredPart[] | null> {
    await this.guard.requireAsked();
    return this.store.listParts(upload);
  }

  signGet(objectKey: string, options: SignedGetOptions): Promise<string> {
    return this.store.signGet(objectKey, options);
  }

  browserOrigin(): Promise<string | null> {
    return this.store.browserOrigin();
  }

  urlSeconds(wantedSeconds: number): Promise<number> {
    return this.store.urlSeconds(wantedSeconds);
  }

  async findSize(objectKey: string): Promise<number | null> {
    await this.guard.requireAsked();
    return this.store.findSize(objectKey);
  }

  async read(objectKey: string): Promise<Readable | null> {
    await this.guard.requireAsked();
    return this.store.read(objectKey);
  }

  listObjects(pace?: ListingPace): AsyncIterable<ListedObject> {
    return this.store.listObjects(pace);
  }

  listUploads(objectKey?: string, pace?: ListingPace): AsyncIterable<ListedUpload> {
    return this.store.listUploads(objectKey, pace);
  }

  readClaim(): Promise<string | null> {
    return this.store.readClaim();
  }

  writeClaim(text: string): Promise<void> {
    return this.store.writeClaim(text);
  }

  checkReachable(): Promise<void> {
    return this.store.checkReachable();
  }

  tryOut(): Promise<void> {
    return this.store.tryOut();
  }

  get clockOffsetSeconds(): number {
    return this.store.clockOffsetSeconds;
  }

  room(): Promise<StoreRoom | null> {
    return this.store.room();
  }

  get faults(): ReadonlyMap<StorageFaultReason, number> {
    return this.store.faults;
  }

  async allowUploadsFrom(origin: string): Promise<UploadPermission> {
    await this.guard.requireAsked();
    return this.store.allowUploadsFrom(origin);
  }
}
