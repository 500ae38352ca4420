import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../database/database.js';
import { WINDOW_SIZE } from '../../database/event-list.js';
import type { SqlValue } from '../../database/transaction.js';
import { newId } from '../../kernel/ids.js';
import { COUNT_CAP, PageArgs } from '../../kernel/pagination.js';
import { Secrets } from '../../kernel/secret/secrets.js';
import { TEST_DIALECTS, type TestDatabase } from '../../testing/databases.js';
import { LicenseKeys } from '../licenses/license-keys.js';
import type { RefusalLog } from '../../machinery/refusals/refusal-log.js';
import { composeLogs, type Logs } from './logs.js';
import type { RefusalFilter } from './refusals/refusal.schema.js';

const IS_LONG = process.env['PROVE'] !== undefined;
/** Three of them are rare: one customer, one address, one code. */
const EVENTS = IS_LONG ? 1_000_000 : 6_000;
const RARE_EVERY = Math.ceil(EVENTS / 3);
const PAGE = 25;
/** Written by one statement. */
const SLICE = 100_000;
/** The page, its rows by their ids, and counting to 1,000, each entry seen twice; what the search looks up is a few rows more. */
const MAX_ROWS = 3 * COUNT_CAP + 6 * PAGE;
/** With what no index tells: two windows as well, of which each entry is a row that is looked at. */
const MAX_ROWS_OF_WINDOW = MAX_ROWS + 6 * WINDOW_SIZE;

const ids = { product: newId(), rareProduct: newId(), customer: newId(), rareCustomer: newId(), license: newId(), release: newId() };
const BEGUN = Date.now() - EVENTS;

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const at = (index: number): Date => new Date(BEGUN + index);

const COLUMNS = 'id, at, code, message, status, operation, product_id, downloadable_id, license_id, customer_id, address, request_id'.split(
  ', ',
);

/** One statement that writes events with the numbers from one parameter to below the other, each a millisecond after the one before. */
function fillingOf(dialect: Database['dialect'], from: number): string {
  const isMysql = dialect === 'mysql';
  const join = (...parts: string[]): string => (isMysql ? `CONCAT(${parts.join(', ')})` : parts.join(' || '));
  const digits =
    '(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)';
  const number = `${from} + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d`;
  const at = `(${BEGUN} + n)`;
  // The time of a ULID: ten digits of five bits each.
  const time = Array.from({ length: 10 }, (_, place) => `SUBSTR('${CROCKFORD}', ((${at} >> ${5 * (9 - place)}) & 31) + 1, 1)`);
  const ordinal = isMysql ? `LPAD(n, 16, '0')` : `printf('%016d', n)`;
  const instant = isMysql
    ? `DATE_ADD('1970-01-01', INTERVAL ${at} * 1000 MICROSECOND)`
    : `strftime('%Y-%m-%d %H:%M:%f', ${at} / 1000.0, 'unixepoch')`;
  const either = (rare: string | null, other: string): string =>
    `CASE WHEN n % ${RARE_EVERY} = 0 THEN ${rare === null ? 'NULL' : `'${rare}'`} ELSE '${other}' END`;
  const values = [
    join(...time, ordinal),
    instant,
    either('FILE_MISSING', 'UPDATES_EXPIRED'),
    `'Your updates ended.'`,
    '403',
    `'GET /d/:assetId/:fileName'`,
    either(ids.rareProduct, ids.product),
    `'${ids.release}'`,
    either(null, ids.license),
    either(ids.rareCustomer, ids.customer),
    either('198.51.100.0/24', '203.0.113.0/24'),
    join(`(${either('rare-', '')})`, `'request-'`, 'n'),
  ];
  const tables = ['a', 'b', 'c', 'e', 'f'].map((name) => `${digits} ${name}`).join(' CROSS JOIN ');
  return `INSERT INTO refusal (${COLUMNS.join(', ')}) SELECT ${values.join(', ')} FROM (SELECT ${number} AS n FROM ${tables}) AS numbers WHERE n >= ? AND n < ?`;
}

