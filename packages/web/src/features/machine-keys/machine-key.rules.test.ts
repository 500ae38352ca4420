import { describe, expect, it } from 'vitest';
import { checkMachineKey, downloadLine, endOf, lastUseText, licenseChoices, licenseToShow, machineKeyInputOf } from './machine-key.rules';

const NOW = new Date('2026-11-21T12:00:00Z');

it.each([
  [null, { text: 'Never', tone: null }],
  ['2027-03-01T12:00:00Z', { text: 'Mar 1, 2027', tone: null }],
  ['2026-12-05T12:00:00Z', { text: 'In 14 days', tone: 'warn' }],
  ['2026-11-22T11:00:00Z', { text: 'Within a day', tone: 'warn' }],
  ['2026-11-20T12:00:00Z', { text: 'Ended Nov 20, 2026', tone: 'bad' }],
])('a machine key that runs out at %s is told as %j', (expiresAt, end) => {
  expect(endOf({ expiresAt }, NOW, 'UTC')).toEqual(end);
});

describe('the last use', () => {
  it('is a time today, a day before that, or never', () => {
    expect(lastUseText(null, NOW)).toBe('Never used');
    expect(lastUseText(new Date(2026, 10, 21, 6, 12).toISOString(), new Date(2026, 10, 21, 12))).toBe('Today, 6:12 AM');
    expect(lastUseText(new Date(2026, 10, 20, 23, 59).toISOString(), new Date(2026, 10, 21, 0, 1))).toBe('Nov 20, 2026');
  });
});

it('licenses are chosen by their product, two of one product by the ends of their keys, revoked ones not at all', () => {
  const of = (id: string, name: string, status: 'ACTIVE' | 'REVOKED' = 'ACTIVE') => ({ id, keyHint: `K${id}`, status, product: { name } });
  expect(licenseChoices([of('1', 'Studio'), of('2', 'Driver'), of('3', 'Driver'), of('4', 'Old', 'REVOKED')])).toEqual([
    { value: '', label: 'All products' },
    { value: '1', label: 'Studio' },
    { value: '2', label: 'Driver, key ending K2' },
    { value: '3', label: 'Driver, key ending K3' },
  ]);
});

it('the first download is shown by the chosen license, else by one that works', () => {
  const licenses = [
    { id: '1', status: 'REVOKED' as const },
    { id: '2', status: 'ACTIVE' as const },
    { id: '3', status: 'ACTIVE' as const },
  ];
  expect(['', '3'].map((chosen) => licenseToShow(licenses, chosen)?.id)).toEqual(['2', '3']);
  expect(licenseToShow(licenses.slice(0, 1), '')).toBeNull();
});

it('a key without an end is asked for without one, and a name is needed', () => {
  expect(machineKeyInputOf({ name: ' Farm ', licenseId: '', days: '' }, NOW)).toEqual({ name: 'Farm', licenseId: null, expiresAt: null });
  expect(machineKeyInputOf({ name: 'Farm', licenseId: 'L', days: '90' }, NOW).expiresAt).toBe('2027-02-19T12:00:00.000Z');
  expect(checkMachineKey({ name: ' ' }).name).toBeDefined();
});

it('the line to paste has the key, the product and where to ask', () => {
  expect(downloadLine('mk_1', 'studio', 'https://get.example')).toBe(
    'curl -L -OJ -u machine:mk_1 https://get.example/download/studio/stable/linux',
  );
});
