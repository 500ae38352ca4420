import type { Database } from '../database/database.js';

/** What a process asks by itself now and then, whatever is asked of it. */
const OWN_STATEMENTS = /\b(?:setting|job)\b/;

/** Counts the statements that a piece of work reads with. */
export async function countStatements(database: Database, work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const { logger } = database.read.connection;
  const { logQuery } = logger;
  logger.logQuery = (query) => void (OWN_STATEMENTS.test(query) || (count += 1));
  try {
    await work();
  } finally {
    logger.logQuery = logQuery;
  }
  return count;
}
