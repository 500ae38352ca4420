import { expect, it } from 'vitest';
import type { LicenseTaskAction } from '../../../../graphql/documents.generated';
import { bulkInputOf, checkBulk, emptyValues, previewOf, type BulkValues } from './bulk-form';

it.each([
  ['EXTEND', {}, { months: 12 }],
  ['EXTEND', { step: 'month' }, { months: 1 }],
  ['EXTEND', { step: 'days', days: ' 14 ' }, { days: 14 }],
  ['EXTEND', { step: 'date', date: '2027-01-31' }, { expiresAt: '2027-01-31T21:59:59.999Z' }],
  ['SET_UPDATES', {}, { updatesUntil: null }],
  ['SET_UPDATES', { date: '2027-01-31' }, { updatesUntil: '2027-01-31' }],
  ['SUSPEND', { customerReason: ' Payment failed ' }, { reason: null, customerReason: 'Payment failed' }],
  ['REVOKE', { confirm: 'Revoke' }, { reason: null, customerReason: null, confirm: 'Revoke' }],
  ['ADD_TAG', { tag: ' EU ' }, { tag: 'EU' }],
  ['REINSTATE', {}, {}],
] as const)('%s with %j sends what it means', (action, change, input) => {
  const values = { ...emptyValues(), ...change };
  expect(checkBulk(action, values)).toEqual({});
  expect(bulkInputOf(action, values, 'Europe/Kyiv')).toEqual({ action, ...input });
});

it.each([
  ['EXTEND', { step: 'days', days: 'ten' }, 'days'],
  ['EXTEND', { step: 'days', days: '3651' }, 'days'],
  ['EXTEND', { step: 'date', date: '' }, 'date'],
  ['SET_UPDATES', { date: '2027-02-30' }, 'date'],
  ['REVOKE', { confirm: 'yes' }, 'confirm'],
  ['ADD_TAG', { tag: '' }, 'tag'],
  ['REMOVE_TAG', { tag: 'a,b' }, 'tag'],
] as const)('%s with %j is refused at its field', (action, change, field) => {
  expect(Object.keys(checkBulk(action, { ...emptyValues(), ...change }))).toEqual([field]);
});

it('what a change does for customers is asked once the form says what it is', () => {
  const target = { ids: ['l1'] };
  const asked = (action: LicenseTaskAction, given: Partial<BulkValues>) => {
    const values = { ...emptyValues(), ...given };
    return previewOf(target, bulkInputOf(action, values, 'UTC'), values);
  };
  expect(asked('EXTEND', { step: 'days', days: '' })).toBeNull();
  expect(asked('EXTEND', { step: 'days', days: '14' })).toEqual({ licenses: { action: 'EXTEND', days: 14, ids: ['l1'] } });
  expect(asked('SET_UPDATES', { date: '2026-13-01' })).toBeNull();
  expect(asked('SET_UPDATES', {})).toEqual({ licenses: { action: 'SET_UPDATES', updatesUntil: null, ids: ['l1'] } });
  // Before the word is typed: whoever types it knows what it does.
  expect(asked('REVOKE', { reason: 'Fraud' })).toEqual({ licenses: { action: 'REVOKE', ids: ['l1'] } });
  expect(asked('ADD_TAG', { tag: 'vip' })).toBeNull();
});
