import { CLAIM_TEXT, renewClaim, writeSecretFingerprint } from '../data/claim.js';
import { checkFill } from '../data/check-fill.js';
import { renewSessions, writePeople, writeProducts } from '../data/people.js';
import { writeReleases } from '../data/releases.js';
import { idleCustomers } from '../data/world.js';
import type { BenchDatabase } from './engines.js';
import { say, sayProgress } from './progress.js';

/** Makes a database of one size unless it is there from a run before, checks it against the product, and starts its sessions anew. */
export async function fill(database: BenchDatabase, releases: number): Promise<void> {
  if (!(await database.isFilled())) {
    await database.drop();
    await write(database, releases);
    await database.markFilled();
  }
  const writer = await database.writer();
  await renewSessions(writer);
  await renewClaim(writer);
  database.claimStore(CLAIM_TEXT);
  await writer.close();
}

async function write(database: BenchDatabase, releases: number): Promise<void> {
  const begun = performance.now();
  const product = await database.open();
  const writer = await database.writer();
  await writeProducts(writer);
  await writePeople(writer, idleCustomers(releases));
  await writeReleases(writer, releases, (done) =>
    sayProgress(`  ${done.toLocaleString('en')} of ${releases.toLocaleString('en')} releases`),
  );
  await writer.execute(
    product.dialect === 'mysql'
      ? 'ANALYZE TABLE downloadable, downloadable_term, release_target, asset, stored_object, revision, license, customer'
      : 'ANALYZE',
  );
  await writer.close();
  await writeSecretFingerprint(product);
  await checkFill(product, releases);
  await product.close();
  say(`  filled and checked in ${Math.round((performance.now() - begun) / 1_000)} s`);
}
