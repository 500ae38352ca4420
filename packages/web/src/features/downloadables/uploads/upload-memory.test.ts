import { expect, it } from 'vitest';
import { makeUploadMemory, type RememberedUpload } from './upload-memory';

const upload: RememberedUpload = {
  uploadId: 'U1',
  assetId: 'A1',
  downloadableId: 'D1',
  owner: 'Aurora 2.0.0',
  fileName: 'app.exe',
  sizeBytes: 300,
  isReplacement: false,
};

/** Two tabs of one browser. */
function makeBrowser() {
  const texts = new Map<string, string>();
  const storage = { getItem: (key: string) => texts.get(key) ?? null, setItem: (key: string, text: string) => void texts.set(key, text) };
  let now = 1_000_000;
  const tab = () => makeUploadMemory({ storage, nowMs: () => now });
  return { texts, tab, wait: (ms: number) => void (now += ms) };
}

it('an upload of a tab that was closed is offered to the next one at once', () => {
  const { tab } = makeBrowser();
  const first = tab();
  first.keep(upload);
  first.tick(true);
  const second = tab();
  expect(second.listLeft()).toMatchObject([upload]);
  expect(second.isElsewhere('U1')).toBe(false);
});

it('an upload of a tab that is open is left to it, and offered 90 s after a tab has died', () => {
  const { tab, wait } = makeBrowser();
  const first = tab();
  first.keep(upload);
  const second = tab();
  expect([second.listLeft(), second.isElsewhere('U1')]).toEqual([[], true]);
  wait(80_000);
  first.tick();
  wait(80_000);
  expect(second.isElsewhere('U1')).toBe(true);
  wait(20_000);
  expect(second.listLeft()).toHaveLength(1);
});

it('a tab that slept offers nothing of its own, however long nobody heard of it', () => {
  const { tab, wait } = makeBrowser();
  const [first, second] = [tab(), tab()];
  first.keep(upload);
  wait(1_000_000);
  expect([first.listLeft(), first.isElsewhere('U1'), second.listLeft().length]).toEqual([[], false, 1]);
});

it('an upload that is over is forgotten in every tab, and a tab never counts as another one to itself', () => {
  const { tab } = makeBrowser();
  const first = tab();
  first.keep(upload);
  first.keep(upload);
  expect([first.isElsewhere('U1'), first.isKnown('U1'), first.listLeft()]).toEqual([false, true, []]);
  first.forget('U1');
  expect(tab().isKnown('U1')).toBe(false);
});

it.each(['not json', '{}', 'null'])('a damaged memory (%s) is an empty one', (text) => {
  const { texts, tab } = makeBrowser();
  texts.set('slipway.uploads', text);
  expect(tab().listLeft()).toEqual([]);
});
