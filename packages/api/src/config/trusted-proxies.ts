import { isIP } from 'node:net';
import type { ValueRule } from './value-rules.js';

/** Names for ranges that Fastify knows. @see https://fastify.dev/docs/latest/Reference/Server/#trustproxy */
const RANGE_NAMES: ReadonlySet<string> = new Set(['loopback', 'linklocal', 'uniquelocal']);
const EXAMPLE = 'expected addresses or ranges between commas, such as 10.0.0.5, 10.1.0.0/16';

/** The proxies of a list as people write it. */
export const readProxies = (list: string): string[] => list.split(',').map((entry) => entry.trim());

/** A list of addresses and ranges. One that everybody is in would let anybody say which address they come from. */
export const proxiesRule: ValueRule = (value) => {
  const entries = readProxies(value);
  if (entries.includes('')) return `${EXAMPLE}, got a comma with nothing ${entries.at(-1) === '' ? 'after' : 'before'} it`;
  const tooWide = entries.find((entry) => entry === '*' || /\/0+(\.0+){0,3}$/.test(entry));
  if (tooWide) return `${JSON.stringify(tooWide)} would let every visitor claim any address; name the addresses of your proxies`;
  const wrong = entries.find((entry) => !isProxy(entry));
  return wrong === undefined ? null : `${EXAMPLE}, got ${JSON.stringify(wrong)}`;
};

function isProxy(entry: string): boolean {
  const [address = '', bits, ...more] = entry.split('/');
  const family = isIP(address);
  if (bits === undefined) return family > 0 || RANGE_NAMES.has(entry);
  if (family === 0 || more.length > 0) return false;
  if (family === 4 && isIP(bits) === 4) return isNetmask(bits);
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
}

/** Whether an address is ones and then zeros, as 255.0.0.0 is. */
function isNetmask(address: string): boolean {
  const bits = address.split('.').map((byte) => Number(byte).toString(2).padStart(8, '0'));
  return /^1+0*$/.test(bits.join(''));
}
