import { DEFAULT_CHANNELS } from '@slipway/shared';
import { describe, expect, it } from 'vitest';
import type { LicenseFieldsFragment } from '../../../graphql/documents.generated';
import { checkLicense, licenseInputOf, licenseValuesOf } from './license-form.rules';

const KYIV = 'Europe/Kyiv';
const existing: LicenseFieldsFragment = {
  id: 'l',
  status: 'ACTIVE',
  statusReason: null,
  customerReason: null,
  statusChangedAt: null,
  keyHint: 'AB12',
  startsAt: null,
  expiresAt: '2027-03-01T10:30:00.000Z',
  expiryPolicy: 'FALLBACK',
  updatesUntil: '2027-01-01',
  channels: ['beta'],
  versionRange: '2.x',
  platforms: ['WINDOWS'],
  maxDownloads: 3,
  downloadsUsed: 1,
  lastDownloadAt: null,
  notes: null,
  externalReference: 'order-7',
  tags: ['EU', 'reseller'],
  customer: { id: 'c', name: 'C', email: 'c@customer.example', company: null },
  product: { id: 'p', name: 'P', slug: 'p', channels: [] },
};
const good = { ...licenseValuesOf(null, KYIV), customerId: 'c', productId: 'p' };
const check = (change: object) => Object.keys(checkLicense({ ...good, ...change }, { channels: DEFAULT_CHANNELS, timeZone: KYIV }));

describe('the form of a license', () => {
  it('needs a customer and a product, and nothing else', () => {
    expect(check({})).toEqual([]);
    expect(check({ customerId: '', productId: '' })).toEqual(['customerId', 'productId']);
  });

  it.each([
    ['an end before the start', { startsOn: '2026-05-02', expiresOn: '2026-05-01' }, 'expiresOn'],
    ['updates that end before the start', { startsOn: '2026-05-02', updatesUntil: '2026-05-01' }, 'updatesUntil'],
    ['a day that does not exist', { expiresOn: '2026-02-30' }, 'expiresOn'],
    ['a range that cannot be read', { versionRange: 'two' }, 'versionRange'],
    ['a limit that is no number', { maxDownloads: 'ten' }, 'maxDownloads'],
    ['a tag that is too long', { tags: `eu, ${'x'.repeat(41)}` }, 'tags'],
    ['notes that are too long', { notes: 'x'.repeat(2_001) }, 'notes'],
    ['a reference that is too long', { externalReference: 'x'.repeat(201) }, 'externalReference'],
    ['a channel of another product', { channels: ['nightly'] }, 'channels'],
  ])('refuses %s at its field', (_what, change, field) => {
    expect(check(change)).toEqual([field]);
  });

  it('reads tags however they are set apart, each once', () => {
    expect(licenseInputOf({ ...good, tags: ' EU;reseller, ,eu ' }, null, KYIV)).toMatchObject({ tags: ['EU', 'reseller'] });
    const values = licenseValuesOf(existing, KYIV);
    expect(licenseInputOf(values, values, KYIV)).toMatchObject({ tags: ['EU', 'reseller'], externalReference: 'order-7', notes: null });
  });

  it('may start and end on the same day', () => {
    expect(check({ startsOn: '2026-05-02', expiresOn: '2026-05-02' })).toEqual([]);
  });

  it('ends with the last moment of its day, in the zone of the vendor', () => {
    expect(licenseInputOf({ ...good, startsOn: '2026-05-01', expiresOn: '2026-05-31' }, null, KYIV)).toMatchObject({
      startsAt: '2026-04-30T21:00:00.000Z',
      expiresAt: '2026-05-31T20:59:59.999Z',
    });
  });

  it('shows the days of the vendor’s zone', () => {
    const late = { ...existing, startsAt: '2026-12-31T23:30:00.000Z', expiresAt: '2027-03-01T22:30:00.000Z' };
    expect(licenseValuesOf(late, KYIV)).toMatchObject({ startsOn: '2027-01-01', expiresOn: '2027-03-02' });
  });

  it('shows an existing license, and leaves its time of day alone while its day is', () => {
    const values = licenseValuesOf(existing, KYIV);
    expect(values).toMatchObject({ expiresOn: '2027-03-01', maxDownloads: '3', channels: ['beta'], versionRange: '2.x' });
    expect(licenseInputOf({ ...values, maxDownloads: '' }, values, KYIV)).toEqual({
      updatesUntil: '2027-01-01',
      channels: ['beta'],
      versionRange: '2.x',
      platforms: ['WINDOWS'],
      expiryPolicy: 'FALLBACK',
      maxDownloads: null,
      notes: null,
      externalReference: 'order-7',
      tags: ['EU', 'reseller'],
    });
    expect(licenseInputOf({ ...values, expiresOn: '' }, values, KYIV)).toMatchObject({ expiresAt: null });
  });
});
