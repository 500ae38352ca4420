import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: (options: { readonly type: 'minor' }) => void = runInNewContext('gc');

/**
 * Frees what was allocated lately and is no longer used; about a millisecond. Chunks of a stream lie outside the heap, and
 * left to itself the engine lets some 64 MB of used ones pile up before it looks: streams of gigabytes call this as they go.
 */
export function collectYoungGarbage(): void {
  collect({ type: 'minor' });
}
