import { describe, expect, it } from 'vitest';
import { ConnectionLost } from '../xhr-put';
import { PartRejected } from '../upload-failure';
import { makeBlockWatch, StoreBlocked } from './store-block';

const STORE = 'https://store.example/part';
const UNSENT = new ConnectionLost('The connection was lost.', 0);

/** A page whose server and store answer as the test says. */
function makeWatch({ server = true, store = true } = {}) {
  const asked: string[] = [];
  const answers = async (url: string): Promise<boolean> => {
    asked.push(url);
    return url === STORE ? store : server;
  };
  return { asked, ...makeBlockWatch({ answers, healthUrl: '/healthz' }) };
}

describe('a part that fails without a byte on its way', () => {
  it('is a store that refuses the page, after three tries, when server and store both answer', async () => {
    const { judge, asked } = makeWatch();
    await judge(1, STORE, UNSENT);
    await judge(1, STORE, UNSENT);
    expect(asked).toEqual([]);
    await expect(judge(1, STORE, UNSENT)).rejects.toThrow(StoreBlocked);
    expect(asked).toEqual(['/healthz', STORE]);
  });

  it.each([
    ['the server cannot be reached either: this browser is offline', { server: false }],
    ['the store cannot be reached: it is down, or not for this network', { store: false }],
  ])('is tried again for ever where %s', async (_, reach) => {
    const { judge } = makeWatch(reach);
    for (let attempt = 0; attempt < 9; attempt += 1) await expect(judge(1, STORE, UNSENT)).resolves.toBeUndefined();
  });

  it('counts for itself: three parts at once are one try', async () => {
    const { judge } = makeWatch();
    for (const number of [1, 2, 3, 1, 2, 3]) await judge(number, STORE, UNSENT);
    await expect(judge(2, STORE, UNSENT)).rejects.toThrow(StoreBlocked);
  });

  it('is a lost connection once any byte of the upload got through', async () => {
    const { judge, noteSent } = makeWatch();
    noteSent();
    for (let attempt = 0; attempt < 9; attempt += 1) await judge(1, STORE, UNSENT);
  });

  it('is told from one that was answered, or broke off under way', async () => {
    const { judge } = makeWatch();
    for (let attempt = 0; attempt < 9; attempt += 1) {
      await judge(1, STORE, new PartRejected(403));
      await judge(1, STORE, new ConnectionLost('The connection was lost.', 1_000));
    }
  });
});
