import { expect, it } from 'vitest';
import { impactText } from './impact-text';

it.each([
  [{ customers: 0, downloads: 0 }, 'Nobody has downloaded it.'],
  [{ customers: 0, downloads: 3 }, 'It was downloaded 3 times, by nobody with a license.'],
  [{ customers: 1, downloads: 1 }, '1 customer downloaded it, 1 time in all. This customer loses access to its files.'],
  [{ customers: 12, downloads: 1_240 }, '12 customers downloaded it, 1,240 times in all. They lose access to its files.'],
  [{ customers: 1_000, downloads: 9_000 }, '1,000 customers or more downloaded it, 9,000 times in all. They lose access to its files.'],
])('%j reads as a sentence', (counts, text) => {
  expect(impactText(counts)).toBe(text);
});
