import { calendarDate } from '@slipway/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeShareLink } from '../../testing/make-share-link.js';
import { makeDraft, makeFile, makeLicense, makeProduct, makePublished, makeToken, uploadInParts } from '../../testing/make.js';
import { rebuildDownloadCounters } from './counting/download-counters.js';

const ZONE = 'Pacific/Auckland';

interface Decision {
  readonly code: string;
  readonly params: object;
}

/** The whole program in a zone whose day is another one than that of UTC, and of the machine. */
describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('a vendor in Auckland on $name', ({ start }) => {
  let harness: Harness;
  /** Here, and where UTC is. */
  let today: string;
  let yesterday: string;
  beforeAll(async () => {
    harness = await start();
    // From noon on in UTC it is tomorrow in Auckland; before that the clock is set to it.
    const hour = harness.clock.now().getUTCHours();
    if (hour < 12 || hour === 23) harness.clock.advance({ hours: hour === 23 ? 13 : 12 - hour });
    today = calendarDate(harness.clock.now(), ZONE);
    yesterday = harness.clock.now().toISOString().slice(0, 10);
    await harness.database.transaction((tx) => harness.app.features.settings.write(tx, 'timeZone', ZONE));
    harness = Object.assign(harness, { admin: await harness.makeUser('ADMIN') });
  });
  afterAll(() => harness.close());

  const soon = (seconds: number): string => new Date(harness.clock.now().getTime() + seconds * 1_000).toISOString();
  const publish = (id: string) => harness.admin.run('publishDownloadable', { id }, 'downloadable { id }');
  const ready = async (input: object = {}): Promise<string> => {
    const { id } = await makeDraft(harness.admin, { ...input });
    await makeFile(harness, id);
    return id;
  };
  const datesOf = async (id: string): Promise<object | undefined> =>
    (await harness.database.query<object>('SELECT release_date, first_release_date, sort_date FROM downloadable WHERE id = ?', [id]))[0];

  it('today is another day there than in UTC', () => {
    expect(today > yesterday).toBe(true);
  });

  it.each<[string, () => Promise<string>]>([
    [
      'by hand',
      async () => {
        const id = await ready();
        await publish(id);
        return id;
      },
    ],
    ['by curl, when the last file is there', () => ready({ publish: true })],
    [
      'by a browser, when the last file is verified',
      async () => {
        const { id } = await makeDraft(harness.admin, { publish: true });
        await uploadInParts(harness.admin, { downloadableId: id, fileName: 'a.exe', bytes: Buffer.from('bytes') });
        await harness.settle();
        return id;
      },
    ],
    [
      'with an external file',
      async () => {
        const { id } = await makeDraft(harness.admin, { publish: true });
        const file = { fileName: 'a.exe', url: 'https://files.example.com/a.exe', size: 5 };
        await harness.admin.run('addExternalAsset', { downloadableId: id, ...file }, 'asset { id }');
        return id;
      },
    ],
    [
      'by an edit that says so',
      async () => {
        const id = await ready();
        const { downloadable } = await harness.admin.query<{ downloadable: { lockVersion: number } }>(
          'query($id: ID!) { downloadable(id: $id) { lockVersion } }',
          { id },
        );
        await harness.admin.run('updateDownloadable', { id, ...downloadable, publish: true }, 'downloadable { id }');
        return id;
      },
    ],
    [
      'by a schedule',
      async () => {
        const id = await ready();
        await harness.admin.run('publishDownloadable', { id, publishAt: soon(3_600) }, 'downloadable { id }');
        await harness.database.transaction((tx) =>
          tx.execute(`UPDATE job SET run_at = '2000-01-01 00:00:00.000' WHERE finished_at IS NULL`),
        );
        await harness.settle();
        return id;
      },
    ],
  ])('a release that is published %s has the date of the day there', async (_how, make) => {
    expect(await datesOf(await make())).toEqual({ release_date: today, first_release_date: today, sort_date: today });
  });

  it('a draft stands in lists under the day there', async () => {
    expect(await datesOf((await makeDraft(harness.admin)).id)).toMatchObject({ sort_date: today });
  });

  it.each<[string, (productId: string) => Promise<Decision>, Decision]>([
    [
      'updates until yesterday',
      (productId) => decide(productId, { updatesUntil: yesterday }),
      { code: 'UPDATES_EXPIRED', params: { coveredUntil: 'YESTERDAY', releaseDate: 'TODAY' } },
    ],
    ['updates until today', (productId) => decide(productId, { updatesUntil: today }), { code: 'ALLOWED', params: {} }],
    [
      'an end a minute ago that keeps what was released by then',
      (productId) => decide(productId, { expiresAt: soon(-60), expiryPolicy: 'FALLBACK' }),
      { code: 'ALLOWED', params: {} },
    ],
    [
      'an end a minute ago',
      (productId) => decide(productId, { expiresAt: soon(-60), expiryPolicy: 'REVOKE' }),
      { code: 'LICENSE_EXPIRED', params: { expiredOn: 'TODAY', releaseDate: null } },
    ],
    [
      'a beginning in a minute',
      (productId) => decide(productId, { startsAt: soon(60) }),
      { code: 'LICENSE_NOT_STARTED', params: { startsOn: 'TODAY' } },
    ],
  ])(
    'a license with %s is judged by the day there, in the decision, in what is offered, and for staff who look as it',
    async (_terms, ask, expected) => {
      const { productId } = await makePublished(harness);
      const named = JSON.parse(JSON.stringify(expected).replace('TODAY', today).replace('YESTERDAY', yesterday)) as Decision; // as it was written
      expect(await ask(productId)).toEqual(named);
    },
  );

  /** What the holder of a license of these terms is answered for the one release, by all ways that must agree. */
  async function decide(productId: string, terms: object): Promise<Decision> {
    const license = await makeLicense(harness, { productId, ...terms });
    const ask = 'downloadables { nodes { id access { code params } } } offered { id }';
    const { product } = await license.client.query<{
      product: { downloadables: { nodes: { id: string; access: Decision }[] }; offered: object | null };
    }>(`query($id: ID!) { product(id: $id) { ${ask} } }`, { id: productId });
    const [release] = product.downloadables.nodes;
    if (!release) throw new Error('The release is not listed.');
    expect(product.offered !== null).toBe(release.access.code === 'ALLOWED');
    const { downloadable, checkEntitlement } = await harness.admin.query<{ downloadable: { as: Decision }; checkEntitlement: Decision }>(
      `query($id: ID!, $license: ID!) { downloadable(id: $id) { as: accessAs(licenseId: $license) { code params } }
        checkEntitlement(input: { downloadableId: $id, licenseId: $license }) { code params } }`,
      { id: release.id, license: license.id },
    );
    expect([downloadable.as, checkEntitlement]).toEqual([release.access, release.access]);
    return release.access;
  }

  it('a draft without a date is judged as one of today there, one with a date by that', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const license = await makeLicense(harness, { productId, updatesUntil: yesterday });
    for (const [releaseDate, code] of [
      [null, 'UPDATES_EXPIRED'],
      [today, 'UPDATES_EXPIRED'],
      [yesterday, 'ALLOWED'],
    ] as const) {
      const { id } = await makeDraft(harness.admin, { productId, releaseDate });
      const { downloadable } = await harness.admin.query<{ downloadable: { as: Decision } }>(
        'query($id: ID!, $license: ID!) { downloadable(id: $id) { as: accessAs(licenseId: $license, ifPublished: true) { code params } } }',
        { id, license: license.id },
      );
      expect(downloadable.as.code, String(releaseDate)).toBe(code);
    }
  });

  it('updates that end before the day on which the license starts there are refused, made or changed', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const { id: customerId } = await harness.admin
      .run<{ customer: { id: string } }>('createCustomer', { name: 'A', email: 'a@auckland.example' }, 'customer { id }')
      .then(({ customer }) => customer);
    const terms = { startsAt: soon(0), updatesUntil: yesterday };
    expect(await harness.admin.mutate('createLicense', { customerId, productId, ...terms })).toMatchObject({
      userErrors: [{ code: 'DATE_INVALID', field: 'updatesUntil' }],
    });
    const { id } = await makeLicense(harness, { customerId, productId, ...terms, updatesUntil: today });
    expect(await harness.admin.mutate('updateLicense', { id, updatesUntil: yesterday })).toMatchObject({
      userErrors: [{ code: 'DATE_INVALID', field: 'updatesUntil' }],
    });
  });

  it('a share link that has expired names the day there', async () => {
    const link = await makeShareLink(harness.admin, { downloadableId: await ready(), expiresAt: soon(60) });
    harness.clock.advance({ seconds: 60 });
    const refused = await harness.nobody.fetch(`/s/${link.token}/any.exe`);
    expect(await refused.json()).toMatchObject({ code: 'SHARE_LINK_EXPIRED', params: { expiredOn: today } });
    // One of a channel that has no draft opens nothing, and says the same.
    const { id: productId } = await makeProduct(harness.admin);
    const empty = await makeShareLink(harness.admin, { productId, channel: 'beta', expiresAt: soon(60) });
    harness.clock.advance({ seconds: 60 });
    const alike = await harness.nobody.fetch(`/s/${empty.token}/any.exe`);
    expect(await alike.json()).toMatchObject({ code: 'SHARE_LINK_EXPIRED', params: { expiredOn: today } });
  });

  it('a download counts on the day there, by license, without one, and by share link; a rebuild and the range of days agree', async () => {
    const { id: productId } = await makeProduct(harness.admin, { distribution: 'OPEN' });
    const { id, file } = await makePublished(harness, { productId });
    const path = `/d/${file.id}/${file.fileName}`;
    const link = await makeShareLink(harness.admin, { downloadableId: id });
    const ways: readonly [Client, string][] = [
      [(await makeLicense(harness, { productId })).client, path],
      [harness.nobody, path],
      [harness.nobody, `/s/${link.token}/${file.fileName}`],
    ];
    for (const [client, way] of ways) expect((await client.fetch(way)).status).toBe(302);
    const days = () =>
      harness.database.query(
        `SELECT day, SUM(total) AS total FROM download_counter WHERE scope_id = ? AND dimension = 'SOURCE' GROUP BY day`,
        [id],
      );
    const counted = await days();
    expect(counted).toEqual([{ day: today, total: expect.anything() }]);
    expect(Number((counted[0] as { total: number }).total)).toBe(3); // a decimal is text on MariaDB
    await rebuildDownloadCounters(harness.database, ZONE);
    expect(await days()).toEqual(counted);
    const token = await makeToken(harness.admin, { scopes: ['release:read'], expiresAt: soon(3_600) });
    const csv = await token.fetch(`/api/v1/statistics/downloads.csv?downloadableId=${id}`);
    expect((await csv.text()).trimEnd().split('\r\n').at(-1)).toMatch(new RegExp(`^${today},3,`));
  });
});
