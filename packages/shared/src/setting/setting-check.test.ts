import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBytes, sizeText } from '../text/units.js';
import { renewalAddress } from './renewal-address.js';
import { checkSetting, rangeSentence } from './setting-check.js';
import { declarationOf, SETTING_NAMES, SETTINGS } from './setting.js';

describe('a setting', () => {
  it.each(SETTING_NAMES)('%s has a default that is good, or is empty', (name) => {
    expect(checkSetting(name, declarationOf(name).defaultValue)).toBeNull();
  });

  it.each(SETTING_NAMES.filter((name) => 'example' in declarationOf(name)))('%s takes its own example', (name) => {
    const declaration = declarationOf(name);
    expect('example' in declaration && checkSetting(name, declaration.example)).toBeNull();
  });

  it.each([
    'https://{license}.vendor.example/renew',
    'https://vendor.example/{License}',
    'https://vendor.example/{license',
    'http://vendor.example/{license}',
    'https://user@vendor.example/{license}',
  ])('the renewal page cannot be %s', (text) => {
    expect(checkSetting('renewalUrl', text)?.code).toBe('URL_INVALID');
  });

  it.each([' UTC ', 'Europe/Oslo'])('the time zone can be %j', (zone) => {
    expect(checkSetting('timeZone', zone)).toBeNull();
  });

  it.each(['+05:30', 'Oslo', ''])('the time zone cannot be %j', (zone) => {
    expect(checkSetting('timeZone', zone)).not.toBeNull();
  });

  it('of the wrong type is refused in words', () => {
    expect(checkSetting('vendorName', 5)?.message).toBe('Vendor name must be a text.');
    expect(checkSetting('shareLinkDays', '5')?.code).toBe('VALUE_INVALID');
    expect(checkSetting('shareLinkDays', 1.5)?.code).toBe('VALUE_INVALID');
  });

  it('tells its range and its default', () => {
    expect(rangeSentence(SETTINGS.maxFileSizeBytes)).toBe('1 MiB to 5 TiB, 2 GiB by default.');
    expect(rangeSentence(SETTINGS.downloadUrlSeconds)).toBe('60 to 86,400 seconds, 300 by default.');
  });
});

it('the renewal page of a license has its id, and there is none for a license that is not known', () => {
  expect(renewalAddress({ renewalUrl: 'https://v.example/{license}?l={license}' }, '01L')).toBe('https://v.example/01L?l=01L');
  expect(renewalAddress({ renewalUrl: 'https://v.example/{license}' }, null)).toBeNull();
  expect(renewalAddress({ renewalUrl: 'https://v.example/renew' }, null)).toBe('https://v.example/renew');
  expect(renewalAddress({ renewalUrl: '' }, '01L')).toBeNull();
});

it('every size reads back from its field as the same bytes', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 43 }), (bytes) => parseBytes(sizeText(bytes)) === bytes));
  expect([sizeText(1_181_116_006), sizeText(3 * 1_024 ** 3)]).toEqual(['1181116006', '3 GiB']);
});
