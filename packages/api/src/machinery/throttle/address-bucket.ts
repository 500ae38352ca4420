import { isIPv6 } from 'node:net';

const GROUP_COUNT = 8;
/** Groups of an IPv6 address that name one household or server: its provider hands out all 2^64 below them. */
const NETWORK_GROUPS = 4;
/** Groups that name one site: whoever asks a provider for a /48 gets 65,536 networks. https://www.rfc-editor.org/rfc/rfc6177 */
const SITE_GROUPS = 3;
/** `::ffff:0:0/96` holds the IPv4 addresses. https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2 */
const MAPPED = '0:0:0:0:0:ffff:';

/** What counts as one address, the widest first: an IPv4 address, or the /48 site and the /64 network of an IPv6 address. */
export function addressBuckets(address: string): readonly string[] {
  const bare = address.split('%', 1)[0] ?? address;
  if (!isIPv6(bare)) return [address];
  const groups = groupsOf(bare.toLowerCase());
  const text = groups.join(':');
  if (text.startsWith(MAPPED)) return [dotted(groups[6] ?? '0', groups[7] ?? '0')];
  return [`${groups.slice(0, SITE_GROUPS).join(':')}::/48`, `${groups.slice(0, NETWORK_GROUPS).join(':')}::/64`];
}

/** The eight groups of an address, each without leading zeros. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.replace(/[0-9.]+$/, hexadecimal).split('::', 2);
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? [] : Array.from({ length: GROUP_COUNT - before.length - after.length }, () => '0');
  return [...before, ...gap, ...after].map((group) => group.replace(/^0+(?=.)/, ''));
}

/** The last two groups may be written like an IPv4 address. */
function hexadecimal(text: string): string {
  if (!text.includes('.')) return text;
  const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function dotted(high: string, low: string): string {
  return [high, low].flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]).join('.');
}
