import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeCustomer, makeLicense, makeProduct, makePublished } from '../../../testing/make.js';
import { customerContext } from '../../../testing/staff-context.js';
import { findWithFiles } from '../../downloadables/list/listed-parts.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('a file that a list brought on $name', ({ start }) => {
  let harness: Harness;
  let productId: string;
  let releases: { plain: string; beta: string; withdrawn: string };
  beforeAll(async () => {
    harness = await start();
    productId = (await makeProduct(harness.admin, { distribution: 'LICENSED' })).id;
    const make = async (version: string, more: object = {}): Promise<string> =>
      (await makePublished(harness, { productId, version, releaseDate: '2026-01-01', ...more })).id;
    releases = { plain: await make('1.0'), beta: await make('2.0-beta.1', { channel: 'beta' }), withdrawn: await make('1.1') };
    await harness.admin.run('withdrawDownloadable', { id: releases.withdrawn, reason: 'It crashes.' }, 'downloadable { id }');
  });
  afterAll(() => harness.close());

  it.each<[string, object]>([
    ['covers all', {}],
    ['covers only Linux', { platforms: ['LINUX'] }],
    ['covers only iOS', { platforms: ['IOS'] }],
    ['has no updates any more', { updatesUntil: '2025-01-01' }],
    ['has expired', { expiresAt: '2025-01-01T00:00:00Z' }],
    ['has the beta channel', { channels: ['beta'] }],
    ['has one download, which is used for another file', { maxDownloads: 1 }],
  ])('is judged as when it is read by itself, for a license that %s', async (_what, terms) => {
    const customerId = (await makeCustomer(harness.admin)).id;
    const license = await makeLicense(harness, { productId, customerId, ...terms });
    const files = async () => {
      const found = [];
      for (const id of Object.values(releases)) {
        const release = await findWithFiles(harness.database, id);
        found.push(...release!.files.map((file) => ({ row: release!.row, file })));
      }
      return found;
    };
    const [first] = await files();
    if ('maxDownloads' in terms) await license.client.fetch(`/d/${first!.file.id}/${first!.file.fileName}`);
    const { access } = harness.app.features;
    const listed = [];
    const alone = [];
    // One request for all of them, and one for each.
    const together = customerContext(customerId, [productId]);
    for (const { row, file } of await files()) {
      const decisions = [together, customerContext(customerId, [productId])].map((context) => access.decideListed(context, row, file));
      listed.push(...(await Promise.all(decisions)).map(({ decision }) => decision));
      const judged = await access.decide(customerContext(customerId, [productId]), { assetId: file.id });
      alone.push(judged?.decision, judged?.decision);
    }
    expect(listed).toHaveLength(6);
    expect(listed).toEqual(alone);
  });
});
