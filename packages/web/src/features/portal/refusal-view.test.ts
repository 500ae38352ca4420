import { ENTITLEMENT_CODES, entitlementRemedy } from '@slipway/shared';
import { expect, it } from 'vitest';
import { verifyCommand } from '../../ui/verify-command';
import { refusalFromCode, refusalView, type RefusedDownload } from './refusal-view';

const HELP = {
  name: 'Aurora Software',
  supportEmail: 'help@aurora.example',
  supportUrl: 'https://aurora.example/help',
  renewalUrl: 'https://aurora.example/renew?license={license}',
};
const NO_HELP = { name: 'Aurora Software', supportEmail: null, supportUrl: null, renewalUrl: null };
const PARAMS = {
  expiredOn: '2026-10-29',
  coveredUntil: '2026-08-30',
  releaseDate: '2026-11-12',
  startsOn: '2026-12-01',
  range: '<2.0',
  version: '2.4.0',
  channel: 'beta',
  platform: 'LINUX',
  reason: 'it crashes.',
  replacement: '2.3.2',
  limit: 25,
  since: '2026-11-20',
};
const refused = (code: (typeof ENTITLEMENT_CODES)[number], change: Partial<RefusedDownload> = {}): RefusedDownload => ({
  refusal: { code, params: PARAMS, remedy: entitlementRemedy({ code, params: {} }), licenseId: '01L' },
  product: 'Aurora Studio',
  version: '2.4.0',
  withdrawnOn: '2026-09-29',
  offered: null,
  ...change,
});

it.each(ENTITLEMENT_CODES)('%s is told in words, with its facts and without them, never as a code', (code) => {
  for (const one of [refused(code), { ...refused(code), refusal: refusalFromCode(code), version: null, withdrawnOn: null }]) {
    const { title, right, stays } = refusalView(one, NO_HELP);
    expect(`${title} ${right} ${stays ?? ''}`).not.toMatch(/[A-Z]{2,}_|undefined|null|\.\.|\d{4}-\d{2}/);
    expect(title).not.toMatch(/\.$/);
    expect(right).toMatch(/[.?]$/);
  }
});

it.each(ENTITLEMENT_CODES.filter((code) => !['ALLOWED', 'NOT_FOUND', 'SHARE_LINK_EXPIRED', 'SHARE_LINK_LIMIT'].includes(code)))(
  '%s has a button that does it, or a form to sign in',
  (code) => {
    const { actions } = refusalView(refused(code), HELP);
    if (entitlementRemedy({ code, params: {} }) === 'SIGN_IN') expect(actions).toEqual([]);
    else expect(actions[0]?.label).toMatch(/^\w/);
  },
);

it.each(['LICENSE_EXPIRED', 'UPDATES_EXPIRED'] as const)(
  '%s promises what renewing gives, and of a test version no more than that',
  (code) => {
    expect(refusalView(refused(code), HELP).right).toMatch(/is yours at once\./);
    expect(refusalView(refused(code, { version: '2.5.0-beta.1' }), HELP).right).toMatch(/also needs its channel/);
  },
);

it('an expired license is renewed on the vendor’s page, or by a mail that has the facts', () => {
  const { title, actions } = refusalView(refused('LICENSE_EXPIRED'), HELP);
  expect(title).toBe('Your license expired on Oct 29, 2026');
  expect(actions[0]).toEqual({ label: 'Renew license', href: 'https://aurora.example/renew?license=01L' });
  expect(actions[1]?.label).toBe('Ask Aurora Software');
  const mail = decodeURIComponent(actions[1]?.href ?? '');
  expect(mail).toContain('subject=Aurora Studio 2.4.0: Your license expired on Oct 29, 2026');
  expect(mail).toContain('Product: Aurora Studio 2.4.0\r\nLicense: 01L');
});

it('what is theirs is offered first where nothing can be renewed, and said', () => {
  const offered = { version: '2.3.0', path: '/portal/downloads/aurora/2.3.0' };
  const { stays, actions, tone } = refusalView(refused('CHANNEL_NOT_INCLUDED', { offered }), HELP);
  expect([stays, tone]).toEqual(['The newest of yours is 2.3.0.', 'wait']);
  expect(actions.map(({ label }) => label)).toEqual(['Go to 2.3.0', 'Ask for beta versions']);
});

it('the first day of a license goes into a calendar', () => {
  const [action] = refusalView(refused('LICENSE_NOT_STARTED'), HELP).actions;
  expect(action).toMatchObject({ label: 'Add to calendar', download: 'license.ics' });
  expect(decodeURIComponent(action?.href ?? '')).toContain('DTSTART;VALUE=DATE:20261201\r\nSUMMARY:Aurora Studio\r\n');
});

it('nothing is offered that the vendor did not give', () => {
  expect(refusalView(refused('LICENSE_EXPIRED'), NO_HELP).actions).toEqual([]);
  const [page] = refusalView(refused('LICENSE_SUSPENDED'), { ...NO_HELP, supportUrl: HELP.supportUrl }).actions;
  expect(page).toEqual({ label: 'Support page', href: HELP.supportUrl });
});

it('an address adds no headers to the mail, and a license that is not known leads to no page for it', () => {
  const [write] = refusalView(refused('LICENSE_EXPIRED', { refusal: { code: 'LICENSE_EXPIRED', remedy: 'RENEW', licenseId: null } }), {
    ...HELP,
    supportEmail: 'x?bcc=a&y%@b.example',
  }).actions;
  expect(write?.href).toMatch(/^mailto:x%3Fbcc%3Da%26y%25@b\.example\?subject=/);
});

it('an unknown code says that the download does not exist', () => {
  expect(refusalFromCode('<script>').code).toBe('NOT_FOUND');
});

it('a file is verified with what its system has', () => {
  expect(verifyCommand('WINDOWS', 'a.exe')).toBe('certutil -hashfile a.exe SHA256');
  expect(verifyCommand('MACOS', 'a.dmg')).toBe('shasum -a 256 a.dmg');
  expect(verifyCommand('LINUX', 'a.deb')).toBe('sha256sum a.deb');
});
