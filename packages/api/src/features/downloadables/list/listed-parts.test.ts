import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getNamedType, isLeafType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makeLicense, makeProduct, makePublished } from '../../../testing/make.js';

const FILE = '__typename id fileName type platform architecture size sha256 state downloadUrl';
const PRODUCT = '__typename id slug name versionScheme distribution';
const SCHEMA = buildSchema(readFileSync(join(import.meta.dirname, ...Array<string>(4).fill('..'), 'schema.graphql'), 'utf8'));
/** Every field of a release that is a value, and some that need more of it than they show. */
function fieldsOfRelease(): readonly string[] {
  const type = SCHEMA.getType('Downloadable');
  if (!isObjectType(type)) throw new Error('There is no Downloadable.');
  const values = Object.values(type.getFields()).filter(({ args, type: of }) => args.length === 0 && isLeafType(getNamedType(of)));
  return [
    ...values.map(({ name }) => name),
    'access { allowed code message remedy }',
    'withdrawal { reason severity withdrawnAt replacement { name summary createdAt platforms } }',
    'product { name }',
    'assets { fileName }',
  ];
}
/** What a list does not bring along: whoever asks for it has everything of that kind loaded. */
const BEYOND = { files: 'createdAt', product: 'archivedAt' };

type Node = Readonly<Record<string, unknown>> & {
  readonly product: Readonly<Record<string, unknown>>;
  readonly assets: readonly Readonly<Record<string, unknown>>[];
};

