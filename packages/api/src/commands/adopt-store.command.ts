import { openFoundation, viewFoundation, type Foundation } from '../app/foundation/foundation.js';
import { getOwnClaim, outbidClaim } from '../storage/ownership/claim-rows.js';
import { judgeStore, readBoth } from '../storage/ownership/store-examination.js';
import { printClaim } from '../storage/ownership/store-claim.js';
import { sampleFiles } from '../storage/ownership/store-files.js';
import { StoreRefused } from '../storage/ownership/store-refusal.js';
import type { Command } from './command.js';

/** `adopt-store`: goes on with this database and these files, which the start refused (DESIGN.md, section 9.1). */
export const adoptStore: Command = {
  name: 'adopt-store',
  summary: 'Goes on with a database and a file store that the start refused to use together.',
  description:
    'Marks the file store as the one of this database: after a backup was restored, or a clone has become the installation to go on with.\n' +
    'Stop every other copy first: one that still runs deletes nothing from then on, and says so. No file is changed or deleted.',
  options: {
    'dry-run': 'Says what was found and what would be done, and changes nothing.',
    force: 'Also where files of the database are not in the store, or the store has files that the database does not know.',
  },
  async run({ config, webFolder, options, print }) {
    const foundation = await (options.has('dry-run') ? viewFoundation : openFoundation)(config, webFolder);
    try {
      const refusal = await refusalOf(foundation);
      if (!refusal) {
        print('The file store and this database belong together. Nothing was changed.');
        return 0;
      }
      const { checked, present } = await sampleFiles(foundation.database, foundation.store);
      print(`${refusal.message}\n\nOf ${checked} files of the database that were looked for, ${present} are in the store.`);
      // A claim that moved on, with the id of our own and no file lost, is what this command is for.
      const isPlain = checked === present && (refusal.reason === 'OTHER_CLAIM' || (refusal.reason === 'OTHER_INSTALLATION' && checked > 0));
      if (!isPlain && !options.has('force')) {
        print('Not adopted and nothing changed, because what was found does not fit together: add --force if this is what you want.');
        return 1;
      }
      if (options.has('dry-run')) {
        print('The store would be adopted. Nothing was changed.');
        return 0;
      }
      print(`Adopted with claim ${await adopt(foundation)}. Start Slipway now; "slipway doctor" lists what is missing or not known.`);
      return 0;
    } finally {
      await foundation.database.close();
    }
  },
};

async function refusalOf(foundation: Foundation): Promise<StoreRefused | null> {
  try {
    await judgeStore({ ...foundation, places: foundation.guarding.places });
    return null;
  } catch (error) {
    if (error instanceof StoreRefused) return error;
    throw error;
  }
}

/** A database without an id takes that of the store: it is an earlier life of the same installation. */
export async function adopt({ database, store }: Pick<Foundation, 'database' | 'store'>): Promise<number> {
  const { own, found } = await readBoth({ database, store });
  await getOwnClaim(database);
  const claim = await outbidClaim(database, own === null ? (found?.installationId ?? null) : null, found?.claim ?? 0);
  await store.writeClaim(printClaim(claim));
  return claim.claim;
}
