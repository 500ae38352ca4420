import { expect, it } from 'vitest';
import { faultText, remarkOf, verdictOf, type AuditFault } from './audit-fault-text';

const fault = (change: Partial<AuditFault>): AuditFault =>
  ({ kind: 'CHANGED', sequence: 1_512, at: null, eventId: null, ...change }) as AuditFault;

it.each([
  [fault({}), 'Event 1,512 is not as Slipway wrote it.'],
  [fault({ kind: 'INSERTED', sequence: null }), 'An event that is not sealed yet was put in past Slipway.'],
  [fault({ kind: 'HEAD' }), 'What says how far the audit trail reaches was changed or removed.'],
])('says of %j what is wrong', (one, text) => {
  expect(faultText(one)).toBe(text);
});

it('tells the time of an event, and of one that is gone about when it was', () => {
  expect(faultText(fault({ at: '2026-01-03T10:00:00.000Z' }))).toMatch(/^Event 1,512 of .*2026.* is not as Slipway wrote it\.$/);
  expect(faultText(fault({ kind: 'MISSING', at: '2026-01-03T10:00:00.000Z' }))).toMatch(/^Event 1,512 \(about .*\) is gone\.$/);
});

it.each([
  [{ checked: 0, faults: 0 }, 'Nothing is sealed yet, so there is nothing to verify'],
  [{ checked: 1, faults: 0 }, 'The one event is as it was written'],
  [{ checked: 48_210, faults: 0 }, 'All 48,210 events are as they were written'],
  [{ checked: 48_210, faults: 1 }, '1 fault in 48,210 events'],
])('sums up %j', ({ checked, faults }, text) => {
  expect(verdictOf({ checked, erased: 0, unsealed: 0, faults: Array.from({ length: faults }, () => fault({})) })).toBe(text);
});

it('remarks what is erased and what is not sealed, and nothing where nothing is', () => {
  expect(remarkOf({ checked: 1, erased: 0, unsealed: 0, faults: [] })).toBe('');
  expect(remarkOf({ checked: 1, erased: 12, unsealed: 1, faults: [] })).toBe(
    '12 personal values are erased. 1 event is not sealed yet: that takes some seconds.',
  );
});
