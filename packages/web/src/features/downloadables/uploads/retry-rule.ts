import { StoreBlocked } from './through-server/store-block';
import { PartRejected, UploadRefused } from './upload-failure';

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 20_000;
const REJECTIONS_BEFORE_GIVING_UP = 8;

/** How long to wait before try number `attempt` + 1: 1 s, 2 s, 4 s ... at most 20 s. */
export function retryWaitMs(attempt: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS);
}

/** A lost connection or a sick server is worth any number of tries; a store that keeps saying no is not. */
export function isWorthRetrying(error: unknown, attempt: number): boolean {
  if (error instanceof UploadRefused || error instanceof StoreBlocked) return false;
  if (error instanceof PartRejected && error.status < 500) return attempt < REJECTIONS_BEFORE_GIVING_UP;
  return true;
}

export interface RetryPorts {
  /** Waits; longer while the browser is offline. Rejects when cancelled. */
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onRetry: (error: unknown) => void;
}

/** Runs a step until it works, is refused for good, or is cancelled. */
export async function untilDone<T>(step: (attempt: number) => Promise<T>, ports: RetryPorts): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    ports.signal.throwIfAborted();
    try {
      return await step(attempt);
    } catch (error) {
      ports.signal.throwIfAborted();
      if (!isWorthRetrying(error, attempt)) throw error;
      ports.onRetry(error);
      await ports.pause(retryWaitMs(attempt));
    }
  }
}
