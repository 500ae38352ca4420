import type { QueryRunner } from 'typeorm';
import { StartFault } from '../../kernel/problem/start-fault.js';
import { Initial1764288000000 } from './1764288000000-initial.js';

/** The migrations that the initial one was put together from, and the last commit that still had them one by one. */
export const EARLIER = {
  commit: '4bc0eb494231',
  names: [
    'Initial1763683200000',
    'ExternalFiles1763700000000',
    'People1763710000000',
    'Lifecycle1763720000000',
    'ShareLinks1763730000000',
    'DownloadCounts1763740000000',
    'Console1763750000000',
    'ListFacets1763760000000',
    'WordBeginnings1763770000000',
    'Installation1763780000000',
    'RightCredentials1763790000000',
    'SecretFingerprint1763791000000',
    'PastRevisions1763810000000',
    'VisitorRepetitions1763821000000',
    'RequestCounts1763850000000',
    'FoldedSearches1763860000000',
    'Unpublish1763870000000',
  ],
} as const;

const INITIAL = new Initial1764288000000().name;

/**
 * Lets a database that has every earlier migration go on as one that has the initial one: its tables are the same. The names
 * of the earlier ones stay, so that a replica of the older program can still start meanwhile.
 * @throws StartFault where only some of them were run
 */
export async function stampEarlier(runner: QueryRunner, variable: 'DATABASE_URL' | 'DATA_DIR'): Promise<void> {
  const names = new Set(await namesOf(runner));
  const missing = EARLIER.names.filter((name) => !names.has(name));
  if (names.has(INITIAL) || missing.length === EARLIER.names.length) return;
  if (missing.length > 0) throw new StartFault(behind(variable, missing.length));
  const timestamp = Number(/[0-9]+$/.exec(INITIAL)?.[0]);
  await runner.query('INSERT INTO migrations (timestamp, name) VALUES (?, ?)', [timestamp, INITIAL]);
}

async function namesOf(runner: QueryRunner): Promise<readonly string[]> {
  if (!(await runner.hasTable('migrations'))) return [];
  const rows: { name: string }[] = await runner.query('SELECT name FROM migrations');
  return rows.map(({ name }) => name);
}

function behind(variable: string, count: number): string {
  return `${variable}: this database lacks ${count} of the ${EARLIER.names.length} migrations that this version takes for granted; start Slipway at commit ${EARLIER.commit} on it once, then start this version.`;
}
