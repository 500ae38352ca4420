import { createHash } from 'node:crypto';
import type { StoredPart } from './object-store.js';

/** The bytes that the parts make together. */
export function totalSizeOf(parts: readonly StoredPart[]): number {
  return parts.reduce((sum, part) => sum + part.size, 0);
}

/** Whether each wanted part is stored, with the very bytes that its ETag stands for. */
export function includesAll(stored: readonly StoredPart[], wanted: readonly StoredPart[]): boolean {
  const etags = new Map(stored.map((part) => [part.number, part.etag]));
  return wanted.length > 0 && wanted.every((part) => etags.get(part.number) === part.etag);
}

/** A strong ETag for the object that the parts make: other parts never have the same. */
export function objectEtagOf(parts: readonly StoredPart[]): string {
  const digest = createHash('sha256').update(parts.map((part) => part.etag).join());
  return `"${digest.digest('base64url')}"`;
}
