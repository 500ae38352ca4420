/** Lets at most `count` transfers run at once, in the order in which they asked. */
export function makeTransferSlots(count: number) {
  const waiting: (() => void)[] = [];
  let free = count;

  async function run<T>(transfer: () => Promise<T>): Promise<T> {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await transfer();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  }

  return { run };
}

export type TransferSlots = ReturnType<typeof makeTransferSlots>;
