import { isIP } from 'node:net';
import { checkEmail, isBucketName, isRegionName, isStoreKey, readSmtpUrl } from '@slipway/shared';

/** What is wrong with a value and what would be right, to follow the variable's name; null when it fits. */
export type ValueRule = (value: string) => string | null;

const APP_SECRET_MIN_LENGTH = 32;
const PASSWORD_MIN_LENGTH = 8;
const MAX_PORT = 65_535;

const HOST_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;

const got = (value: string): string => `got ${JSON.stringify(value)}`;

export const portRule: ValueRule = (value) =>
  /^\d{1,5}$/.test(value) && Number(value) <= MAX_PORT ? null : `expected 0 to ${MAX_PORT}, ${got(value)}`;

/** An address, in brackets or without, or a host name; never with a scheme or a port. */
export const hostRule: ValueRule = (value) =>
  isIP(withoutBrackets(value)) > 0 || HOST_NAME.test(value)
    ? null
    : `expected an address or a host name without scheme and port, such as 127.0.0.1, 0.0.0.0 or ::1, ${got(value)}`;

/** `[::1]` is how URLs write the address `::1`. */
export const withoutBrackets = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');

export const folderRule: ValueRule = (value) =>
  value.startsWith('~') ? `expected a path, ${got(value)}: nothing replaces the ~ here, so write out what it stands for` : null;

/** A URL with scheme, host, port and path. One with a password in it is not repeated. */
export const webUrlRule =
  (example: string): ValueRule =>
  (value) => {
    const url = URL.canParse(value) ? new URL(value) : null;
    if (value.includes('@')) return `expected a URL without user and password, such as ${example}`;
    if (!url || !['http:', 'https:'].includes(url.protocol)) return `expected a URL such as ${example}, ${got(value)}`;
    return url.search === '' && url.hash === '' ? null : `expected a URL without ? and #, such as ${example}, ${got(value)}`;
  };

/** A web address of its own: pages, links and cookies are made for the root of a host. */
export const originRule =
  (example: string): ValueRule =>
  (value) => {
    const problem = webUrlRule(example)(value);
    if (problem !== null || new URL(value).pathname === '/') return problem;
    return `the path ${JSON.stringify(new URL(value).pathname)} cannot be served: give Slipway a host name of its own, such as ${example}`;
  };

/** Host names, addresses and ranges between commas. */
export const hostsRule: ValueRule = (value) => {
  const wrong = readList(value).find((entry) => !isHostOrRange(entry));
  return wrong === undefined
    ? null
    : `expected hosts, addresses or ranges between commas, such as minio.internal, 10.1.0.0/16, ${got(wrong)}`;
};

/** Addresses and ranges between commas. */
export const rangesRule: ValueRule = (value) => {
  const wrong = readList(value).find((entry) => !isHostOrRange(entry) || isIP(entry.split('/', 1)[0] ?? '') === 0);
  return wrong === undefined ? null : `expected addresses or ranges between commas, such as 10.0.0.5, 10.1.0.0/16, ${got(wrong)}`;
};

/** The entries of a list as people write it. */
export const readList = (list: string): string[] => list.split(',').map((entry) => entry.trim());

function isHostOrRange(entry: string): boolean {
  const [address = '', bits, ...more] = entry.split('/');
  const family = isIP(address);
  if (bits === undefined) return family > 0 || HOST_NAME.test(entry);
  return family > 0 && more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
}

export const bucketRule: ValueRule = (value) =>
  isBucketName(value) ? null : `expected the name of a bucket, without s3:// and slashes, such as slipway-releases, ${got(value)}`;

export const regionRule: ValueRule = (value) =>
  isRegionName(value) ? null : `expected the short name of a region, such as eu-central-1, ${got(value)}`;

/** Keys and secrets are often swapped, so that neither is repeated. */
export const keyRule: ValueRule = (value) =>
  isStoreKey(value) ? null : 'expected letters, digits and signs without blanks, quotes or line breaks; copy it again';

export const secretRule: ValueRule = (value) =>
  value.length >= APP_SECRET_MIN_LENGTH
    ? null
    : `expected at least ${APP_SECRET_MIN_LENGTH} characters; make one with: openssl rand -base64 48`;

export const passwordRule: ValueRule = (value) =>
  value.length >= PASSWORD_MIN_LENGTH ? null : `expected at least ${PASSWORD_MIN_LENGTH} characters`;

export const emailRule: ValueRule = (value) => checkEmail(value)?.message ?? null;

/** Never repeats the value: it has the password in it. */
export const smtpRule: ValueRule = (value) =>
  readSmtpUrl(value) ? null : 'expected smtp://user:password@host:587, or smtps:// for TLS from the start';

export const oneOf =
  (...values: readonly string[]): ValueRule =>
  (value) =>
    values.includes(value) ? null : `expected ${values.join(' or ')}, ${got(value)}`;

/** Whole seconds, 0 to a maximum. */
export const countRule =
  (most: number, unit: string): ValueRule =>
  (value) =>
    /^\d{1,9}$/.test(value) && Number(value) <= most ? null : `expected 0 to ${most} ${unit}, ${got(value)}`;
