import { ENTITLEMENT_CODES } from '@slipway/shared';
import { expect, it } from 'vitest';
import { refusalFromCode, refusalTitle } from './refusal-text';
import { verifyCommand } from '../../ui/verify-command';

it.each(ENTITLEMENT_CODES)('%s is told in words, never as a code', (code) => {
  const { message } = refusalFromCode(code);
  expect(`${refusalTitle(code)} ${message}`).not.toMatch(/[A-Z]{2,}_|undefined|null/);
});

it('an unknown code says that the download does not exist', () => {
  expect(refusalFromCode('<script>').code).toBe('NOT_FOUND');
});

it('a file is verified with what its system has', () => {
  expect(verifyCommand('WINDOWS', 'a.exe')).toBe('certutil -hashfile a.exe SHA256');
  expect(verifyCommand('MACOS', 'a.dmg')).toBe('shasum -a 256 a.dmg');
  expect(verifyCommand('LINUX', 'a.deb')).toBe('sha256sum a.deb');
});
