import { describe, expect, it } from 'vitest';
import { addressBuckets } from './address-bucket.js';

describe('what counts as one address', () => {
  it.each([
    ['an IPv4 address is itself', '203.0.113.7', ['203.0.113.7']],
    ['an IPv4 address in IPv6 clothes is the same', '::ffff:203.0.113.7', ['203.0.113.7']],
    ['in hexadecimal clothes too', '::FFFF:cb00:7107', ['203.0.113.7']],
    ['and written out', '0:0:0:0:0:ffff:203.0.113.7', ['203.0.113.7']],
    ['and half written out', '0000:0::ffff:203.0.113.7', ['203.0.113.7']],
    ['of an IPv6 address the site and the network count', '2001:db8:1:2:3:4:5:6', ['2001:db8:1::/48', '2001:db8:1:2::/64']],
    ['of a shortened IPv6 address too', '2001:DB8:0001::5', ['2001:db8:1::/48', '2001:db8:1:0::/64']],
    ['of one with dots that is not mapped', '64:ff9b::192.0.2.1', ['64:ff9b:0::/48', '64:ff9b:0:0::/64']],
    ['the zone of a link does not count', 'fe80::1%eth0', ['fe80:0:0::/48', 'fe80:0:0:0::/64']],
    ['the machine itself is one', '::1', ['0:0:0::/48', '0:0:0:0::/64']],
    ['what is no address stays as it is', 'unix', ['unix']],
  ])('%s', (_what, address, buckets) => {
    expect(addressBuckets(address)).toEqual(buckets);
  });
});
