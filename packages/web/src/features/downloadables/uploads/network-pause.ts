/** Waits; while the browser knows that it is offline, until it is back. Rejects as soon as the signal is cancelled. */
export async function pauseForNetwork(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, signal);
  if (!navigator.onLine) await backOnline(signal);
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(finish, milliseconds);
    addEventListener('online', finish, { once: true });
    signal.addEventListener('abort', stop, { once: true });
    function finish(): void {
      tidy();
      resolve();
    }
    function stop(): void {
      tidy();
      reject(signal.reason as Error); // an AbortSignal's reason is an exception unless the caller chose otherwise
    }
    function tidy(): void {
      clearTimeout(timer);
      removeEventListener('online', finish);
      signal.removeEventListener('abort', stop);
    }
  });
}

function backOnline(signal: AbortSignal): Promise<void> {
  return wait(2 ** 31 - 1, signal);
}
