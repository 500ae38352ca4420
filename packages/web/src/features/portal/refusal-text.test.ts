import { ENTITLEMENT_CODES, entitlementMessage, entitlementRemedy } from '@slipway/shared';
import { expect, it } from 'vitest';
import { helpLinks, nextStep, refusalFromCode, refusalSentence, refusalTitle } from './refusal-text';
import { verifyCommand } from '../../ui/verify-command';

it.each(ENTITLEMENT_CODES)('%s is told in words, never as a code', (code) => {
  const { message } = refusalFromCode(code);
  expect(`${refusalTitle(code)} ${message}`).not.toMatch(/[A-Z]{2,}_|undefined|null/);
});

it.each(ENTITLEMENT_CODES)('%s says nothing twice, and names the vendor once', (code) => {
  const reason = { code, params: {} };
  const refusal = { code, message: entitlementMessage(reason), remedy: entitlementRemedy(reason) };
  const sentence = refusalSentence(refusal, 'Aurora');
  expect(sentence).not.toContain(`${refusalTitle(code)}:`);
  expect(sentence).not.toMatch(/(?:contact|ask) the vendor/i);
  expect(`${sentence} ${nextStep(refusal, 'Aurora') ?? ''}`.split('Aurora').length).toBeLessThanOrEqual(2);
});

it('a suspended license is told in one title and one sentence', () => {
  const message = 'Your license is suspended: contact the vendor to have it reinstated.';
  const refusal = { code: 'LICENSE_SUSPENDED', message, remedy: 'CONTACT_VENDOR' } as const;
  expect([refusalSentence(refusal, 'Aurora'), nextStep(refusal, 'Aurora')]).toEqual(['Contact Aurora to have it reinstated.', null]);
});

it('an unknown code says that the download does not exist', () => {
  expect(refusalFromCode('<script>').code).toBe('NOT_FOUND');
});

it('a file is verified with what its system has', () => {
  expect(verifyCommand('WINDOWS', 'a.exe')).toBe('certutil -hashfile a.exe SHA256');
  expect(verifyCommand('MACOS', 'a.dmg')).toBe('shasum -a 256 a.dmg');
  expect(verifyCommand('LINUX', 'a.deb')).toBe('sha256sum a.deb');
});

const HELP = {
  supportEmail: 'help@aurora.example',
  supportUrl: 'https://aurora.example/help',
  renewalUrl: 'https://aurora.example/renew?license={license}',
};
const EXPIRED = { code: 'LICENSE_EXPIRED', message: '', remedy: 'RENEW', licenseId: '01L' } as const;

it('an expired license is renewed on the vendor’s page, or by a mail that has the facts', () => {
  const [renew, write, page] = helpLinks(EXPIRED, HELP);
  expect(renew).toEqual({ label: 'Renew', href: 'https://aurora.example/renew?license=01L', isMain: true });
  expect(write).toMatchObject({ label: 'Write to help@aurora.example', isMain: false });
  expect(decodeURIComponent(write?.href ?? '')).toContain('Your license has expired\r\nLicense 01L');
  expect(page).toMatchObject({ label: 'Support page', href: HELP.supportUrl });
});

it('nothing is offered that the vendor did not give, nor to somebody who only has to sign in or wait', () => {
  expect(helpLinks(EXPIRED, { supportEmail: null, supportUrl: null, renewalUrl: null })).toEqual([]);
  expect(helpLinks({ ...EXPIRED, remedy: 'CONTACT_VENDOR' }, HELP).map(({ label }) => label)).not.toContain('Renew');
  for (const remedy of ['SIGN_IN', 'WAIT', null] as const) expect(helpLinks({ ...EXPIRED, remedy }, HELP)).toEqual([]);
});

it('an address adds no headers to the mail, and a license that is not known leads to no page for it', () => {
  const [write] = helpLinks({ ...EXPIRED, licenseId: null }, { ...HELP, supportEmail: 'x?bcc=a&y%@b.example' });
  expect(write?.href).toMatch(/^mailto:x%3Fbcc%3Da%26y%25@b\.example\?subject=/);
});
