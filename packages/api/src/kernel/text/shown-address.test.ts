import { describe, expect, it } from 'vitest';
import { clientName } from './client-name.js';
import { addressMatcher, addressSpellings, shownAddress } from './shown-address.js';

describe('an address in a log', () => {
  it.each([
    ['203.0.113.77', '203.0.113.0/24', '203.0.113.77'],
    ['::ffff:203.0.113.77', '203.0.113.0/24', '203.0.113.77'],
    ['2001:DB8:0a:ff::1', '2001:db8:a::/48', '2001:db8:0a:ff::1'],
    ['::1', '0:0:0::/48', '::1'],
    ['2001:db8::', '2001:db8:0::/48', '2001:db8::'],
    ['unknown', null, null],
    ['', null, null],
  ])('%s is kept as %s, or whole as %s, or not at all', (address, short, whole) => {
    expect([shownAddress(address, 'SHORT'), shownAddress(address, 'WHOLE'), shownAddress(address, 'NONE')]).toEqual([short, whole, null]);
  });

  it.each([
    ['203.0.113.77', ['203.0.113.77', '203.0.113.0/24']],
    ['203.0.113.0/24', ['203.0.113.0/24']],
    ['2001:db8:a::/48', ['2001:db8:a::/48']],
    ['2.4.0', []],
    ['203.0.113.0/8', []],
  ])('%s is found as %j', (typed, spellings) => {
    expect(addressSpellings(typed)).toEqual(spellings);
  });
});

it.each([
  ['10.0.0.5', '10.0.0.5', true],
  ['10.1.0.0/16', '10.1.77.3', true],
  ['10.1.0.0/16', '10.2.0.1', false],
  ['10.1.0.0/255.255.0.0', '::ffff:10.1.2.3', true],
  ['loopback', '::1', true],
  ['uniquelocal', '192.168.7.7', true],
  ['linklocal', '192.168.7.7', false],
  ['2001:db8::/32', '2001:db8:9::1', true],
  ['loopback', 'unknown', false],
])('of the proxies %s, %s is one: %s', (list, address, isTrusted) => {
  expect(addressMatcher([list])(address)).toBe(isTrusted);
});

it.each([
  ['curl/8.5.0', 'curl'],
  ['Wget/1.21', 'wget'],
  ['Debian APT-HTTP/1.3 (2.6.1)', 'apt'],
  ['Mozilla/5.0 (X11) AppleWebKit Electron/30.0', 'Electron'],
  ['Mozilla/5.0 (Windows NT 10.0)', 'Browser'],
  ['somebody@example.com', null],
])('the program %s is called %s', (userAgent, name) => {
  expect(clientName(userAgent)).toBe(name);
});
