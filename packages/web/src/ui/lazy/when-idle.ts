import { afterFirstPage } from '../../next-task';

interface Connection {
  readonly saveData?: boolean;
}

const waiting: (() => Promise<void>)[] = [];
let isRunning = false;

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve());
    else setTimeout(resolve); // Safari
  });

async function work(): Promise<void> {
  await afterFirstPage();
  for (let task = waiting.shift(); task; task = waiting.shift()) {
    await idle();
    await task();
  }
  isRunning = false;
}

/** Does things one after the other, once the first page stands and the browser has nothing else to do. Who saves data is spared. */
export function whenIdle(task: () => Promise<void>): void {
  const { connection } = navigator as { connection?: Connection }; // not in every browser
  if (connection?.saveData) return;
  waiting.push(task);
  if (isRunning) return;
  isRunning = true;
  void work();
}
