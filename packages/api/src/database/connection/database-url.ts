import { isIP } from 'node:net';
import { findTlsProblem, readTls, TLS_PARAMETERS, type DatabaseTls } from './database-tls.js';

export const DATABASE_URL_EXAMPLE = 'mysql://slipway:password@db.example.com:3306/slipway';

/** Where a MySQL or MariaDB database is and who asks it. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly name: string;
  /** Null: plain. */
  readonly tls: DatabaseTls | null;
}

const DEFAULT_PORT = 3_306;

/** Reads a URL that has passed `databaseUrlProblem`. */
export function readDatabaseUrl(text: string): DatabaseAddress {
  const url = new URL(text);
  return {
    host: hostOf(url),
    port: Number(url.port || DEFAULT_PORT),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    name: decodeURIComponent(url.pathname.slice(1)),
    tls: readTls(url.searchParams),
  };
}

const EXPECTED = `expected a URL such as ${DATABASE_URL_EXAMPLE}; in a password, write signs such as # / ? @ % as %23 %2F %3F %40 %25`;

/** What is wrong with a database's URL; null when nothing is. It holds a password, and a sign too few may move that anywhere, so that none of it is repeated. */
export function databaseUrlProblem(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['mysql:', 'mariadb:'].includes(url.protocol) || url.hostname === '' || isCutShort(url)) return EXPECTED;
  if (!isDecodable(url)) return 'a % stands there that begins no %XX; write a % of the password as %25';
  if (!/^\/[^/]+$/.test(url.pathname)) return `the name of the database is missing at its end, as in ${DATABASE_URL_EXAMPLE}`;
  if (unknownParameters(url).some((name) => /ssl|tls/i.test(name)))
    return `what asks for TLS there is not known, and the connection would be plain; known are: ${TLS_PARAMETERS.join(', ')}`;
  const problem = findTlsProblem(url.searchParams);
  if (problem !== null || readTls(url.searchParams)?.verify !== 'FULL') return problem;
  // The driver compares names only.
  return isIP(hostOf(url)) === 0
    ? null
    : 'a certificate is compared with the name of its host, and an address stands there; use the name, or sslmode=verify-ca';
}

/** Whether something follows the `?` that nothing here reads, such as the settings of another program's pool. */
export const hasUnknownParameters = (text: string): boolean => unknownParameters(new URL(text)).length > 0;

const unknownParameters = ({ searchParams }: URL): string[] => [...searchParams.keys()].filter((name) => !TLS_PARAMETERS.includes(name));

/** Whether a bare `#`, `?` or `/` of a password has ended the host before its time: the `@` before the real one comes after it. */
function isCutShort(url: URL): boolean {
  return (
    url.hash !== '' ||
    url.pathname.includes('@') ||
    unknownParameters(url).some((name) => name.includes('@') || url.searchParams.get(name)?.includes('@'))
  );
}

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

function isDecodable({ username, password, pathname }: URL): boolean {
  try {
    decodeURIComponent(username + password + pathname);
    return true;
  } catch {
    return false;
  }
}
