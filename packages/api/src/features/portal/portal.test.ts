import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeDraft, makeFile, makeLicense, makeProduct, makePublished } from '../../testing/make.js';

const WHATS_NEW = `query($productId: ID!, $since: String!, $until: String, $channel: String, $first: Int, $after: String) {
  whatsNew(productId: $productId, since: $since, until: $until, channel: $channel, first: $first, after: $after) {
    since until securityFixCount withdrawnCount
    releases { nodes { version status changelogHtml } pageInfo { hasNextPage endCursor } totalCount }
  }
}`;

interface WhatsNewAnswer {
  whatsNew: {
    since: string;
    until: string;
    securityFixCount: number;
    withdrawnCount: number;
    releases: {
      nodes: { version: string; status: string; changelogHtml: string }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
      totalCount: number;
    };
  } | null;
}

interface HistoryAnswer {
  ownDownloads: { nodes: { version: string; fileName: string; byYou: boolean; byName: string | null; isCounted: boolean }[] };
  product: { lastDownload: { version: string } | null } | null;
}
const HISTORY = `query($id: ID!) {
  ownDownloads(productId: $id) { nodes { version fileName byYou byName isCounted downloadable { id } product { id } } }
  product(id: $id) { lastDownload { version at } }
}`;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the portal on $name', ({ start }) => {
  let harness: Harness;
  let productId: string;
  let latest: { id: string; file: { id: string; fileName: string } };

  beforeAll(async () => {
    harness = await start();
    productId = (await makeProduct(harness.admin)).id;
    const publish = (version: string, input: Record<string, unknown> = {}) =>
      makePublished(harness, { productId, version, changelog: `- Notes of ${version}`, releaseDate: '2026-01-05', ...input });
    await publish('1.0.0');
    await publish('1.1.0', { isSecurityFix: true });
    const bad = await publish('1.2.0', { isSecurityFix: true });
    await harness.admin.run('withdrawDownloadable', { id: bad.id, reason: 'It crashes.', severity: 'NORMAL' }, 'downloadable { id }');
    await publish('2.0.0-beta.1', { releaseDate: '2026-03-01' });
    latest = await publish('1.10.0', { releaseDate: '2026-02-01' });
    const hidden = await makeDraft(harness.admin, { productId, version: '1.5.0' });
    await makeFile(harness, hidden.id);
  });
  afterAll(() => harness.close());

  const whatsNew = async (client: Client, variables: Record<string, unknown>) =>
    (await client.query<WhatsNewAnswer>(WHATS_NEW, { productId, ...variables })).whatsNew;
  const download = ({ client }: { client: Client }, file = latest.file) =>
    client.run<{ download: { url: string } }>('createDownload', { assetId: file.id }, 'download { url }');

  it('what is new since a version is every release above it that customers see, in the order of versions, withdrawn ones told apart', async () => {
    const { client } = await makeLicense(harness, { productId });
    const news = await whatsNew(client, { since: '1.0' });
    expect(news).toMatchObject({ since: '1.0', until: '1.10.0', securityFixCount: 1, withdrawnCount: 1 });
    expect(news?.releases.nodes.map(({ version, status }) => [version, status])).toEqual([
      ['1.10.0', 'PUBLISHED'],
      ['1.2.0', 'WITHDRAWN'],
      ['1.1.0', 'PUBLISHED'],
    ]);
    expect(news?.releases.nodes[0]?.changelogHtml).toContain('Notes of 1.10.0');
    expect(news?.releases.totalCount).toBe(3);
  });

  it('what is new follows a channel, starts at versions that nobody published, ends where it is told to, and has pages', async () => {
    const tester = await makeLicense(harness, { productId, channels: ['beta'] });
    const versions = async (variables: Record<string, unknown>) =>
      (await whatsNew(tester.client, variables))?.releases.nodes.map(({ version }) => version);
    expect(await versions({ since: '1.1.0', channel: 'beta' })).toEqual(['2.0.0-beta.1', '1.10.0', '1.2.0']);
    expect(await versions({ since: '1.1.7', until: '1.3' })).toEqual(['1.2.0']);
    expect(await versions({ since: '3.0' })).toEqual([]);
    const first = await whatsNew(tester.client, { since: '0.1', first: 2 });
    expect(first?.releases.pageInfo.hasNextPage).toBe(true);
    expect(await versions({ since: '0.1', first: 2, after: first?.releases.pageInfo.endCursor })).toEqual(['1.1.0', '1.0.0']);
  });

  it('what is new is nothing for whoever does not see the product, and says what is wrong with what it is asked', async () => {
    expect(await whatsNew(harness.nobody, { since: '1.0' })).toBeNull();
    const { client } = await makeLicense(harness, { productId });
    for (const [variables, message] of [
      [{ since: 'yesterday' }, /version/],
      [{ since: '1.0', channel: 'nightly' }, /use one of stable, rc, beta, alpha/],
    ] as const) {
      const { errors } = await client.graphql(WHATS_NEW, { productId, ...variables });
      expect(errors).toMatchObject([{ message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  it('a customer finds the own downloads and the last one of a product; nobody finds those of others', async () => {
    const own = await makeLicense(harness, { productId });
    const person = await harness.makeUser('CUSTOMER', { customerId: own.customerId });
    await download(own);
    await download({ client: person });
    const byPerson = await person.query<HistoryAnswer>(HISTORY, { id: productId });
    expect(byPerson.product?.lastDownload?.version).toBe('1.10.0');
    expect(byPerson.ownDownloads.nodes).toMatchObject([
      { version: '1.10.0', fileName: latest.file.fileName, byYou: true, isCounted: false },
      { byYou: false, byName: null, isCounted: true },
    ]);
    const byKey = await own.client.query<HistoryAnswer>(HISTORY, { id: productId });
    expect(byKey.ownDownloads.nodes.map(({ byYou, byName }) => [byYou, byName])).toEqual([
      [false, null],
      [false, null],
    ]);
    const stranger = await makeLicense(harness, { productId });
    for (const client of [stranger.client, harness.admin]) {
      const none = await client.query<HistoryAnswer>(HISTORY, { id: productId });
      expect(none).toMatchObject({ ownDownloads: { nodes: [] }, product: { lastDownload: null } });
    }
  });

  it('the last download is remembered when the log has been cut', async () => {
    const own = await makeLicense(harness, { productId });
    await download(own);
    await harness.database.transaction((tx) => tx.execute('DELETE FROM download_event WHERE license_id = ?', [own.id]));
    const { product, ownDownloads } = await own.client.query<HistoryAnswer>(HISTORY, { id: productId });
    expect([product?.lastDownload?.version, ownDownloads.nodes]).toEqual(['1.10.0', []]);
  });

  it('whoever may follow a channel is offered its newest version; others are not', async () => {
    const tester = await makeLicense(harness, { productId, channels: ['beta'] });
    const usual = await makeLicense(harness, { productId });
    const ended = await makeLicense(harness, { productId, expiresAt: '2026-01-01T00:00:00Z' });
    const of = async (client: Client) => {
      const { product } = await client.query<{
        product: { openChannels: string[]; plain: { version: string } | null; beta: { version: string } | null };
      }>('query($id: ID!) { product(id: $id) { openChannels plain: offered { version } beta: offered(channel: "beta") { version } } }', {
        id: productId,
      });
      return [product.openChannels, product.plain?.version, product.beta?.version];
    };
    expect(await of(tester.client)).toEqual([['stable', 'rc', 'beta'], '1.10.0', '2.0.0-beta.1']);
    expect(await of(usual.client)).toEqual([['stable'], '1.10.0', '1.10.0']);
    expect(await of(ended.client)).toEqual([[], undefined, undefined]);
    const as = await harness.admin.query<{ product: { openChannelsAs: string[]; offeredAs: { version: string } } }>(
      'query($id: ID!, $as: ID!) { product(id: $id) { openChannelsAs(licenseId: $as) offeredAs(licenseId: $as, channel: "beta") { version } } }',
      { id: productId, as: tester.id },
    );
    expect(as.product).toEqual({ openChannelsAs: ['stable', 'rc', 'beta'], offeredAs: { version: '2.0.0-beta.1' } });
  });

  it('an open page hears of a release, a withdrawal, a download and a changed license, and of nothing else', async () => {
    const own = await makeLicense(harness, { productId, maxDownloads: 5 });
    const other = await makeLicense(harness, { productId });
    const ask = (etag: string | null, query = `?productId=${productId}&releaseId=${latest.id}`) =>
      own.client.fetch(`/api/v1/portal/state${query}`, { headers: etag === null ? {} : { 'if-none-match': etag } });
    let etag = '';
    const isChanged = async (): Promise<boolean> => {
      const reply = await ask(etag);
      expect([200, 304]).toContain(reply.status);
      etag = reply.headers.get('etag') ?? '';
      return reply.status === 200;
    };
    expect(await isChanged()).toBe(true);
    await harness.admin.run('suspendLicense', { id: other.id }, 'license { id }');
    await download(await makeLicense(harness, { productId }));
    expect(await isChanged()).toBe(false);
    await download(own);
    expect(await isChanged()).toBe(true);
    await harness.admin.run('suspendLicense', { id: own.id }, 'license { id }');
    expect(await isChanged()).toBe(true);
    await harness.admin.run('reinstateLicense', { id: own.id }, 'license { id }');
    expect(await isChanged()).toBe(true);
    const newer = await makePublished(harness, { productId, version: '1.11.0' });
    expect(await isChanged()).toBe(true);
    await harness.admin.run('withdrawDownloadable', { id: newer.id, reason: 'It crashes.', severity: 'NORMAL' }, 'downloadable { id }');
    expect(await isChanged()).toBe(true);
    expect(await isChanged()).toBe(false);
    const everything = await ask(null, '');
    expect(everything.status).toBe(200);
    expect((await ask(everything.headers.get('etag'), '')).status).toBe(304);
    expect((await harness.nobody.fetch(`/api/v1/portal/state?productId=${productId}`)).status).toBe(404);
  });

  it('a vendor tells what a product needs on each platform, and how to install it there', async () => {
    const notes = async (client: Client) =>
      (
        await client.query<{ product: { platformNotes: object[] } }>(
          'query($id: ID!) { product(id: $id) { platformNotes { platform requirements installNote } } }',
          { id: productId },
        )
      ).product.platformNotes;
    const write = (platformNotes: object[]) => harness.admin.mutate('updateProduct', { id: productId, platformNotes });
    await write([
      { platform: 'LINUX', requirements: ' Ubuntu 22.04, Debian 12 ' },
      { platform: 'WINDOWS', requirements: 'Windows 10 or newer', installNote: 'The publisher is Aurora Ltd.' },
      { platform: 'MACOS', requirements: ' ' },
    ]);
    const { client } = await makeLicense(harness, { productId });
    expect(await notes(client)).toEqual([
      { platform: 'WINDOWS', requirements: 'Windows 10 or newer', installNote: 'The publisher is Aurora Ltd.' },
      { platform: 'LINUX', requirements: 'Ubuntu 22.04, Debian 12', installNote: null },
    ]);
    const { userErrors } = await write([{ platform: 'LINUX', requirements: 'x'.repeat(201) }]);
    expect(userErrors).toMatchObject([{ field: 'platformNotes', message: expect.stringContaining('Linux') }]);
    expect(await notes(client)).toHaveLength(2);
    await harness.admin.run('updateProduct', { id: productId, name: 'Another name' }, 'product { id }');
    expect(await notes(client)).toHaveLength(2);
    await write([]);
    expect(await notes(client)).toEqual([]);
  });
});
