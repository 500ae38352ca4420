import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../client.js';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { makeDraft, makeFile, makeLicense, makePublished, makeToken, uploadInParts } from '../make.js';

interface Shown {
  readonly version: string;
  readonly name: string | null;
  readonly channel: string;
  readonly changelog: string;
  readonly releaseDate: string | null;
  readonly assets: readonly {
    id: string;
    fileName: string;
    size: number;
    sha256: string;
    sha512: string;
    type: string;
    platform: string;
    architecture: string | null;
  }[];
}

const EXTERNAL = { fileName: 'external.zip', url: 'https://downloads.vendor.example/external.zip', size: 5_000, sha256: 'a'.repeat(64) };
const SHOWN =
  'version name channel changelog releaseDate assets { id fileName size sha256 sha512 type platform architecture external externalUrl }';

async function show(client: Client, id: string): Promise<Shown> {
  const { downloadable } = await client.query<{ downloadable: Shown }>(`query($id: ID!) { downloadable(id: $id) { ${SHOWN} } }`, { id });
  return downloadable;
}

async function download(client: Client, assetId: string, fileName: string): Promise<Buffer> {
  const redirect = await client.fetch(`/d/${assetId}/${fileName}`);
  return Buffer.from(await (await fetch(redirect.headers.get('location') ?? '')).arrayBuffer());
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('a published revision on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  it('is not changed by any mutation of any role', async () => {
    const draft = await makeDraft(harness.admin, { changelog: 'as published' });
    const release = { ...draft, file: await makeFile(harness, draft.id) };
    const input = { ...EXTERNAL, downloadableId: draft.id };
    const { asset: external } = await harness.admin.run<{ asset: { id: string } }>('addExternalAsset', input, 'asset { id }');
    await harness.admin.run('publishDownloadable', { id: draft.id }, 'downloadable { id }');
    const before = await show(harness.admin, release.id);
    const token = await makeToken(harness.admin, { scopes: ['release:read', 'release:write', 'release:publish'] });
    const people = [harness.admin, await harness.makeUser('PUBLISHER'), await harness.makeUser('SUPPORT'), token];
    const attempts: [string, Record<string, unknown>][] = [
      ['updateDownloadable', { id: release.id, lockVersion: 2, changelog: 'changed', name: 'changed', channel: 'beta', version: '9.9' }],
      ['updateDownloadable', { id: release.id, lockVersion: 3, releaseDate: '2001-01-01' }],
      ['createUpload', { downloadableId: release.id, fileName: 'more.exe', size: 10 }],
      ['createUpload', { downloadableId: release.id, fileName: release.file.fileName, size: 10, replace: true }],
      ['updateAssets', { downloadableId: release.id, ids: [release.file.id], platform: 'LINUX' }],
      ['reorderAssets', { downloadableId: release.id, assetIds: [external.id, release.file.id] }],
      ['addExternalAsset', { downloadableId: release.id, fileName: 'more.exe', url: EXTERNAL.url, size: 10 }],
      ...[release.file.id, external.id].flatMap((id): [string, Record<string, unknown>][] => [
        ['updateAsset', { id, type: 'OTHER', platform: 'LINUX' }],
        ['removeAsset', { id }],
      ]),
    ];
    for (const person of people) {
      for (const [name, input] of attempts) {
        const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
        const reply = await person.graphql<Record<string, { userErrors: { code: string }[] }>>(
          `mutation($input: ${type}!) { ${name}(input: $input) { userErrors { code } } }`,
          { input },
        );
        const code = reply.errors[0]?.extensions.code ?? reply.data?.[name]?.userErrors[0]?.code;
        expect(['REVISION_FROZEN', 'FORBIDDEN'], `${name} answered ${code}`).toContain(code);
      }
      const form = new FormData();
      form.set('file', new Blob(['other bytes']), 'x');
      for (const fileName of [release.file.fileName, EXTERNAL.fileName]) {
        for (const body of ['other bytes', form]) {
          const put = await person.fetch(`/api/v1/downloadables/${release.id}/files/${fileName}`, { method: 'PUT', body });
          expect([403, 409]).toContain(put.status);
        }
      }
    }
    expect(await show(harness.admin, release.id)).toEqual(before);
    expect((await download(harness.admin, release.file.id, release.file.fileName)).equals(release.file.bytes)).toBe(true);
  });

  it('keeps its bytes when a part URL of its draft is used again after the publish', async () => {
    const draft = await makeDraft(harness.admin);
    const bytes = Buffer.alloc(300_000, 'a');
    const input = { downloadableId: draft.id, fileName: 'setup.exe', size: bytes.length };
    const { upload } = await harness.admin.run<{ upload: { id: string; asset: { id: string } } }>(
      'createUpload',
      input,
      'upload { id asset { id } }',
    );
    const { parts } = await harness.admin.run<{ parts: { url: string }[] }>(
      'signUploadParts',
      { uploadId: upload.id, partNumbers: [1] },
      'parts { url }',
    );
    const url = parts[0]?.url ?? '';
    expect((await fetch(url, { method: 'PUT', body: new Uint8Array(bytes) })).ok).toBe(true);
    await harness.admin.run('completeUpload', { uploadId: upload.id }, 'asset { state }');
    await harness.settle();
    await harness.admin.run('publishDownloadable', { id: draft.id }, 'downloadable { status }');
    const replay = await fetch(url, { method: 'PUT', body: new Uint8Array(Buffer.alloc(300_000, 'b')) });
    expect(replay.ok).toBe(false);
    expect((await download(harness.admin, upload.asset.id, 'setup.exe')).equals(bytes)).toBe(true);
  });

  it('stays what it was through revising, editing the draft, discarding and publishing the next', async () => {
    const release = await makePublished(harness, { changelog: 'as published' });
    const { admin } = harness;
    const ofFirst = async () => {
      const { downloadable } = await admin.query<{ downloadable: { revisions: { number: number }[] } }>(
        `query($id: ID!) { downloadable(id: $id) { revisions { number name channel changelog releaseDate frozenAt
          assets { id fileName size sha256 sha512 type platform architecture } } } }`,
        { id: release.id },
      );
      return downloadable.revisions.find((revision) => revision.number === 1);
    };
    const before = await ofFirst();
    for (const end of ['discardRevision', 'publishDownloadable']) {
      const revised = await admin.run<{ downloadable: { lockVersion: number; draftRevision: { assets: { id: string }[] } } }>(
        'reviseDownloadable',
        { id: release.id },
        'downloadable { lockVersion draftRevision { assets { id } } }',
      );
      const edit = { id: release.id, lockVersion: revised.downloadable.lockVersion, changelog: 'rewritten', name: 'other' };
      await admin.run('updateDownloadable', edit, 'downloadable { id }');
      for (const asset of revised.downloadable.draftRevision.assets) {
        await admin.run('updateAsset', { id: asset.id, type: 'OTHER' }, 'asset { id }');
        await admin.run('removeAsset', { id: asset.id }, 'downloadable { id }');
      }
      await makeFile(harness, release.id, { fileName: release.file.fileName });
      await admin.run(end, { id: release.id }, 'downloadable { id }');
      await harness.settle();
      expect(await ofFirst()).toEqual(before);
      expect((await download(admin, release.file.id, release.file.fileName)).equals(release.file.bytes)).toBe(true);
    }
  });

  it('stays the same through unpublish and publish', async () => {
    const release = await makePublished(harness);
    const holder = await makeLicense(harness, { productId: release.productId });
    await download(holder.client, release.file.id, release.file.fileName);
    const before = await show(harness.admin, release.id);
    await harness.admin.run('unpublishDownloadable', { id: release.id }, 'downloadable { status }');
    const edit = await harness.admin.mutate(
      'updateDownloadable',
      { id: release.id, lockVersion: 3, changelog: 'changed' },
      'downloadable { id }',
    );
    expect(edit.userErrors[0]?.code).toBe('REVISION_FROZEN');
    await harness.admin.run('publishDownloadable', { id: release.id }, 'downloadable { status }');
    expect(await show(harness.admin, release.id)).toEqual(before);
  });

  it('shows the digests of the bytes that customers get', async () => {
    const draft = await makeDraft(harness.admin);
    const bytes = Buffer.alloc(9_500_000, 'digest');
    const id = await uploadInParts(harness.admin, { downloadableId: draft.id, fileName: 'app.dmg', bytes });
    await harness.settle();
    const { assets } = await show(harness.admin, draft.id);
    const received = await download(harness.admin, id, 'app.dmg');
    expect(assets[0]).toMatchObject({
      size: received.length,
      sha256: createHash('sha256').update(received).digest('hex'),
      sha512: createHash('sha512').update(received).digest('hex'),
    });
  });
});
