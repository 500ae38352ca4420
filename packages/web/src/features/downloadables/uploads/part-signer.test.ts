import { expect, it } from 'vitest';
import { makePartSigner } from './part-signer';

it('signs a part anew when its URL is about to expire', async () => {
  let now = 0;
  const asked: number[][] = [];
  const signer = makePartSigner([1, 2], {
    nowMs: () => now,
    sign(numbers) {
      asked.push([...numbers]);
      return Promise.resolve(
        numbers.map((number) => ({ number, url: `${number}@${now}`, expiresAt: new Date(now + 60_000).toISOString() })),
      );
    },
  });
  expect(await signer.urlOf(1)).toBe('1@0');
  now = 40_000;
  expect(await signer.urlOf(2)).toBe('2@40000');
  expect(asked).toEqual([[1, 2], [2]]);
});

it('goes on signing after a request for signatures failed', async () => {
  let tries = 0;
  const signer = makePartSigner([1], {
    nowMs: () => 0,
    sign(numbers) {
      tries += 1;
      if (tries === 1) return Promise.reject(new Error('offline'));
      return Promise.resolve(numbers.map((number) => ({ number, url: 'signed', expiresAt: new Date(60_000).toISOString() })));
    },
  });
  await expect(signer.urlOf(1)).rejects.toThrow('offline');
  expect(await signer.urlOf(1)).toBe('signed');
});
