import { openFoundation, viewFoundation } from '../app/foundation/foundation.js';
import { rebuildCustomers } from '../features/customers/customer-terms.js';
import { rebuildReleases } from '../features/downloadables/projection/rebuild.js';
import type { Command } from './command.js';

/** `rebuild`: see `rebuildReleases`. */
export const rebuild: Command = {
  name: 'rebuild',
  summary: 'Writes again what lists and searches read of every release and customer.',
  description:
    'Writes again what lists and searches read of every release (words, filters, platforms) and customer (words), beside running servers.\nNeeded where releases were changed by an older replica after an upgrade.',
  options: { 'dry-run': 'Says how many releases there are and writes nothing.' },
  async run({ config, webFolder, options, print }) {
    const { database } = await (options.has('dry-run') ? viewFoundation : openFoundation)(config, webFolder);
    try {
      if (options.has('dry-run')) {
        const [row] = await database.query<{ total: number | string }>('SELECT COUNT(*) AS total FROM downloadable');
        print(`${Number(row?.total ?? 0)} releases would be written again. Nothing was changed.`);
        return 0;
      }
      const count = await rebuildReleases(database, (done) => print(`  ${done} releases`));
      const customers = await rebuildCustomers(database);
      print(`What lists and searches read of ${count} releases and ${customers} customers was written again.`);
      return 0;
    } finally {
      await database.close();
    }
  },
};
