import type { Database } from '../database/database.js';

/** What a process asks by itself now and then, whatever is asked of it. */
const OWN_STATEMENTS = /\b(?:setting|job|object_store)\b/;

/** Counts the statements that a piece of work reads with. @param source `database.writer`: those of its transactions */
export async function countStatements(database: Database, work: () => Promise<unknown>, source = database.reader): Promise<number> {
  let count = 0;
  const { logger } = source;
  const { logQuery } = logger;
  logger.logQuery = (query) => void (OWN_STATEMENTS.test(query) || (count += 1));
  try {
    await work();
  } finally {
    logger.logQuery = logQuery;
  }
  return count;
}