const without = (row: Readonly<Record<string, unknown>>, name: string) =>
  Object.fromEntries(Object.entries(row).filter(([key]) => key !== name));

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('files and products that a list brings along on $name', ({ start }) => {
  let harness: Harness;
  let productId: string;
  let customer: Client;

  beforeAll(async () => {
    harness = await start();
    const { admin } = harness;
    productId = (await makeProduct(admin, { name: 'A/B \\ "test"', description: 'A text' })).id;
    await makePublished(harness, { productId });
    const { id: downloadableId } = await makeDraft(admin, { productId });
    const files = [];
    for (const fileName of ['b-windows-x64.exe', 'a-macos.dmg', 'b-windows-x64.exe.sig', 'SHA256SUMS'])
      files.push(await makeFile(harness, downloadableId, { fileName }));
    const external = { downloadableId, fileName: 'c-linux-arm64.tar.gz', url: 'https://files.vendor.example/c', size: 12_345 };
    await admin.run('addExternalAsset', external, 'asset { id }');
    const assetIds = files.map(({ id }) => id).toReversed();
    const { downloadable } = await admin.query<{ downloadable: { assets: { id: string }[] } }>(
      'query($id: ID!) { downloadable(id: $id) { assets { id } } }',
      { id: downloadableId },
    );
    const rest = downloadable.assets.map(({ id }) => id).filter((id) => !assetIds.includes(id));
    await admin.run('reorderAssets', { downloadableId, assetIds: [...assetIds, ...rest] }, 'downloadable { id }');
    await makeFile(harness, downloadableId, { fileName: 'z-added-later.jar' });
    await admin.run('createUpload', { downloadableId, fileName: 'open.msi', size: 77 }, 'upload { id }');
    const open = await makeProduct(admin, { distribution: 'OPEN' });
    await makePublished(harness, { productId: open.id });
    await makeDraft(admin, { productId });
    customer = (await makeLicense(harness, { productId })).client;
  });
  afterAll(() => harness.close());

  const ask = async (client: Client, fields: string): Promise<readonly Node[]> =>
    (await client.query<{ downloadables: { nodes: Node[] } }>(`{ downloadables { totalCount nodes { id ${fields} } } }`)).downloadables
      .nodes;

  it('are those that are loaded by themselves, in their order, for staff and customers', async () => {
    for (const client of [harness.admin, customer]) {
      const brought = await ask(client, `product { ${PRODUCT} } assets { ${FILE} }`);
      const loaded = await ask(client, `product { ${PRODUCT} ${BEYOND.product} } assets { ${FILE} ${BEYOND.files} }`);
      const same = loaded.map((node) => ({
        ...node,
        product: without(node.product, BEYOND.product),
        assets: node.assets.map((asset) => without(asset, BEYOND.files)),
      }));
      expect(brought).toEqual(same);
      expect(brought.flatMap(({ assets }) => assets).length).toBeGreaterThan(1);
    }
    const states = (await ask(harness.admin, 'assets { state }')).flatMap(({ assets }) => assets.map(({ state }) => state));
    expect(new Set(states)).toEqual(new Set(['READY', 'UPLOADING']));
  });

  it('are whole where one of several ways to select them asks for more', async () => {
    const text = `fragment More on Downloadable { assets { createdAt } product { description } }
      { a: downloadables(filter: { productId: "${productId}" }) { nodes { product { id } assets { id } ...More } edges { node { assets { size } } } }
        b: downloadables(filter: { productId: "${productId}" }) { nodes { product { name } files: assets { fileName } } }
        c: downloadables(filter: { productId: "${productId}" }) { nodes { access { allowed } } edges { node { product { description } } } } }`;
    const { a, b, c } = await harness.admin.query<Record<'a' | 'b' | 'c', { nodes: Node[]; edges: { node: Node }[] }>>(text);
    expect(new Set(c.edges.map(({ node }) => node.product['description']))).toEqual(new Set(['A text']));
    const first = a.nodes.find(({ assets }) => assets.length > 2);
    expect(first?.assets.map(({ createdAt }) => typeof createdAt)).toEqual(first?.assets.map(() => 'string'));
    expect(new Set(a.nodes.map(({ product }) => product['description']))).toEqual(new Set(['A text']));
    expect(a.edges.map(({ node }) => node.assets.length)).toEqual(a.nodes.map(({ assets }) => assets.length));
    expect(b.nodes.map((node) => (node['files'] as readonly unknown[]).length)).toEqual(a.nodes.map(({ assets }) => assets.length));
  });

  it('are told apart also where a row lacks what every row should have', async () => {
    await harness.database.transaction((tx) => tx.execute("UPDATE asset SET external_size = NULL WHERE file_name LIKE 'c-linux%'"));
    const [brought, loaded] = [await ask(harness.admin, `assets { ${FILE} }`), await ask(harness.admin, `assets { ${FILE} createdAt }`)];
    expect(brought).toEqual(loaded.map((node) => ({ ...node, assets: node.assets.map((asset) => without(asset, 'createdAt')) })));
  });

  it('a count is there whether releases are, and is not asked for by nobody', async () => {
    const count = async (filter: string) =>
      (await harness.admin.query<{ downloadables: object }>(`{ downloadables(filter: { ${filter} }) { totalCount totalCountCapped } }`))
        .downloadables;
    expect(await count(`productId: "${productId}"`)).toEqual({ totalCount: 3, totalCountCapped: false });
    expect(await count('status: ARCHIVED')).toEqual({ totalCount: 0, totalCountCapped: false });
    const { downloadables } = await harness.admin.query<{ downloadables: { nodes: unknown[] } }>('{ downloadables { nodes { id } } }');
    expect(downloadables.nodes).toHaveLength(4);
  });

  it('releases bring every column that a field shows, whichever field is asked for alone', async () => {
    const [old, next] = [await makePublished(harness, { productId }), await makePublished(harness, { productId })];
    const withdrawal = { id: old.id, reason: 'It loses files.', replacementId: next.id };
    await harness.admin.run('withdrawDownloadable', withdrawal, 'downloadable { id }');
    // As an older replica leaves it.
    await harness.database.transaction((tx) => tx.execute('UPDATE downloadable SET ever_published_at = NULL WHERE id = ?', [next.id]));
    const fields = fieldsOfRelease();
    expect(fields.length).toBeGreaterThan(20);
    for (const client of [harness.admin, customer])
      for (const field of fields) {
        // Of a revision nothing is known before it is read: with it every release is whole.
        const whole = (await ask(client, `${field} revision { id }`)).map((node) => without(node, 'revision'));
        expect(await ask(client, field), field).toEqual(whole);
      }
  });
});