async function fill(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    for (const [id, name] of [
      [ids.product, 'Aurora Studio'],
      [ids.rareProduct, 'Comet'],
    ] as const)
      await tx.execute(
        `INSERT INTO product (id, slug, name, name_key, version_scheme, distribution, created_at, updated_at) VALUES (?, ?, ?, ?, 'ANY', 'LICENSED', '2026-01-01', '2026-01-01')`,
        [id, name.toLowerCase().replace(' ', '-'), name, name.toLowerCase()],
      );
    for (const [id, term] of [
      [ids.customer, 'tidewater'],
      [ids.rareCustomer, 'kestrel'],
    ] as const) {
      await tx.execute(
        `INSERT INTO customer (id, name, email, email_key, created_at, updated_at) VALUES (?, ?, ?, ?, '2026-01-01', '2026-01-01')`,
        [id, term, `${term}@a.example`, `${term}@a.example`],
      );
      for (const word of [term, `${term}@a.example`])
        await tx.execute('INSERT INTO customer_term (term, customer_id) VALUES (?, ?)', [word, id]);
    }
  });
  for (let from = 0; from < EVENTS; from += SLICE)
    await database.transaction((tx) => tx.execute(fillingOf(database.dialect, from), [from, Math.min(from + SLICE, EVENTS)]));
  if (database.dialect === 'mysql') await database.query('ANALYZE TABLE refusal');
  else await database.transaction((tx) => tx.execute('ANALYZE'));
}

/** What is asked, how many there are of it, and whether something of it is in no index. */
const QUESTIONS: readonly (readonly [RefusalFilter, 'FEW' | 'MANY' | 'NONE', 'INDEX' | 'WINDOW'])[] = [
  [{}, 'MANY', 'INDEX'],
  [{ productId: ids.product }, 'MANY', 'INDEX'],
  [{ productId: ids.rareProduct }, 'FEW', 'INDEX'],
  [{ customerId: ids.rareCustomer }, 'FEW', 'INDEX'],
  [{ licenseId: ids.license }, 'MANY', 'INDEX'],
  [{ downloadableId: ids.release }, 'MANY', 'INDEX'],
  [{ actorId: ids.license }, 'MANY', 'INDEX'],
  [{ code: 'FILE_MISSING' }, 'FEW', 'INDEX'],
  [{ code: 'LICENSE_EXPIRED' }, 'NONE', 'INDEX'],
  [{ since: at(EVENTS / 2), until: at(EVENTS / 2 + 10) }, 'FEW', 'INDEX'],
  [{ productId: ids.product, until: at(EVENTS / 2) }, 'MANY', 'INDEX'],
  [{ search: 'kestrel' }, 'FEW', 'INDEX'],
  [{ search: 'kestrel@a.example' }, 'FEW', 'INDEX'],
  [{ search: 'tidewater' }, 'MANY', 'INDEX'],
  [{ search: 'comet' }, 'FEW', 'INDEX'],
  [{ search: 'aurora studio' }, 'MANY', 'INDEX'],
  [{ search: '203.0.113.9' }, 'MANY', 'INDEX'],
  [{ search: '198.51.100.77' }, 'FEW', 'INDEX'],
  [{ search: 'rare-request-0' }, 'FEW', 'INDEX'],
  [{ search: 'nothing has this' }, 'NONE', 'INDEX'],
  [{ productId: ids.product, code: 'FILE_MISSING' }, 'NONE', 'WINDOW'],
  [{ customerId: ids.customer, code: 'UPDATES_EXPIRED' }, 'MANY', 'WINDOW'],
  [{ search: 'tidewater', productId: ids.rareProduct }, 'NONE', 'WINDOW'],
  [{ search: 'tidewater', productId: ids.product }, 'MANY', 'WINDOW'],
];

/** Rows and index entries that MariaDB's engines have handed over on this connection. */
async function rowsRead(database: Database): Promise<number> {
  const rows = await database.query<{ Value: string }>(`SHOW SESSION STATUS WHERE Variable_name LIKE 'Handler_read%'`);
  return rows.reduce((sum, row) => sum + Number(row.Value), 0);
}

/** A database that tells how each statement on the log will be run. */
function spied(database: Database, details: string[]): Database {
  const explain = async (sql: string, parameters: readonly SqlValue[]): Promise<void> => {
    if (!/FROM refusal/.test(sql)) return;
    const isMysql = database.dialect === 'mysql';
    const plan = await database.query<Record<string, unknown>>(`EXPLAIN ${isMysql ? '' : 'QUERY PLAN '}${sql}`, parameters);
    details.push(...plan.map((row) => (isMysql ? [row['key'], row['Extra']].join(' ') : String(row['detail']))));
  };
  return new Proxy(database, {
    get: (target, key) =>
      key === 'query'
        ? async (sql: string, parameters: readonly SqlValue[] = []) => {
            await explain(sql, parameters);
            return target.query(sql, parameters);
          }
        : Reflect.get(target, key, target),
  });
}

