import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeLicense, makeProduct, makePublished } from '../../../testing/make.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the status line of a refused download on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  it('says code and remedy to clients that print nothing else, on GET and HEAD, and nothing that was typed', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const { id, file } = await makePublished(harness, { productId });
    const path = `/d/${file.id}/${file.fileName}`;
    const { id: licenseId, client: ended } = await makeLicense(harness, { productId, updatesUntil: '2020-01-31' });
    const lines = async (path: string, client = ended): Promise<string[]> =>
      Promise.all(
        ['GET', 'HEAD'].map(async (method) => {
          const { status, statusText } = await client.fetch(path, { method });
          return `${status} ${statusText}`;
        }),
      );
    const twice = (line: string): string[] => [line, line];
    expect(await lines(path)).toEqual(twice('403 UPDATES_EXPIRED: your updates ended on 2020-01-31, renew to get this'));
    await harness.admin.run('suspendLicense', { id: licenseId, reason: 'Zürich', customerReason: 'Genève' }, 'license { id }');
    const today = harness.clock.now().toISOString().slice(0, 10);
    expect(await lines(path)).toEqual(twice(`403 LICENSE_SUSPENDED: your license was suspended on ${today}, contact the vendor`));
    await harness.admin.run('withdrawDownloadable', { id, reason: 'Änderung', severity: 'NORMAL' }, 'downloadable { id }');
    const { client: full } = await makeLicense(harness, { productId });
    expect(await lines(path, full)).toEqual(twice('410 RELEASE_WITHDRAWN: this release was withdrawn, get another version'));
    expect(await lines('/d/01ARZ3NDEKTSV4RRFFQ69G5FAV/a.zip')).toEqual(
      twice('404 NOT_FOUND: nothing is offered at this address, check it'),
    );
  });
});
