import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { ObjectStore, OpenUpload, StoredPart } from '../object-store.js';

/** A key that no other test uses. */
export function makeObjectKey(): string {
  return `objects/${randomBytes(8).toString('hex')}`;
}

/** Opens an upload under a key that no other test uses. */
export async function openUpload(store: ObjectStore): Promise<OpenUpload> {
  const objectKey = makeObjectKey();
  return { objectKey, uploadId: await store.createUpload(objectKey) };
}

/** Signs and PUTs one part as a browser does. */
export async function putSigned(store: ObjectStore, upload: OpenUpload, part: { number: number; body: Buffer }): Promise<Response> {
  const url = await store.signPart(upload, { partNumber: part.number, sizeBytes: part.body.length, expiresInSeconds: 300 });
  return fetch(url, { method: 'PUT', body: part.body });
}

/** Stores an object through `putPart`. @returns its key */
export async function storeObject(store: ObjectStore, body: Buffer): Promise<string> {
  const upload = await openUpload(store);
  const part = await store.putPart(upload, 1, body);
  await store.completeUpload(upload, [part]);
  return upload.objectKey;
}

/** The stored parts of an upload that must be there. */
export async function requireParts(store: ObjectStore, upload: OpenUpload): Promise<readonly StoredPart[]> {
  const parts = await store.listParts(upload);
  if (!parts) throw new Error('There is no such upload.');
  return parts;
}

/** The object's bytes as one buffer. */
export async function readAll(store: ObjectStore, objectKey: string): Promise<Buffer> {
  const body = await store.read(objectKey);
  if (!body) throw new Error(`There is no object ${objectKey}.`);
  return collect(body);
}

/** All that a listing yields. */
export async function collectList<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}

async function collect(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
