import { expect, it } from 'vitest';
import type { AuditLineFieldsFragment, DownloadLineFieldsFragment, RefusalLineFieldsFragment } from '../../graphql/documents.generated';
import { auditLine } from './audit-line';
import { downloadLine } from './download-line';
import { dateText, datesOf, exportPath, subjectOf } from './log-address';
import { daysOf, dayText, timeText } from './log-days';
import type { LogLine } from './log-line';
import { refusalLine } from './refusal-line';

const customer = { id: 'C', name: 'Tidewater Labs', email: 'office@tidewater.example' };
const product = { id: 'P', name: 'Aurora Studio' };
const license = { id: 'L', keyHint: '8KQ2', status: 'ACTIVE', expiresAt: null, updatesUntil: '2026-09-30' } as const;
const common = { id: '1', at: '2026-11-28T15:31:40.000Z', product, client: 'curl', address: '203.0.113.0/24', requestId: 'request-1' };
const refusal = (change: Partial<RefusalLineFieldsFragment> = {}): RefusalLineFieldsFragment => ({
  ...common,
  code: 'UPDATES_EXPIRED',
  message: 'Your updates ended on 2026-09-30.',
  remedy: 'RENEW',
  status: 403,
  operation: 'GET /d/:assetId/:fileName',
  version: '2.4.0',
  fileName: 'aurora.exe',
  keyEnding: '8KQ2',
  notKept: null,
  actor: null,
  downloadable: { id: 'D', version: '2.4.0' },
  license,
  customer,
  ...change,
});

it('a refusal says who, why and what in a line, and leads to the license', () => {
  const line = refusalLine(refusal());
  expect([line.who, line.said, line.subject]).toEqual([
    { text: 'Tidewater Labs', to: '/admin/customers/C' },
    'Updates ended:',
    { text: 'Aurora Studio 2.4.0', to: '/admin/downloadables/D' },
  ]);
  expect(line.remedy?.action).toEqual({ label: 'Extend updates…', to: '/admin/customers/C?license=L' });
  expect(line.details[0]?.text).toBe('“Your updates ended on Sep 30, 2026.”');
});

it.each([
  [{ customer: null, license: null, code: 'AUTH_REQUIRED' }, 'Not signed in', 'Needs a sign-in or a license key:'],
  [{ code: 'SETTING_FIXED', product: null, downloadable: null, version: null }, 'Tidewater Labs', 'Setting fixed'],
  [{ notKept: 1_240, customer: null, product: null, downloadable: null, version: null }, 'Slipway', '1,240 more not kept'],
])('a refusal with %j is of %s: %s', (change, who, said) => {
  const line = refusalLine(refusal(change));
  expect([line.who.text, line.said]).toEqual([who, said]);
});

it('a download of a release that is gone keeps its names, without a link', () => {
  const event: DownloadLineFieldsFragment = {
    ...common,
    version: '2.4.0',
    fileName: 'aurora.exe',
    platform: 'WINDOWS',
    source: 'SHARE_LINK',
    isCounted: false,
    actor: null,
    product: null,
    downloadable: null,
    license: null,
    customer: null,
  };
  const line = downloadLine(event);
  expect([line.who.text, line.subject, line.beside, line.note]).toEqual([
    'By share link',
    { text: '2.4.0', to: null },
    'Windows',
    'Share link, curl',
  ]);
});

it('a download by a machine says by which one, and leads on to all of its downloads', () => {
  const line = downloadLine({
    ...common,
    version: '2.4.0',
    fileName: 'app.deb',
    platform: 'LINUX',
    source: 'PERMALINK',
    isCounted: true,
    downloadable: null,
    license: null,
    customer: { id: 'C', name: 'Northlight Pictures', email: 'it@northlight.example' },
    actor: { kind: 'MACHINE', id: 'M', name: 'Render farm' },
  });
  expect(line.note).toBe('by machine key Render farm, curl');
  expect(line.details).toContainEqual({ label: 'Machine key', text: 'Render farm', to: null });
  expect(line.more).toEqual([
    { label: 'All of Northlight Pictures', query: { customer: 'C' } },
    { label: 'All by Render farm', query: { by: 'M' } },
  ]);
});

const audit = (change: Partial<AuditLineFieldsFragment>): AuditLineFieldsFragment => ({
  id: '1',
  at: common.at,
  action: 'LICENSE_SUSPEND',
  subjectType: 'LICENSE',
  subjectId: 'L',
  subject: { name: 'Meridian Games', customerId: 'C' },
  address: null,
  requestId: null,
  actor: { kind: 'USER', id: 'U', name: 'Sample admin' },
  change: { before: { status: 'ACTIVE' }, after: { status: 'SUSPENDED' }, erased: [] },
  ...change,
});

