import { describe, expect, it } from 'vitest';
import { addressBucket } from './address-bucket.js';

describe('what counts as one address', () => {
  it.each([
    ['an IPv4 address is itself', '203.0.113.7', '203.0.113.7'],
    ['an IPv4 address in IPv6 clothes is the same', '::ffff:203.0.113.7', '203.0.113.7'],
    ['of an IPv6 address the network counts', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['of a shortened IPv6 address too', '2001:DB8:0001::5', '2001:db8:1:0'],
    ['the zone of a link does not count', 'fe80::1%eth0', 'fe80:0:0:0'],
    ['the machine itself is one', '::1', '0:0:0:0'],
    ['what is no address stays as it is', 'unix', 'unix'],
  ])('%s', (_what, address, bucket) => {
    expect(addressBucket(address)).toBe(bucket);
  });
});
