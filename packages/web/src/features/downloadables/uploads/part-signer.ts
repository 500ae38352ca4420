export interface SignedPart {
  readonly number: number;
  readonly url: string;
  readonly expiresAt: string;
}

const BATCH = 6;
const MARGIN_MS = 30_000;

interface SignerPorts {
  readonly sign: (numbers: readonly number[]) => Promise<readonly SignedPart[]>;
  readonly nowMs: () => number;
}

/** Hands out signed part URLs, fetched a few ahead, never one about to expire. One request at a time. */
export function makePartSigner(wanted: readonly number[], ports: SignerPorts) {
  const known = new Map<number, SignedPart>();
  let queue: Promise<unknown> = Promise.resolve();

  function fresh(number: number): SignedPart | undefined {
    const part = known.get(number);
    return part && Date.parse(part.expiresAt) - ports.nowMs() > MARGIN_MS ? part : undefined;
  }

  async function fetchBatch(number: number): Promise<string> {
    const ready = fresh(number);
    if (ready) return ready.url;
    const ahead = wanted.slice(wanted.indexOf(number)).filter((one) => !fresh(one));
    for (const part of await ports.sign(ahead.slice(0, BATCH))) known.set(part.number, part);
    const signed = known.get(number);
    if (!signed) throw new Error(`No signature came back for part ${number}.`);
    return signed.url;
  }

  return {
    urlOf(number: number): Promise<string> {
      const next = queue.then(() => fetchBatch(number));
      queue = next.catch(() => undefined);
      return next;
    },
    /** After a failure: the next try gets a new signature. */
    forget(number: number): void {
      known.delete(number);
    },
  };
}
