import type { Database } from '../database/database.js';
import { rebuildCustomers } from '../features/customers/customer-terms.js';
import { rebuildReleases } from '../features/downloadables/projection/rebuild.js';
import type { JobHandler } from '../machinery/jobs/job-lane.js';

/** Asked for by a migration after which words are kept otherwise. */
export const SEARCH_REBUILD_JOB = 'search.rebuild';

/** Writes again under what releases and customers are found; doing it twice is doing it once. */
export function searchRebuildJob(database: Database): JobHandler {
  return async () => {
    await rebuildReleases(database);
    await rebuildCustomers(database);
    return async () => undefined;
  };
}