it.each<[Partial<AuditLineFieldsFragment>, string, string | null, string]>([
  [{}, 'suspended the license of', '/admin/customers/C?license=L', 'Status Active → Suspended'],
  [
    {
      action: 'ASSET_CREATE',
      subjectType: 'DOWNLOADABLE',
      subjectId: 'D',
      change: { before: null, after: { fileName: 'a.exe', size: 3 }, erased: [] },
    },
    'added a file:',
    '/admin/downloadables/D',
    'a.exe, 3 B',
  ],
  [
    { action: 'SHARE_LINK_CREATE', subjectType: 'PRODUCT', subjectId: 'P' },
    'made a share link for the product',
    '/admin/products?edit=P',
    '',
  ],
  [{ action: 'SETTINGS_UPDATE', subjectType: 'SETTINGS', subject: null }, 'changed', '/admin/settings', ''],
])('the audit line of %j is "%s", leads to %s', (change, said, to, note) => {
  const line = auditLine(audit(change));
  expect([line.said, line.subject?.to]).toEqual([said, to]);
  if (note !== '') expect(line.note).toBe(note);
});

it('days are those of the vendor’s zone', () => {
  const line = auditLine(audit({ at: '2026-11-28T23:30:00.000Z' }));
  expect(daysOf([line], 'UTC')[0]?.date).toBe('2026-11-28');
  expect(daysOf([line], 'Europe/Oslo')[0]?.date).toBe('2026-11-29');
  expect(timeText(line.at, 'Europe/Oslo')).toBe('12:30:00 AM');
  expect(dayText('2026-11-28', new Date('2026-11-29T10:00:00Z'), 'UTC')).toEqual({ name: 'Yesterday', text: 'Saturday, Nov 28, 2026' });
});

it('refusals of the same caller, reason and release in a row are one row of a day, which stays the same row when another comes', () => {
  const at = (id: string, change: Partial<RefusalLineFieldsFragment> = {}) => refusalLine(refusal({ id, ...change }));
  const rowsOf = (lines: readonly LogLine[]) =>
    daysOf(lines, 'UTC').map(({ rows }) => rows.map(({ key, first, others }) => [key, first.id, others.length]));
  const three = [at('5'), at('4', { requestId: 'another', fileName: 'other.exe' }), at('3')];
  expect(rowsOf(three)).toEqual([[['3', '5', 2]]]);
  expect(rowsOf([at('6'), ...three])).toEqual([[['3', '6', 3]]]);
  const another = { code: 'LICENSE_EXPIRED' };
  expect(rowsOf([...three, at('2', another), at('1')])[0]).toHaveLength(3);
  expect(rowsOf([at('5'), at('4', { at: '2026-11-27T15:31:40.000Z' })])).toHaveLength(2);
});

it.each<[string, Partial<RefusalLineFieldsFragment>]>([
  ['another reason', { code: 'LICENSE_EXPIRED' }],
  ['another license', { license: { ...license, id: 'L2' } }],
  ['another release', { downloadable: { id: 'D2', version: '2.5.0' } }],
  ['a note of what was not kept', { notKept: 3 }],
])('a refusal with %s is another row', (_what, change) => {
  const other = refusalLine(refusal(change));
  expect(other.same === null || other.same !== refusalLine(refusal()).same).toBe(true);
});

it('refusals of nobody that is known are equal by their address, and by nothing where none is kept', () => {
  const nobody = { license: null, keyEnding: null, customer: null, actor: null };
  const sameOf = (address: string | null) => refusalLine(refusal({ ...nobody, address })).same;
  expect(sameOf('203.0.113.0/24')).toBe(sameOf('203.0.113.0/24'));
  expect(sameOf('203.0.113.0/24')).not.toBe(sameOf('198.51.100.0/24'));
  expect(sameOf(null)).toBeNull();
});

it.each([
  ['2d', { since: '2026-11-27T00:00:00.000Z' }, 'Last 2 days'],
  ['2026-11-01..2026-11-02', { since: '2026-11-01T00:00:00.000Z', until: '2026-11-03T00:00:00.000Z' }, 'Nov 1, 2026 to Nov 2, 2026'],
  ['..2026-11-02', { until: '2026-11-03T00:00:00.000Z' }, 'Until Nov 2, 2026'],
  ['nonsense', {}, 'Any date'],
])('the dates %s of an address are %j', (date, dates, text) => {
  expect(datesOf({ date }, new Date('2026-11-28T12:00:00Z'), 'UTC')).toEqual(dates);
  expect(dateText(date)).toBe(text);
});

it('an address names its subject, and an export everything that is filtered', () => {
  expect(subjectOf({ about: 'license:01X' })).toEqual({ word: 'license', subjectType: 'LICENSE', subjectId: '01X' });
  expect(subjectOf({ about: 'comet:01X' })).toEqual({ word: '' });
  expect(exportPath('refusals', 'csv', { search: 'a b', code: '', productId: null })).toBe('/api/v1/logs/refusals.csv?search=a+b');
});
