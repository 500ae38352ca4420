import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makeLicense, makeMachineKey, makeProduct, type MadeFile } from '../../../testing/make.js';

interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly offered?: readonly string[];
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('stable addresses on $name', ({ start }) => {
  let harness: Harness;
  let product: { id: string; slug: string };
  const files = new Map<string, MadeFile>();

  /** Publishes a version with files of these names. */
  const publish = async (productId: string, version: string, { names, ...input }: { names: string[] } & Record<string, unknown>) => {
    const draft = await makeDraft(harness.admin, { productId, version, ...input });
    for (const fileName of names) files.set(fileName, await makeFile(harness, draft.id, { fileName }));
    await harness.admin.run('publishDownloadable', { id: draft.id }, 'downloadable { id }');
    return draft.id;
  };

  beforeAll(async () => {
    harness = await start();
    product = await makeProduct(harness.admin, { name: 'Aurora Studio', slug: 'aurora' });
    await publish(product.id, '1.0', { names: ['a-1.0-windows-x64.exe', 'a-1.0-linux-arm64.deb'], releaseDate: '2024-01-01' });
    const names = [
      'a-2.0-windows-x64.exe',
      'a-2.0-windows-arm64.exe',
      'a-2.0-linux-x64.deb',
      'a-2.0-macos-x64.dmg',
      'a-2.0-macos-arm64.dmg',
    ];
    await publish(product.id, '2.0', { names: [...names, 'a-2.0-windows-x64.exe.sig', 'a-2.0-manual.pdf'], releaseDate: '2025-01-01' });
    await publish(product.id, '2.1-beta.1', {
      names: ['a-2.1b-windows-x64.exe', 'a-2.1b-symbols-linux-x64.zip'],
      releaseDate: '2025-02-01',
    });
    await makeDraft(harness.admin, { productId: product.id, version: '3.0' });
  });
  afterAll(() => harness.close());

  const problemOf = async (client: Client, path: string): Promise<[number, Problem]> => {
    const reply = await client.fetch(path);
    return [reply.status, (await reply.json()) as Problem];
  };
  /** The file that an address leads to, by what HEAD says. */
  const fileOf = async (client: Client, path: string): Promise<string> => {
    const reply = await client.fetch(path, { method: 'HEAD' });
    return reply.ok ? (/filename="(.*)"/.exec(reply.headers.get('content-disposition') ?? '')?.[1] ?? '') : String(reply.status);
  };

  it.each([
    ['stable/windows', 'a-2.0-windows-x64.exe'],
    ['stable/win32', 'a-2.0-windows-x64.exe'],
    ['stable/win32-arm64', 'a-2.0-windows-arm64.exe'],
    ['stable/windows-x86', '404'],
    ['stable/darwin', 'a-2.0-macos-x64.dmg'],
    ['stable/macos-apple-silicon', 'a-2.0-macos-arm64.dmg'],
    ['stable/linux', 'a-2.0-linux-x64.deb'],
    // What the newest has not, the newest that has it.
    ['stable/linux-arm64', 'a-1.0-linux-arm64.deb'],
    ['beta/windows', 'a-2.1b-windows-x64.exe'],
    // A channel has what it includes; symbols are no download.
    ['beta/linux', 'a-2.0-linux-x64.deb'],
    ['stable/android', '404'],
  ])('%s leads to %s', async (path, fileName) => {
    const { client } = await makeLicense(harness, { productId: product.id, channels: ['beta'] });
    expect(await fileOf(client, `/download/aurora/${path}`)).toBe(fileName);
  });

  it('answers as the permalink does: HEAD by itself, GET by one redirect to the bytes, kept by nobody', async () => {
    const { client, key } = await makeLicense(harness, { productId: product.id });
    const file = files.get('a-2.0-linux-x64.deb');
    const address = '/download/aurora/stable/linux-x64';
    for (const method of ['HEAD', 'GET']) {
      const [stable, permalink] = await Promise.all(
        [address, `/d/${file?.id}/${file?.fileName}`].map((path) => client.fetch(path, { method })),
      );
      expect(stable?.status).toBe(method === 'HEAD' ? 200 : 302);
      for (const name of [
        'content-disposition',
        'cache-control',
        'etag',
        'content-length',
        'accept-ranges',
        'repr-digest',
        'referrer-policy',
      ])
        expect([name, stable?.headers.get(name)]).toEqual([name, permalink?.headers.get(name)]);
      expect(stable?.headers.get('cache-control')).toBe('no-store');
      expect(stable?.headers.get('x-version')).toBe('2.0');
      expect(stable?.headers.get('x-latest-version')).toBe('2.0');
      expect(stable?.headers.get('x-latest-version-access')).toBeNull();
    }
    const signed = (await client.fetch(address)).headers.get('location') ?? '';
    expect(Buffer.from(await (await fetch(signed)).arrayBuffer())).toEqual(file?.bytes);
    for (const headers of [{ authorization: `License ${key}` }, { 'x-license-key': key }, { authorization: `Basic ${btoa(`x:${key}`)}` }])
      expect((await harness.nobody.fetch(address, { headers })).status).toBe(302);
    expect((await harness.nobody.fetch(`${address}?key=${key}`)).status).toBe(302);
  });

  it('serves the newest that the license covers, and says that there is a newer one and why it is not theirs', async () => {
    const { client } = await makeLicense(harness, { productId: product.id, updatesUntil: '2024-06-30' });
    const reply = await client.fetch('/download/aurora/stable/windows');
    expect([reply.status, reply.headers.get('content-disposition')]).toEqual([302, 'attachment; filename="a-1.0-windows-x64.exe"']);
    expect(['x-version', 'x-latest-version', 'x-latest-version-access'].map((name) => reply.headers.get(name))).toEqual([
      '1.0',
      '2.0',
      'UPDATES_EXPIRED',
    ]);
    const latest = (await (await client.fetch('/download/aurora/stable/latest.json')).json()) as { version: string; newer: object };
    expect([latest.version, latest.newer]).toMatchObject(['1.0', { version: '2.0', code: 'UPDATES_EXPIRED' }]);
  });

  it('passes releases that no index tells apart: of a range with a gap the newest that is in it is served', async () => {
    const { client } = await makeLicense(harness, { productId: product.id, versionRange: '<2.0 || >=9' });
    expect(await fileOf(client, '/download/aurora/stable/windows')).toBe('a-1.0-windows-x64.exe');
  });

  it('refuses as the newest file does, when no release is theirs', async () => {
    const license = await makeLicense(harness, { productId: product.id });
    await harness.admin.run('suspendLicense', { id: license.id }, 'license { id }');
    for (const path of ['windows', 'latest.json'])
      expect(await problemOf(license.client, `/download/aurora/stable/${path}`)).toMatchObject([403, { code: 'LICENSE_SUSPENDED' }]);
    const page = await license.client.fetch('/download/aurora/stable/windows', { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('location')]).toEqual([
      303,
      `/portal/refused?code=LICENSE_SUSPENDED&asset=${files.get('a-2.0-windows-x64.exe')?.id}`,
    ]);
  });

  it('a license whose downloads are used up still gets what it got today', async () => {
    const { client } = await makeLicense(harness, { productId: product.id, maxDownloads: 1 });
    const get = async (target: string) => (await client.fetch(`/download/aurora/stable/${target}`)).status;
    expect([await get('windows'), await get('linux'), await get('windows')]).toEqual([302, 403, 302]);
  });

  it('an address that leads nowhere says what there is to this caller', async () => {
    const { client, customerId } = await makeLicense(harness, { productId: product.id });
    const machine = (await makeMachineKey(harness.admin, { customerId })).client;
    for (const caller of [client, machine]) {
      expect(await problemOf(caller, '/download/aurora/nightly/windows')).toMatchObject([
        404,
        { code: 'NOT_FOUND', detail: 'Aurora Studio has no channel "nightly": choose stable, rc, beta or alpha.' },
      ]);
      expect(await problemOf(caller, '/download/aurora/stable/beos')).toMatchObject([
        404,
        { offered: ['linux-x64', 'macos-arm64', 'macos-x64', 'windows-arm64', 'windows-x64'] },
      ]);
      expect((await problemOf(caller, '/download/aurora/stable/android'))[1].detail).toBe(
        'Aurora Studio has nothing for Android in the newest 100 releases on stable: choose linux-x64, macos-arm64, macos-x64, windows-arm64 or windows-x64.',
      );
      expect(await problemOf(caller, '/download/aurorra/stable/windows')).toMatchObject([
        404,
        { detail: 'There is no product "aurorra" for you: choose aurora.', offered: ['aurora'] },
      ]);
    }
  });

  it('a hidden product answers like a missing one, and strangers are asked who they are', async () => {
    const hidden = await makeProduct(harness.admin, { slug: 'hidden-one' });
    await publish(hidden.id, '1.0', { names: ['hidden-linux-x64.deb'] });
    const { client } = await makeLicense(harness, { productId: product.id });
    const same = async (caller: Client, tail: string) => {
      const [there, missing] = [
        await problemOf(caller, `/download/hidden-one/${tail}`),
        await problemOf(caller, `/download/missing-one/${tail}`),
      ];
      const strip = ([status, { detail, ...rest }]: [number, Problem]) => [
        status,
        detail.replace(/hidden|missing/, ''),
        { ...rest, title: '', requestId: '' },
      ];
      expect(strip(there)).toEqual(strip(missing));
      return there[0];
    };
    for (const tail of ['stable/linux', 'stable/latest.json', 'nightly/linux']) {
      expect(await same(client, tail)).toBe(404);
      expect(await same(harness.nobody, tail)).toBe(401);
      expect(await same(new Client(harness.baseUrl, { authorization: 'License WRONG-KEY-0000001' }), tail)).toBe(403);
    }
  });

  it('of an open product everybody gets the newest stable release, whatever betas lie above it', async () => {
    const open = await makeProduct(harness.admin, { slug: 'open-tool', distribution: 'OPEN' });
    await publish(open.id, '1.0', { names: ['tool-1.0-linux-x64.tar.gz'] });
    await publish(open.id, '1.1-beta.1', { names: ['tool-1.1-linux-x64.tar.gz'] });
    for (const channel of ['stable', 'beta'])
      expect(await fileOf(harness.nobody, `/download/open-tool/${channel}/linux`)).toBe('tool-1.0-linux-x64.tar.gz');
    const counted = async () => (await harness.database.query('SELECT id FROM download_event WHERE product_id = ?', [open.id])).length;
    await harness.nobody.fetch('/download/open-tool/stable/linux');
    expect(await counted()).toBe(1);
  });

  it('latest.json has the newest release with its files, their digests and stable addresses', async () => {
    const { client } = await makeLicense(harness, { productId: product.id, platforms: ['WINDOWS'] });
    const reply = await client.fetch('/download/aurora/stable/latest.json');
    expect(reply.headers.get('cache-control')).toBe('private, no-cache');
    const latest = (await reply.json()) as { files: Record<string, unknown>[] };
    expect(latest).toMatchObject({
      product: 'aurora',
      version: '2.0',
      channel: 'stable',
      releaseDate: '2025-01-01',
      changelog: '',
      newer: null,
    });
    const address = (path: string) => `${harness.baseUrl}/download/aurora/stable/${path}`;
    const one = files.get('a-2.0-windows-x64.exe');
    expect(latest.files.map(({ fileName, stableUrl }) => [fileName, stableUrl])).toEqual([
      ['a-2.0-windows-x64.exe', address('windows-x64')],
      ['a-2.0-windows-arm64.exe', address('windows-arm64')],
      ['a-2.0-windows-x64.exe.sig', null],
      ['a-2.0-manual.pdf', null],
    ]);
    expect(latest.files[0]).toMatchObject({
      url: `${harness.baseUrl}/d/${one?.id}/${one?.fileName}`,
      size: one?.bytes.length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      sha512: expect.stringMatching(/^[0-9a-f]{128}$/),
      platform: 'WINDOWS',
      architecture: 'X64',
      type: 'INSTALLER',
    });
  });

  it('latest.json is not sent again to whoever has it, and varies by who asks', async () => {
    const [beta, stable] = [
      await makeLicense(harness, { productId: product.id, channels: ['beta'] }),
      await makeLicense(harness, { productId: product.id }),
    ];
    const ask = (client: Client, etag = '') => client.fetch('/download/aurora/beta/latest.json', { headers: { 'if-none-match': etag } });
    const [first, other] = [await ask(beta.client), await ask(stable.client)];
    expect(first.headers.get('vary')).toContain('Authorization');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    expect(other.headers.get('etag')).not.toBe(etag);
    for (const known of [etag, `"x", W/${etag}`]) expect((await ask(beta.client, known)).status).toBe(304);
    expect((await ask(stable.client, etag)).status).toBe(200);
    const id = await publish(product.id, '2.1-beta.2', { names: ['a-2.1b2-windows-x64.exe'] });
    expect((await ask(beta.client, etag)).status).toBe(200);
    await harness.admin.run('withdrawDownloadable', { id, reason: 'A test.' }, 'downloadable { id }');
    expect((await ask(beta.client, etag)).status).toBe(304);
  });
});
