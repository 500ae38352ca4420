import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeLicense, makeProduct, makePublished } from '../../../testing/make.js';

interface Row {
  version: string;
  channel: string;
  access: { allowed: boolean };
}

const EVERY = `query($id: ID!, $after: String) { product(id: $id) { offered { version } downloadables(
  filter: { status: PUBLISHED }, sort: { field: VERSION, direction: DESC }, first: 100, after: $after
) { nodes { version channel access { allowed } } pageInfo { hasNextPage endCursor } } } }`;
const AS = 'query($id: ID!, $licenseId: ID!) { product(id: $id) { offeredAs(licenseId: $licenseId) { version } } }';

interface Answer {
  product: {
    offered: { version: string } | null;
    downloadables: { nodes: Row[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  } | null;
}

/** Newer ones than two steps hold. */
const NEWER = 113;

/** The same files under another version, out today: no bytes are sent again. */
async function publishCopy(admin: Client, id: string, version: string): Promise<void> {
  const { downloadable } = await admin.run<{ downloadable: { id: string } }>('copyDownloadable', { id, version }, 'downloadable { id }');
  await admin.run('publishDownloadable', { id: downloadable.id }, 'downloadable { id }');
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('what a product offers on $name', ({ start }) => {
  let harness: Harness;
  let productId: string;

  beforeAll(async () => {
    harness = await start();
    productId = (await makeProduct(harness.admin)).id;
    for (const [version, releaseDate] of [
      ['1.0', '2023-01-01'],
      ['1.9', '2024-01-01'],
      ['1.10-beta.1', '2024-02-01'],
    ] as const)
      await makePublished(harness, { productId, version, releaseDate });
    const newer = await makePublished(harness, { productId, version: '2.0' });
    for (let minor = 1; minor < NEWER; minor += 1) await publishCopy(harness.admin, newer.id, `2.${minor}`);
    await makeDraft(harness.admin, { productId, version: '3.0' });
  });
  afterAll(() => harness.close());

  /** The same, out of the whole list: stable first, else any. */
  async function brute(client: Client): Promise<{ offered: string | null; expected: string | null }> {
    const rows: Row[] = [];
    let offered: string | null = null;
    for (let after: string | null = null, more = true; more;) {
      const { product }: Answer = await client.query<Answer>(EVERY, { id: productId, after });
      rows.push(...(product?.downloadables.nodes ?? []));
      offered = product?.offered?.version ?? null;
      more = product?.downloadables.pageInfo.hasNextPage ?? false;
      after = product?.downloadables.pageInfo.endCursor ?? null;
    }
    const open = rows.filter(({ access }) => access.allowed);
    return { offered, expected: (open.find(({ channel }) => channel === 'stable') ?? open[0])?.version ?? null };
  }

  it.each([
    ['everything', {}, `2.${NEWER - 1}`],
    ['a range of older versions', { versionRange: '<2.0' }, '1.9'],
    ['an update window that ended before a hundred releases', { updatesUntil: '2023-06-01' }, '1.0'],
    ['a fallback to what was out at its expiry', { expiresAt: '2024-06-01T00:00:00Z', expiryPolicy: 'FALLBACK' }, '1.9'],
    ['betas, of which stable is the better', { versionRange: '<2.0', channels: ['beta'] }, '1.9'],
    ['betas only', { versionRange: '>=1.10-beta.1 <1.10', channels: ['beta'] }, '1.10-beta.1'],
    ['nothing any more', { expiresAt: '2024-06-01T00:00:00Z' }, null],
    ['no version that exists', { versionRange: '>=9' }, null],
  ] as const)('is the highest release that a license for %s allows', async (_, terms, version) => {
    const license = await makeLicense(harness, { productId, ...terms });
    expect(await brute(license.client)).toEqual({ offered: version, expected: version });
    const { product } = await harness.admin.query<{ product: { offeredAs: { version: string } | null } }>(AS, {
      id: productId,
      licenseId: license.id,
    });
    expect(product.offeredAs?.version ?? null).toBe(version);
  });

  it('is nothing for a suspended license, and the latest of all for staff', async () => {
    const license = await makeLicense(harness, { productId });
    await harness.admin.mutate('suspendLicense', { id: license.id });
    expect((await brute(license.client)).offered).toBeNull();
    expect((await brute(harness.admin)).offered).toBe(`2.${NEWER - 1}`);
  });

  it('of an open product is what everybody may have, whatever channels lie above it', async () => {
    const open = await makeProduct(harness.admin, {
      distribution: 'OPEN',
      channels: [
        { name: 'stable', includes: ['hotfix'] },
        { name: 'hotfix', includes: [] },
        { name: 'beta', includes: ['stable'] },
      ],
    });
    await makePublished(harness, { productId: open.id, version: '1.0.0', channel: 'hotfix' });
    for (let count = 1; count <= 12; count += 1)
      await makePublished(harness, { productId: open.id, version: `2.0.0-beta.${count}`, channel: 'beta' });
    const query = 'query($id: ID!) { product(id: $id) { offered { version } } }';
    const { product } = await harness.nobody.query<{ product: { offered: { version: string } | null } }>(query, { id: open.id });
    expect(product.offered?.version).toBe('1.0.0');
  });
});
