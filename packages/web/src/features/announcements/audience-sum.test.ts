import { expect, it } from 'vitest';
import { addStep, EMPTY_AUDIENCE, SAMPLE_SIZE } from './audience-sum';

const entry = { customerId: 'c', licenseId: null, name: 'Ann', address: 'ann@a.example', text: 'FIRST' as const, reason: null };
const step = {
  judgedLicenses: 3,
  totalLicenses: 6,
  first: { licenses: 2, people: 5 },
  second: { licenses: 0, people: 0 },
  reasons: [{ reason: 'LICENSE_EXPIRED' as const, licenses: 1, people: 1 }],
  sample: Array.from({ length: 15 }, () => entry),
  endCursor: 'x',
};

it('an audience is the sum of its parts, with a bounded sample of each group', () => {
  const audience = addStep(addStep(EMPTY_AUDIENCE, step), step);
  expect(audience).toMatchObject({ judged: 6, total: 6, first: { licenses: 4, people: 10 } });
  expect(audience.reasons.get('LICENSE_EXPIRED')).toEqual({ licenses: 2, people: 2 });
  expect(audience.sample).toHaveLength(SAMPLE_SIZE);
});
