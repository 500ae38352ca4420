import { BlockList, isIP, isIPv4 } from 'node:net';

type Range = readonly [address: string, bits: number];

/**
 * Addresses that are not of the public internet.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const PRIVATE: readonly Range[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fec0::', 10],
  ['ff00::', 8],
];

/** Where clouds hand a machine its own credentials: link-local, and the addresses that some use beside it. */
const METADATA: readonly Range[] = [
  ['169.254.0.0', 16],
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['192.0.0.192', 32],
  ['fe80::', 10],
  ['fd00:ec2::254', 128],
  ['fd20:ce::254', 128],
];

/** IPv6 ranges with an IPv4 address in their last 32 bits, or, for 6to4, in the two groups after the first. */
const NAT64 = '64:ff9b::';
const SIX_TO_FOUR = '2002:';

export type AddressKind = 'PUBLIC' | 'PRIVATE' | 'METADATA';

/** A list of ranges to look addresses up in. */
export function rangesOf(ranges: readonly Range[]): BlockList {
  const list = new BlockList();
  for (const [address, bits] of ranges) list.addSubnet(address, bits, isIPv4(address) ? 'ipv4' : 'ipv6');
  return list;
}

/** Whether an address is in one of the ranges. */
export const isWithin = (list: BlockList, address: string): boolean => list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');

const LISTS = { PRIVATE: rangesOf(PRIVATE), METADATA: rangesOf(METADATA) };

/** Which kind of address it is. One that carries an IPv4 address counts as that one. @param address IPv4, or IPv6 without brackets and zone */
export function kindOfAddress(address: string): AddressKind {
  const meant = carriedAddress(address) ?? address;
  if (isIP(meant) === 0) return 'PRIVATE';
  if (isWithin(LISTS.METADATA, meant)) return 'METADATA';
  return isWithin(LISTS.PRIVATE, meant) ? 'PRIVATE' : 'PUBLIC';
}

/** The IPv4 address inside an IPv6 one (mapped, NAT64, 6to4), or null. */
export function carriedAddress(address: string): string | null {
  if (isIP(address) !== 6) return null;
  // As the WHATWG URL writes it: `::ffff:7f00:1`, groups in hexadecimal, the longest run of zeros left out.
  const text = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1);
  const groups = groupsOf(text);
  if (text.startsWith('::ffff:') || text.startsWith(NAT64)) return ipv4Of(groups[6], groups[7]);
  return text.startsWith(SIX_TO_FOUR) ? ipv4Of(groups[1], groups[2]) : null;
}

/** The eight groups of an address, those left out being 0. */
function groupsOf(text: string): number[] {
  const [before = '', after] = text.split('::');
  const read = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [head, tail] = [read(before), read(after ?? '')];
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

const ipv4Of = (high = 0, low = 0): string => [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
