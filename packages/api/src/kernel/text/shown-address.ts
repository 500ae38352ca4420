import { BlockList, isIP } from 'node:net';

/** An IPv6 address that holds an IPv4 one. https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2 */
const MAPPED = /^::ffff:([0-9.]+)$/i;
const GROUP_COUNT = 8;
/** Groups of a /48, which names a site and nobody in it. */
const SITE_GROUPS = 3;

/** An address as a log keeps it: the /24 or /48 that it lies in, the whole of it, or nothing. @param detail the setting `logAddress` */
export function shownAddress(address: string, detail: string): string | null {
  const plain = MAPPED.exec(address)?.[1] ?? address;
  const family = isIP(plain);
  if (family === 0 || detail === 'NONE') return null;
  if (detail === 'WHOLE') return plain.toLowerCase();
  return family === 4 ? `${plain.split('.').slice(0, 3).join('.')}.0/24` : `${siteOf(plain.toLowerCase())}::/48`;
}

/** What somebody who searches for an address may mean: itself, and what would have been kept of it. */
export function addressSpellings(text: string): readonly string[] {
  const typed = text.toLowerCase();
  if (/^[0-9a-f.:]+\/(?:24|48)$/.test(typed) && isIP(typed.split('/', 1)[0] ?? '') > 0) return [typed];
  return [...new Set([shownAddress(typed, 'WHOLE'), shownAddress(typed, 'SHORT')].flatMap((one) => one ?? []))];
}

function siteOf(address: string): string {
  const [head = '', tail] = address.split('::', 2);
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? [] : Array.from({ length: GROUP_COUNT - before.length - after.length }, () => '0');
  return [...before, ...gap, ...after]
    .slice(0, SITE_GROUPS)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** Whether an address is in a list of addresses and ranges, as Fastify reads `trustProxy`. */
export function addressMatcher(list: readonly string[]): (address: string) => boolean {
  const ranges = new BlockList();
  for (const entry of list.flatMap((one) => RANGES[one] ?? [one])) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) ranges.addAddress(address, family);
    else ranges.addSubnet(address, isIP(bits) === 4 ? onesOf(bits) : Number(bits), family);
  }
  return (address) => {
    const plain = MAPPED.exec(address)?.[1] ?? address;
    const family = isIP(plain);
    return family > 0 && ranges.check(plain, family === 6 ? 'ipv6' : 'ipv4');
  };
}

/** @see https://fastify.dev/docs/latest/Reference/Server/#trustproxy */
const RANGES: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.1/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** The length of a netmask such as 255.255.0.0. */
const onesOf = (mask: string): number =>
  mask
    .split('.')
    .map((byte) => Number(byte).toString(2).replaceAll('0', '').length)
    .reduce((sum, ones) => sum + ones, 0);