interface Figures {
  readonly name: string;
  readonly filter: RefusalFilter;
  readonly place: string;
  /** Null: the engine does not count them. */
  readonly rows: number | null;
  readonly milliseconds: number;
}

function tellFigures({ name, filter, place, rows, milliseconds }: Figures): void {
  if (!IS_LONG) return;
  const names: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(ids).map(([what, id]) => [id, what]));
  const asked = JSON.stringify(filter, (_key, value: unknown) => (typeof value === 'string' ? (names[value] ?? value) : value));
  const examined = rows === null ? 'by index' : `${rows.toLocaleString('en')} rows examined`;
  process.stdout.write(`${name}, ${asked}, ${place}: ${examined}, ${milliseconds.toFixed(1)} ms\n`);
}

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))(`the logs with ${EVENTS} events on $name`, ({ create, name }) => {
  let test: TestDatabase;
  const written = { flush: async () => undefined } as unknown as RefusalLog;
  const logsOf = (database: Database): Logs =>
    composeLogs({ database, refusals: written, licenseKeys: new LicenseKeys(new Secrets('a secret for tests only, of forty characters')) });
  const page = (after: string | null) => Object.assign(new PageArgs(), { first: PAGE, after });
  beforeAll(async () => {
    // One connection: the engine counts per connection, and every statement must run on the one that is asked.
    test = await create(1);
    await fill(test.database);
  }, 1_200_000);
  afterAll(() => test.drop());

  it.each(QUESTIONS)('answer %j: %s of it', async (filter, amount) => {
    const { refusals } = logsOf(test.database);
    const first = await refusals.list({ filter, ...page(null) });
    if (amount === 'MANY') expect([first.nodes.length, first.totalCountCapped]).toEqual([PAGE, true]);
    else expect([first.nodes.length > 0, first.nodes.length < PAGE]).toEqual([amount === 'FEW', true]);
  });

  it.each(QUESTIONS)('read a bounded number of entries for %j, on the first page and deep in the list', async (filter, amount, way) => {
    const { refusals } = logsOf(test.database);
    let after: string | null = null;
    for (let turn = 0; turn < 8; turn += 1) after = (await refusals.list({ filter, ...page(after) })).pageInfo.endCursor ?? after;
    for (const from of [null, after]) {
      const details: string[] = [];
      await logsOf(spied(test.database, details)).refusals.list({ filter, ...page(from) });
      if (amount !== 'NONE' || way !== 'INDEX' || filter.code != null) expect(details.length).toBeGreaterThan(0);
      for (const detail of details)
        expect(detail).toMatch(
          name === 'MariaDB' ? /^(?:PRIMARY|ix_refusal_\w+) (?!.*filesort)/ : /^(?:SEARCH|SCAN) refusal USING .*INDEX/,
        );
      for (const detail of details) expect(detail).not.toMatch(/TEMP B-TREE/);
      const before = name === 'MariaDB' ? await rowsRead(test.database) : 0;
      const begun = performance.now();
      await refusals.list({ filter, ...page(from) });
      const milliseconds = performance.now() - begun;
      const rows = name === 'MariaDB' ? (await rowsRead(test.database)) - before : null;
      tellFigures({ name, filter, place: from === null ? 'first page' : 'deep', rows, milliseconds });
      if (rows !== null) expect(rows).toBeLessThan(way === 'INDEX' ? MAX_ROWS : MAX_ROWS_OF_WINDOW);
    }
  });

  it('go on past a window in which nothing fits, to the last that does, each of them once', async () => {
    const { refusals } = logsOf(test.database);
    const filter: RefusalFilter = { downloadableId: ids.release, code: 'FILE_MISSING' };
    const found: string[] = [];
    let empty = 0;
    for (let after: string | null = null; ;) {
      const { nodes, pageInfo } = await refusals.list({ filter, ...page(after) });
      found.push(...nodes.map(({ requestId }) => requestId));
      if (nodes.length === 0) empty += 1;
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(found).toEqual([2, 1, 0].map((turn) => `rare-request-${turn * RARE_EVERY}`));
    expect(empty, 'a window had none of them').toBeGreaterThan(0);
  });
});
