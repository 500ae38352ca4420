import { expect, it } from 'vitest';
import { TEST_SETUPS } from '../../testing/harness.js';

/** More than the pool has: the rest waits for a connection, as whoever reads the settings anew does. */
const TRANSACTIONS = 16;

it.skipIf(!TEST_SETUPS.some(({ name, isAvailable }) => name === 'MariaDB and S3' && isAvailable))(
  'transactions that hold every connection of the pool are told the settings, while somebody without one waits to read them anew',
  async () => {
    const harness = await TEST_SETUPS.find(({ name }) => name === 'MariaDB and S3')?.start();
    if (!harness) throw new Error('There is no MariaDB.');
    const { settings } = harness.app.features;
    const { timeZone } = await settings.read();
    let goOn = (): void => undefined;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    const open: Promise<void>[] = [];
    const asked = Array.from({ length: TRANSACTIONS }, async () => {
      let begun = (): void => undefined;
      open.push(new Promise((resolve) => (begun = resolve)));
      return harness.database.transaction(async (tx) => {
        await tx.query('SELECT 1');
        begun();
        await gate;
        return (await settings.read()).timeZone;
      });
    });
    await Promise.all(open);
    harness.clock.advance({ hours: 1 });
    const anew = settings.read();
    goOn();
    expect(new Set(await Promise.all(asked))).toEqual(new Set([timeZone]));
    expect((await anew).timeZone).toBe(timeZone);
    await harness.close();
  },
);
