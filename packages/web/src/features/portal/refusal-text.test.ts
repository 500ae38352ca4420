import { ENTITLEMENT_CODES, entitlementMessage, entitlementRemedy } from '@slipway/shared';
import { expect, it } from 'vitest';
import { nextStep, refusalFromCode, refusalSentence, refusalTitle } from './refusal-text';
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
