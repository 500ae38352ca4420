import { parseVersion, versionSortKey } from '@slipway/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../kernel/ids.js';
import type { Client } from '../../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeCustomer, makeLicense, makeLimited, makeProduct, makePublished } from '../../../testing/make.js';

interface Step {
  readonly judged: number;
  readonly total: number;
  readonly totalCapped: boolean;
  readonly tallies: readonly { readonly effect: string; readonly code: string; readonly count: number }[];
  readonly entries: readonly { readonly license: { readonly id: string }; readonly downloadable: { readonly version: string } | null }[];
  readonly endCursor: string | null;
}

const PREVIEW = `query($input: PreviewImpactInput!, $after: String) { previewImpact(input: $input, after: $after) {
  judged total totalCapped tallies { effect code count } entries { license { id } downloadable { version } } endCursor } }`;
const CHANGE = 'mutation($input: ChangeLicensesInput!) { changeLicenses(input: $input) { task { id } userErrors { code } } }';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the impact of a change to many licenses on $name', ({ start }) => {
  let harness: Harness;
  let productId: string;
  let licenses: Record<'forever' | 'ended' | 'fallback' | 'suspended' | 'revoked' | 'tester', string>;

  beforeAll(async () => {
    harness = await start();
    productId = (await makeProduct(harness.admin, { distribution: 'LICENSED' })).id;
    await makePublished(harness, { productId, version: '1.0', releaseDate: '2024-01-01' });
    await makePublished(harness, { productId, version: '2.0', releaseDate: '2025-06-01' });
    await makePublished(harness, { productId, version: '3.0-beta.1', channel: 'beta', releaseDate: '2025-07-01' });
    const make = async (terms: object): Promise<string> => (await makeLicense(harness, { productId, ...terms })).id;
    licenses = {
      forever: await make({}),
      ended: await make({ updatesUntil: '2024-06-01' }),
      fallback: await make({ expiresAt: '2024-06-01T00:00:00Z', expiryPolicy: 'FALLBACK' }),
      suspended: await make({}),
      revoked: await make({}),
      tester: await make({ channels: ['beta'] }),
    };
    await harness.admin.run('suspendLicense', { id: licenses.suspended }, 'license { id }');
    await harness.admin.run('revokeLicense', { id: licenses.revoked }, 'license { id }');
  });
  afterAll(() => harness.close());

  const step = async (change: object, more: object = {}, as: Client = harness.admin): Promise<Step> =>
    (await as.query<{ previewImpact: Step }>(PREVIEW, { input: { licenses: change, ...more }, after: null })).previewImpact;
  const faultOf = async (change: object, { as = harness.admin, after = null }: { as?: Client; after?: string | null } = {}) =>
    (await as.graphql(PREVIEW, { input: { licenses: change }, after })).errors[0];
  const told = ({ tallies }: Step): readonly string[] => tallies.map(({ effect, code, count }) => `${count} ${effect} ${code}`).toSorted();
  const all = () => ({ filter: { productId } });
  const versions = ({ entries }: Step) =>
    entries.map(({ license, downloadable }) => [license.id, downloadable?.version]).toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));

  it('suspending and revoking take from each license the newest version that it had', async () => {
    expect(told(await step({ action: 'SUSPEND', ...all() }))).toEqual([
      '1 STAYS_WITHOUT LICENSE_REVOKED',
      '1 STAYS_WITHOUT LICENSE_SUSPENDED',
      '4 LOSES LICENSE_SUSPENDED',
    ]);
    const lost = await step({ action: 'REVOKE', ...all() }, { list: { effect: 'LOSES' } });
    expect(told(lost)).toEqual(['2 STAYS_WITHOUT LICENSE_REVOKED', '4 LOSES LICENSE_REVOKED']);
    expect(versions(lost)).toEqual([
      [licenses.forever, '2.0'],
      [licenses.ended, '1.0'],
      [licenses.fallback, '1.0'],
      [licenses.tester, '3.0-beta.1'],
    ]);
    expect(lost).toMatchObject({ judged: 6, total: 6, totalCapped: false, endCursor: null });
  });

  it('reinstating gives back what a license covers, and changes nothing for those in force', async () => {
    const given = await step({ action: 'REINSTATE', ids: Object.values(licenses) }, { list: { effect: 'GAINS' } });
    expect(told(given)).toEqual(['1 GAINS ALLOWED', '1 STAYS_WITHOUT LICENSE_REVOKED', '4 KEEPS ALLOWED']);
    expect(versions(given)).toEqual([[licenses.suspended, '2.0']]);
  });

  it('an extension reaches newer versions; what never ends, or is revoked, stays as it is', async () => {
    const extended = await step({ action: 'EXTEND', months: 12, ...all() }, { list: { effect: 'GAINS' } });
    expect(versions(extended)).toEqual([
      [licenses.ended, '2.0'],
      [licenses.fallback, '2.0'],
    ]);
    expect(told(extended)).toEqual([
      '1 STAYS_WITHOUT LICENSE_REVOKED',
      '1 STAYS_WITHOUT LICENSE_SUSPENDED',
      '2 GAINS ALLOWED',
      '2 KEEPS ALLOWED',
    ]);
  });

  it('an earlier end of updates takes the newest version and leaves an older one', async () => {
    const narrowed = await step({ action: 'SET_UPDATES', updatesUntil: '2024-03-01', ...all() }, { list: { effect: 'LOSES' } });
    expect(versions(narrowed)).toEqual([
      [licenses.forever, '2.0'],
      [licenses.tester, '3.0-beta.1'],
    ]);
    expect(told(narrowed)).toContain('2 LOSES UPDATES_EXPIRED');
    expect(told(narrowed)).toContain('2 KEEPS ALLOWED');
  });

  it('what was previewed is what customers are answered after it is done', async () => {
    const own = (await makeProduct(harness.admin, { distribution: 'LICENSED' })).id;
    const release = await makePublished(harness, { productId: own, version: '1.0' });
    const holder = await makeLicense(harness, { productId: own });
    const get = async (): Promise<number> => (await holder.client.fetch(`/d/${release.file.id}/${release.file.fileName}`)).status;
    expect(await get()).toBe(302);
    expect(told(await step({ action: 'SUSPEND', ids: [holder.id] }))).toEqual(['1 LOSES LICENSE_SUSPENDED']);
    expect(await get()).toBe(302);
    await harness.admin.query(CHANGE, { input: { action: 'SUSPEND', ids: [holder.id] } });
    await harness.settle();
    expect(await get()).toBe(403);
    expect(told(await step({ action: 'SUSPEND', ids: [holder.id] }))).toEqual(['1 STAYS_WITHOUT LICENSE_SUSPENDED']);
  });

  it('to a product that is open to all, licenses make no difference', async () => {
    const own = (await makeProduct(harness.admin, { distribution: 'OPEN' })).id;
    const holder = await makeLicense(harness, { productId: own });
    expect(told(await step({ action: 'REVOKE', ids: [holder.id] }))).toEqual(['1 STAYS_WITHOUT NOT_FOUND']);
    await makePublished(harness, { productId: own, version: '1.0' });
    expect(told(await step({ action: 'REVOKE', ids: [holder.id] }))).toEqual(['1 KEEPS ALLOWED']);
  });

  it.each(['ids', 'filter'])('goes on after each part until every license is judged once, by %s', async (by) => {
    const own = (await makeProduct(harness.admin, { distribution: 'LICENSED' })).id;
    await makePublished(harness, { productId: own });
    const customerId = (await makeCustomer(harness.admin)).id;
    const ids: string[] = [];
    for (let index = 0; index < 230; index += 1) ids.push((await makeLicense(harness, { productId: own, customerId })).id);
    const input = {
      licenses: { action: 'SUSPEND', ...(by === 'ids' ? { ids } : { filter: { productId: own } }) },
      list: { effect: 'LOSES' },
    };
    const seen: string[] = [];
    let judged = 0;
    let after: string | null = null;
    do {
      const { previewImpact: part }: { previewImpact: Step } = await harness.admin.query(PREVIEW, { input, after });
      seen.push(...part.entries.map(({ license }) => license.id));
      [judged, after] = [judged + part.judged, part.endCursor];
      expect(part.total).toBe(230);
    } while (after !== null);
    expect([judged, seen.toSorted()]).toEqual([230, ids.toSorted()]);
  });

  it('who has only archived releases loses them', async () => {
    const own = (await makeProduct(harness.admin, { distribution: 'LICENSED' })).id;
    const release = await makePublished(harness, { productId: own, version: '1.0' });
    await harness.admin.run('archiveDownloadable', { id: release.id }, 'downloadable { id }');
    const holder = await makeLicense(harness, { productId: own });
    const lost = await step({ action: 'SUSPEND', ids: [holder.id] }, { list: { effect: 'LOSES' } });
    expect([told(lost), versions(lost)]).toEqual([['1 LOSES LICENSE_SUSPENDED'], [[holder.id, '1.0']]]);
  });

  it('who has nothing reads why of the newest release on their own channels', async () => {
    const own = (await makeProduct(harness.admin, { distribution: 'LICENSED' })).id;
    const release = await makePublished(harness, { productId: own, version: '1.0' });
    await makePublished(harness, { productId: own, version: '2.0-beta.1', channel: 'beta' });
    const holder = await makeLicense(harness, { productId: own, maxDownloads: 1 });
    await holder.client.fetch(`/d/${release.file.id}/${release.file.fileName}`);
    const same = await step({ action: 'SET_UPDATES', ids: [holder.id] }, { list: { effect: 'STAYS_WITHOUT' } });
    expect([told(same), versions(same)]).toEqual([['1 STAYS_WITHOUT DOWNLOAD_LIMIT'], [[holder.id, '1.0']]]);
  });

  it('finds what lies below hundreds of releases that are not covered, for each license alike', async () => {
    const own = (await makeProduct(harness.admin, { distribution: 'LICENSED' })).id;
    const lowest = await makePublished(harness, { productId: own, version: '0.5' });
    await harness.database.transaction(async (tx) => {
      for (let major = 1; major <= 510; major += 1) {
        const version = parseVersion(`${major}.0`);
        if (!version.ok) throw new Error(version.problem.message);
        await tx.execute(
          `INSERT INTO downloadable (id, product_id, version, version_key, status, lock_version, publish_when_ready, live_revision_id, first_release_date, created_at, updated_at, channel, sort_date, changelog_excerpt, asset_count, platforms)
           VALUES (?, ?, ?, ?, 'PUBLISHED', 1, 0, ?, '2026-01-01', '2026-01-01', '2026-01-01', 'stable', '2026-01-01', '', 1, 'LINUX')`,
          [newId(), own, `${major}.0`, versionSortKey(version.value), newId()],
        );
      }
    });
    const ids = [];
    for (let index = 0; index < 3; index += 1) ids.push((await makeLicense(harness, { productId: own, versionRange: '<1 || >=999' })).id);
    const lost = await step({ action: 'SUSPEND', ids }, { list: { effect: 'LOSES' } });
    expect(versions(lost)).toEqual(ids.map((id) => [id, lowest.version]));
  });

  it('says what cannot be asked, and shows nobody what is not theirs', async () => {
    const ids = [licenses.forever];
    expect(await faultOf({ action: 'SUSPEND' })).toMatchObject({ message: 'Give ids or filter, and not both.' });
    expect(await faultOf({ action: 'ADD_TAG', tag: 'x', ids })).toMatchObject({ message: expect.stringContaining('Tags change nothing') });
    expect(await faultOf({ action: 'EXTEND', ids })).toMatchObject({
      message: 'Give months, days or expiresAt, and one of them only.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect((await faultOf({ action: 'SUSPEND', ids }, { after: 'gone' }))?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await faultOf({ action: 'SUSPEND', ids: [...ids, 'gone'] }))?.extensions.code).toBe('NOT_FOUND');
    const publisher = await harness.makeUser('PUBLISHER');
    expect((await faultOf({ action: 'SUSPEND', ...all() }, { as: publisher }))?.extensions.code).toBe('FORBIDDEN');
    const limited = await makeLimited(harness, 'SUPPORT', [(await makeProduct(harness.admin)).id]);
    expect((await faultOf({ action: 'SUSPEND', ids }, { as: limited }))?.extensions.code).toBe('NOT_FOUND');
    expect(await step({ action: 'SUSPEND', filter: {} }, {}, limited)).toMatchObject({ judged: 0, total: 0 });
  });
});
