/** Sends the parts of one file: three at once, each tried again with a fresh signature, progress that never runs backwards. */
import { makePartSigner, type SignedPart } from './part-signer';
import { untilDone, type RetryPorts } from './retry-rule';
import type { TransferSlots } from './transfer-slots';

const WORKERS = 3;

export interface PartJob {
  readonly partCount: number;
  /** Parts that the store already has, with their bytes. */
  readonly uploadedParts: readonly { readonly number: number; readonly size: number }[];
  readonly onProgress: (sentBytes: number) => void;
}

export interface PartPorts extends RetryPorts {
  readonly slots: TransferSlots;
  readonly sign: (numbers: readonly number[]) => Promise<readonly SignedPart[]>;
  readonly put: (url: string, number: number, onSent: (bytes: number) => void) => Promise<void>;
  readonly nowMs: () => number;
}

export async function uploadParts(job: PartJob, ports: PartPorts): Promise<void> {
  const sent = new Map(job.uploadedParts.map((part) => [part.number, part.size]));
  const missing = Array.from({ length: job.partCount }, (_, index) => index + 1).filter((number) => !sent.has(number));
  const signer = makePartSigner(missing, ports);
  const pending = [...missing];
  let reported = 0;

  function report(number: number, bytes: number): void {
    sent.set(number, bytes);
    const total = [...sent.values()].reduce((sum, one) => sum + one, 0);
    reported = Math.max(reported, total);
    job.onProgress(reported);
  }

  async function send(number: number): Promise<void> {
    await untilDone(() => ports.slots.run(async () => ports.put(await signer.urlOf(number), number, (bytes) => report(number, bytes))), {
      ...ports,
      onRetry(error) {
        signer.forget(number);
        sent.set(number, 0);
        ports.onRetry(error);
      },
    });
  }

  async function work(): Promise<void> {
    try {
      for (let number = pending.shift(); number !== undefined; number = pending.shift()) await send(number);
    } catch (error) {
      pending.length = 0; // refused: the other workers stop after their part
      throw error;
    }
  }

  await Promise.all(Array.from({ length: WORKERS }, work));
}
