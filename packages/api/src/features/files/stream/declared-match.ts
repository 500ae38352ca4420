import { refuse } from '../../../kernel/problem/refusal.js';
import type { Digests } from '../verify/hasher.js';
import { findMismatch, type Mismatch } from '../verify/verify.job.js';

const MISMATCHES: Readonly<Record<Mismatch, string>> = {
  OBJECT_MISSING: 'The file did not arrive in the store, so nothing was kept: send it again.',
  CHECKSUM_MISMATCH: 'The bytes that arrived do not have the SHA-256 that was declared, so nothing was kept: send the file again.',
  SIZE_MISMATCH: 'Fewer or more bytes arrived than Content-Length said, so nothing was kept: send the file again.',
};

/** Compares what arrived with what was declared. @throws Refusal CHECKSUM_MISMATCH, SIZE_MISMATCH */
export function requireMatch(file: { readonly sizeBytes: number | null; readonly sha256: string | null }, digests: Digests): void {
  const declared = { declaredSize: file.sizeBytes ?? digests.size, declaredSha256: file.sha256?.toLowerCase() ?? null };
  const failure = findMismatch(declared, digests);
  if (failure) refuse(failure, MISMATCHES[failure], 'file');
}
