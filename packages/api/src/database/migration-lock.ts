import type { DataSource, QueryRunner } from 'typeorm';
import { StartFault } from '../kernel/problem/start-fault.js';

/** How long a replica waits while another one does what only one may do at a time. */
const WAIT_SECONDS = 120;
/** MySQL takes names of locks up to 64 characters, and names of databases may be as long by themselves: those by their hash. */
const NAME = `IF(CHAR_LENGTH(DATABASE()) <= 56, CONCAT('slipway:', DATABASE()), CONCAT('slipway:', SHA1(DATABASE())))`;

/**
 * Runs what only one process of a MySQL database may do at a time: migrations and the first start.
 * @param work gets the connection that holds the lock @param waitSeconds for the process that has it @throws StartFault after that
 */
export async function underMigrationLock<T>(
  source: DataSource,
  work: (runner: QueryRunner) => Promise<T>,
  waitSeconds = WAIT_SECONDS,
): Promise<T> {
  const runner = source.createQueryRunner();
  try {
    const [row] = await runner.query(`SELECT GET_LOCK(${NAME}, ${waitSeconds}) AS got`);
    if (Number(row?.got) !== 1)
      throw new StartFault(
        `DATABASE_URL: another process has been setting up this database for ${waitSeconds} seconds; look at its log, then start again.`,
      );
    return await work(runner);
  } finally {
    await runner.query(`SELECT RELEASE_LOCK(${NAME})`).catch(() => undefined);
    await runner.release();
  }
}
