import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { databaseFault } from '../../app/start/start-faults.js';
import { ENTITIES } from '../../app/entities.js';
import { makeEmptyMysql } from '../../testing/databases.js';
import { openMysql } from './data-sources.js';
import { readDatabaseUrl } from './database-url.js';

const ca = process.env['TEST_DATABASE_CA'];
const isPossible = ca !== undefined && process.env['TEST_DATABASE_URL'] !== undefined;

describe('the URL of a database', () => {
  const tlsOf = (query: string) => readDatabaseUrl(`mysql://slipway:p%40ss@db.example.com/slipway${query}`).tls;

  it('is read with its port, and its signs as they are meant', () => {
    const address = { host: 'db.example.com', port: 3_306, user: 'slip way', password: 'p@ss#', name: 'slipway', tls: null };
    expect(readDatabaseUrl('mysql://slip%20way:p%40ss%23@db.example.com/slipway')).toEqual(address);
    expect(readDatabaseUrl('mariadb://a:b@[2001:db8::7]:3307/c')).toMatchObject({ host: '2001:db8::7', port: 3_307 });
  });

  it.each([
    ['', null],
    ['?ssl=false', null],
    ['?sslmode=disable', null],
    ['?ssl=true', 'FULL'],
    ['?sslmode=require', 'FULL'],
    ['?ssl-mode=REQUIRED', 'FULL'],
    ['?ssl-mode=VERIFY_IDENTITY', 'FULL'],
    ['?sslmode=verify-full', 'FULL'],
    ['?ssl=true&sslmode=verify-ca', 'CA'],
    ['?ssl-mode=VERIFY_CA', 'CA'],
    ['?sslmode=no-verify', 'NONE'],
    ['?sslrootcert=/etc/ca.pem', 'FULL'],
  ])('with %j asks for TLS that is verified: %s', (query, verify) => {
    expect(tlsOf(query)?.verify ?? null).toBe(verify);
  });
});

describe.skipIf(!isPossible)('TLS to MariaDB (skipped where TEST_DATABASE_CA is not set)', () => {
  /** Connects, and asks the server how. @returns the cipher; empty: plain */
  async function cipherOf(query: string, host = 'localhost'): Promise<string> {
    const empty = await makeEmptyMysql();
    const url = `${empty.url.replace('127.0.0.1', host)}${query}`;
    try {
      const database = await openMysql(url, ENTITIES, { poolSize: 1 }).catch((error: unknown) => {
        throw databaseFault(url, error);
      });
      const [row] = await database.query<{ Value: string }>(`SHOW SESSION STATUS LIKE 'Ssl_cipher'`);
      await database.close();
      return row?.Value ?? '';
    } finally {
      await empty.drop();
    }
  }
  const otherCa = join(dirname(ca ?? ''), 'other-ca.pem');

  it('is used when the URL asks for it, and only then', async () => {
    expect(await cipherOf('')).toBe('');
    expect(await cipherOf(`?sslmode=verify-full&sslrootcert=${ca}`)).toMatch(/^TLS_|-/);
    expect(await cipherOf(`?ssl-ca=${ca}`)).toMatch(/^TLS_|-/);
  });

  it.each([
    ['a CA that did not sign its certificate', `?sslrootcert=${otherCa}`],
    ['no CA of its own, by default', '?ssl=true'],
  ])('is refused with %s', async (_, query) => {
    await expect(cipherOf(query)).rejects.toThrow(
      /^DATABASE_URL: the certificate of the database at localhost:\d+ is not signed by an authority that is trusted here; name its CA/,
    );
  });

  // 127.1 is another way to write the address of localhost.
  it('is refused under a name that the certificate is not for, unless only its CA is asked for', async () => {
    await expect(cipherOf(`?sslrootcert=${ca}`, '127.1')).rejects.toThrow(
      /^DATABASE_URL: the certificate of the database is not for the host 127\.1/,
    );
    expect(await cipherOf(`?sslmode=verify-ca&sslrootcert=${ca}`, '127.1')).not.toBe('');
  });

  it('goes unverified only where the URL says so', async () => {
    expect(await cipherOf('?sslmode=no-verify')).not.toBe('');
  });
});
