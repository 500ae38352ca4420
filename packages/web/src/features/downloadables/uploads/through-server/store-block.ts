/** Tells a store that refuses this page (it has no CORS rule for it) from being offline. */
import { ConnectionLost } from '../xhr-put';

/** So often a part must fail without a byte on its way before the store is suspected. */
const TRIES = 3;

/** The store answers, and lets no page of this origin send to it. */
export class StoreBlocked extends Error {
  constructor() {
    super('The file store refuses uploads from this page.');
    this.name = 'StoreBlocked';
  }
}

export interface BlockPorts {
  /** Whether an address answers at all; what it answers need not be readable. */
  readonly answers: (url: string) => Promise<boolean>;
  /** Of our own server. */
  readonly healthUrl: string;
}

/**
 * Watches the parts of one upload. Browsers say the same of a refused preflight and of a dead line, but a refused page never
 * gets a byte through, while both our server and the store answer.
 */
export function makeBlockWatch(ports: BlockPorts) {
  const failures = new Map<number, number>();
  let hasSent = false;

  return {
    /** A byte was on its way: whatever fails later, the store takes uploads from here. */
    noteSent(): void {
      hasSent = true;
    },
    /** Judges a failed try of a part. @throws StoreBlocked instead of letting it be tried again for ever */
    async judge(number: number, url: string, error: unknown): Promise<void> {
      if (hasSent || !(error instanceof ConnectionLost) || error.sentBytes > 0) return;
      const count = (failures.get(number) ?? 0) + 1;
      failures.set(number, count);
      if (count < TRIES) return;
      const [isServerThere, isStoreThere] = await Promise.all([ports.answers(ports.healthUrl), ports.answers(url)]);
      if (isServerThere && isStoreThere && !hasSent) throw new StoreBlocked();
    },
  };
}

/** Asks without wanting to read: other origins answer so, too. */
export async function answersAtAll(url: string): Promise<boolean> {
  return fetch(url, { mode: 'no-cors', cache: 'no-store', credentials: 'omit' }).then(
    () => true,
    () => false,
  );
}

/** What stands beside an upload that takes the longer way, with what mends it. */
export function detourText(origin: string): string {
  return (
    'The file store refuses uploads from this page, so files go through the server: slower, and each all at once. ' +
    `To mend this, an administrator allows PUT from ${origin} in the CORS rules of the bucket.`
  );
}
