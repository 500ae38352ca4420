import { pause } from '../../next-task';
import { lookForNewBuild } from './new-build';

/** How long to wait before each further try. */
const PAUSES_MS = [250, 1_250];

/** Code that could not be fetched, after all tries. Nothing on the page is broken by it. */
export class ChunkFault extends Error {
  constructor(cause: unknown) {
    super('A part of Slipway could not be loaded: check your connection and try again.', { cause });
  }
}

/** How browsers and Vite tell that a file did not come; any other error is one of the code in it. */
const isMissing = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof Error && error.message.startsWith('Unable to preload'));

/** Vite asks for a stylesheet once: one that failed is asked for again by a new link. */
function refetchStyles(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]'))
    if (link.sheet === null) link.replaceWith(link.cloneNode());
}

/** Runs an `import()`, and again when it fails: a network drops, a server restarts. Offline there is nothing to wait for. @throws ChunkFault */
export async function loadChunk<TModule>(load: () => Promise<TModule>): Promise<TModule> {
  for (const ms of navigator.onLine ? PAUSES_MS : []) {
    try {
      return await load();
    } catch {
      await pause(ms);
      refetchStyles();
    }
  }
  try {
    return await load();
  } catch (error) {
    if (!isMissing(error)) reportError(error);
    refetchStyles();
    void lookForNewBuild();
    throw new ChunkFault(error);
  }
}

/** The code of a page, for the router. */
export const page =
  <TModule>(load: () => Promise<TModule>) =>
  (): Promise<TModule> =>
    loadChunk(load);
