import { expect, it } from 'vitest';
import { fingerprintOf, type Recognizable } from './file-fingerprint';

const MB = 1_000_000;

function makeFile(bytes: Uint8Array, lastModified = 1000): Recognizable & { readonly read: () => number } {
  let read = 0;
  return {
    size: bytes.length,
    lastModified,
    read: () => read,
    slice(start, end) {
      read += end - start;
      return { arrayBuffer: () => Promise.resolve(bytes.slice(start, end).buffer) };
    },
  };
}

const filled = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, index) => (index * 31) % 251);

it('is the same for the same file chosen again', async () => {
  expect(await fingerprintOf(makeFile(filled(3 * MB)))).toBe(await fingerprintOf(makeFile(filled(3 * MB))));
});

it.each([
  ['another size', makeFile(filled(3 * MB - 1))],
  ['another date', makeFile(filled(3 * MB), 1001)],
  ['another first byte', makeFile(Uint8Array.from([1, ...filled(3 * MB).subarray(1)]))],
  ['another last byte', makeFile(Uint8Array.from([...filled(3 * MB).subarray(0, -1), 1]))],
])('differs for a file with %s', async (_, other) => {
  expect(await fingerprintOf(other)).not.toBe(await fingerprintOf(makeFile(filled(3 * MB))));
});

it('reads at most 256 kB, and is a fingerprint that the API takes', async () => {
  const file = makeFile(filled(20 * MB));
  expect(await fingerprintOf(file)).toMatch(/^[!-~]{8,100}$/);
  expect(file.read()).toBeLessThanOrEqual(64 * 4096);
  expect(await fingerprintOf(makeFile(filled(5)))).toMatch(/^v1-5-/);
});
