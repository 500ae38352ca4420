import { expect } from 'vitest';
import type { Harness } from '../../../testing/harness.js';
import { makeFile, makeLicense, makePublished, type MadeFile } from '../../../testing/make.js';

interface Shown {
  readonly id: string;
  readonly version: string;
  readonly status: string;
  readonly name: string | null;
  readonly channel: string;
  readonly lockVersion: number;
  readonly revision: { readonly number: number };
  readonly draftRevision: { readonly number: number; readonly name: string | null } | null;
  readonly revisions: readonly { readonly number: number }[];
  readonly assets: readonly { readonly id: string; readonly fileName: string }[];
}

const SHOWN = `id version status name channel lockVersion revision { number } draftRevision { number name } revisions { number } assets { id fileName }`;

/** What tests of revisions do and look at. @param harness the one that runs when it is asked */
export function revisionsOf(harness: () => Harness) {
  const show = async (id: string, client = harness().admin): Promise<Shown> => {
    const { downloadable } = await client.query<{ downloadable: Shown }>(`query($id: ID!) { downloadable(id: $id) { ${SHOWN} } }`, { id });
    return downloadable;
  };
  const change = async (name: string, input: Record<string, unknown>): Promise<Shown> =>
    (await harness().admin.run<{ downloadable: Shown }>(name, input, `downloadable { ${SHOWN} }`)).downloadable;
  const draftAssets = async (id: string): Promise<readonly { id: string; fileName: string; sha256: string }[]> => {
    const { downloadable } = await harness().admin.query<{ downloadable: { draftRevision: { assets: never[] } } }>(
      'query($id: ID!) { downloadable(id: $id) { draftRevision { assets { id fileName sha256 } } } }',
      { id },
    );
    return downloadable.draftRevision.assets;
  };
  const bytesOf = async (file: { id: string; fileName: string }, client = harness().admin): Promise<Buffer> => {
    const permalink = await client.fetch(`/d/${file.id}/${file.fileName}`);
    expect(permalink.status).toBe(302);
    return Buffer.from(await (await fetch(permalink.headers.get('location') ?? '')).arrayBuffer());
  };
  const objects = async (): Promise<number> =>
    Number((await harness().database.query<{ total: number }>('SELECT COUNT(*) AS total FROM stored_object'))[0]?.total);

  /** A published release with a license holder, revised: its one file replaced and its name changed, not yet published. */
  const makeRevised = async (): Promise<{ id: string; old: MadeFile; next: MadeFile; holder: Awaited<ReturnType<typeof makeLicense>> }> => {
    const release = await makePublished(harness());
    const holder = await makeLicense(harness(), { productId: release.productId });
    const { lockVersion } = await change('reviseDownloadable', { id: release.id });
    await change('updateDownloadable', { id: release.id, lockVersion, name: 'Second edition' });
    for (const asset of await draftAssets(release.id)) await harness().admin.run('removeAsset', { id: asset.id }, 'downloadable { id }');
    const next = await makeFile(harness(), release.id, { fileName: release.file.fileName });
    return { id: release.id, old: release.file, next, holder };
  };

  return { show, change, draftAssets, bytesOf, objects, makeRevised };
}
