import { expect, it } from 'vitest';
import { TEST_DIALECTS } from '../../testing/databases.js';

const CONNECTIONS = 4;
const ASK =
  'SELECT CONNECTION_ID() AS id, @@SESSION.transaction_isolation AS name, @@SESSION.group_concat_max_len AS longest, @@SESSION.sql_mode AS mode, SLEEP(0.2) AS waited';
/** The same on MariaDB before 11.1. */
const ASK_EARLIER = ASK.replace('transaction_isolation', 'tx_isolation');

it.skipIf(!TEST_DIALECTS.some(({ name, isAvailable }) => name === 'MariaDB' && isAvailable))(
  'every connection takes locks row by row, sees the newest version under them, and cuts no list, the first one too',
  async () => {
    const test = await TEST_DIALECTS.find(({ name }) => name === 'MariaDB')?.create(CONNECTIONS);
    if (!test) throw new Error('There is no MariaDB.');
    try {
      const ask = (sql: string) =>
        Promise.all(
          Array.from({ length: CONNECTIONS }, () =>
            test.database.query<{ id: number; name: string; longest: number | string; mode: string }>(sql),
          ),
        );
      const rows = (await ask(ASK).catch(() => ask(ASK_EARLIER))).flat();
      expect(new Set(rows.map(({ id }) => id)).size).toBe(CONNECTIONS);
      expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(['READ-COMMITTED']));
      expect(new Set(rows.map(({ mode }) => mode))).toEqual(
        new Set(['STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION']),
      );
      expect(new Set(rows.map(({ longest }) => Number(longest)))).toEqual(new Set([4_194_304]));
    } finally {
      await test.drop();
    }
  },
);
