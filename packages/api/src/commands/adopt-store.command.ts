import { openFoundation, viewFoundation, type Foundation } from '../app/foundation/foundation.js';
import { getOwnClaim, outbidClaim } from '../storage/ownership/claim-rows.js';
import { judgeStore, readBoth } from '../storage/ownership/store-examination.js';
import { printClaim } from '../storage/ownership/store-claim.js';
import { sampleFiles } from '../storage/ownership/store-files.js';
import { StoreRefused } from '../storage/ownership/store-refusal.js';
import { openStores, placesOf, storeOf } from './open-stores.js';
import type { OpenStore } from '../storage/stores/file-stores.js';
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
      const refused = await findRefused(foundation);
      if (!refused) {
        print('The file store and this database belong together. Nothing was changed.');
        return 0;
      }
      const { refusal, open } = refused;
      const { checked, present } = await sampleFiles({ ...foundation, ...storeOf(open) });
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
      print(
        `Adopted with claim ${await adopt({ ...foundation, ...storeOf(open) })}. Start Slipway now; "slipway doctor" lists what is missing or not known.`,
      );
      return 0;
    } finally {
      await foundation.database.close();
    }
  },
};

/** The first of the stores in use that does not belong to the database. */
async function findRefused(foundation: Foundation): Promise<{ readonly refusal: StoreRefused; readonly open: OpenStore } | null> {
  for (const open of await openStores(foundation).inUse()) {
    try {
      await judgeStore({ ...foundation, ...storeOf(open), places: placesOf(foundation, open) });
    } catch (error) {
      if (error instanceof StoreRefused) return { refusal: error, open };
      throw error;
    }
  }
  return null;
}

/** A database without an id takes that of the store: it is an earlier life of the same installation. */
export async function adopt(use: Pick<Foundation, 'database' | 'store'> & { readonly storeId?: string }): Promise<number> {
  const { own, found } = await readBoth(use);
  await getOwnClaim(use);
  const claim = await outbidClaim(use, own === null ? (found?.installationId ?? null) : null, found?.claim ?? 0);
  await use.store.writeClaim(printClaim(claim));
  return claim.claim;
}
