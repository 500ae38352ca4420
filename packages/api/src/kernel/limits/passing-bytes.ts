import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** After this many bytes in all streams together, used chunks are freed. */
const COLLECT_EVERY_BYTES = 8 * 1_024 * 1_024;

setFlagsFromString('--expose-gc');
const collect: (options: { readonly type: 'minor' }) => void = runInNewContext('gc');
let uncollectedBytes = 0;

/**
 * Told by whatever streams file contents. Chunks lie outside the heap, and left to itself the engine lets some 64 MB of used
 * ones pile up before it looks; freeing them now and then takes about a millisecond and keeps the memory constant.
 */
export function notePassingBytes(count: number): void {
  uncollectedBytes += count;
  if (uncollectedBytes < COLLECT_EVERY_BYTES) return;
  uncollectedBytes = 0;
  collect({ type: 'minor' });
}
