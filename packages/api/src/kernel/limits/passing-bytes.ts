import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** After this many bytes in all streams together, used chunks are freed. */
const COLLECT_EVERY_BYTES = 8 * 1_024 * 1_024;
/** After this much, memory that threads shared and nobody uses any more is freed. */
const FREE_EVERY_BYTES = 96 * 1_024 * 1_024;

setFlagsFromString('--expose-gc');
/** Without options it collects everything; Node 20 takes any other `type` for `minor`, which leaves what has grown old. */
const collect: (options?: { readonly type: 'minor' }) => void = runInNewContext('gc');
let uncollectedBytes = 0;
let droppedBytes = 0;

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

/** Told by whoever drops memory that threads shared: the engine does not count it, and would not look for a long time. */
export function noteDroppedMemory(count: number): void {
  droppedBytes += count;
  if (droppedBytes < FREE_EVERY_BYTES) return;
  droppedBytes = 0;
  collect();
}
