import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeShareLink } from '../../../testing/make-share-link.js';
import { makeDraft, makeFile, makeLicense, makePublished, makeToken, type MadeFile } from '../../../testing/make.js';

const SHOWN = `id version status lockVersion revision { id number name } draftRevision { id number name assets { fileName } }
  revisions { id number undoneAt purgedAt withdrawnAt withdrawReason withdrawSeverity } assets { id fileName }`;
interface ShownRevision {
  readonly id: string;
  readonly number: number;
  readonly name: string | null;
  readonly purgedAt: string | null;
}
interface Shown {
  readonly id: string;
  readonly version: string;
  readonly lockVersion: number;
  readonly revision: ShownRevision;
  readonly draftRevision: (ShownRevision & { readonly assets: readonly { fileName: string }[] }) | null;
  readonly revisions: readonly ShownRevision[];
  readonly assets: readonly { id: string; fileName: string }[];
}

/** A release with two published revisions: each has a file of its own, and both have one in common. */
interface TwoRevisions {
  readonly id: string;
  readonly version: string;
  readonly first: { readonly id: string; readonly own: MadeFile; readonly common: MadeFile };
  readonly second: { readonly id: string; readonly own: MadeFile };
  readonly early: Client;
  readonly late: Client;
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('one bad revision on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const show = async (id: string, client: Client = harness.admin): Promise<Shown> =>
    (await client.query<{ downloadable: Shown }>(`query($id: ID!) { downloadable(id: $id) { ${SHOWN} } }`, { id })).downloadable;
  const change = async (mutation: string, input: Record<string, unknown>): Promise<Shown> =>
    (await harness.admin.run<{ downloadable: Shown }>(mutation, input, `downloadable { ${SHOWN} }`)).downloadable;
  const codesOf = async (mutation: string, input: Record<string, unknown>, client: Client = harness.admin) =>
    (await client.mutate(mutation, input)).userErrors.map(({ code }) => code);
  const get = (client: Client, { id, fileName }: MadeFile) => client.fetch(`/d/${id}/${fileName}`);
  const statusOf = async (client: Client, file: MadeFile): Promise<number> => (await get(client, file)).status;
  const objectsOf = async (files: readonly MadeFile[]): Promise<string[]> => {
    const marks = files.map(() => '?').join(', ');
    const rows = await harness.database.query<{ object_key: string }>(
      `SELECT object_key FROM stored_object WHERE id IN (SELECT stored_object_id FROM asset WHERE id IN (${marks})) ORDER BY object_key`,
      files.map(({ id }) => id),
    );
    return rows.map(({ object_key }) => object_key);
  };

  const makeTwo = async (): Promise<TwoRevisions> => {
    const draft = await makeDraft(harness.admin);
    const own = await makeFile(harness, draft.id, { fileName: 'leaky.exe' });
    const common = await makeFile(harness, draft.id, { fileName: 'manual.pdf' });
    const { revision: first } = await change('publishDownloadable', { id: draft.id });
    const [early, late] = [
      await makeLicense(harness, { productId: draft.productId }),
      await makeLicense(harness, { productId: draft.productId }),
    ];
    expect(await statusOf(early.client, own)).toBe(302);
    const { lockVersion } = await change('reviseDownloadable', { id: draft.id });
    await change('updateDownloadable', { id: draft.id, lockVersion, name: 'Second edition' });
    const opened = await harness.admin.query<{ downloadable: { draftRevision: { assets: { id: string; fileName: string }[] } } }>(
      'query($id: ID!) { downloadable(id: $id) { draftRevision { assets { id fileName } } } }',
      { id: draft.id },
    );
    const copied = opened.downloadable.draftRevision.assets.find(({ fileName }) => fileName === own.fileName);
    await harness.admin.run('removeAsset', { id: copied?.id }, 'downloadable { id }');
    const next = await makeFile(harness, draft.id, { fileName: 'clean.exe' });
    const { revision: second, version } = await change('publishDownloadable', { id: draft.id });
    return {
      id: draft.id,
      version,
      first: { id: first.id, own, common },
      second: { id: second.id, own: next },
      early: early.client,
      late: late.client,
    };
  };

  it.each([
    ['NORMAL', 302],
    ['SECURITY', 410],
  ])('withdrawn with severity %s answers %i to who had its file, 410 to others, and names the live one', async (severity, again) => {
    const two = await makeTwo();
    await change('withdrawRevision', { revisionId: two.first.id, reason: 'It contains a key.', severity });
    expect(await statusOf(two.early, two.first.own)).toBe(again);
    const refused = await get(two.late, two.first.own);
    expect(refused.status).toBe(410);
    expect(await refused.json()).toMatchObject({
      code: 'RELEASE_WITHDRAWN',
      detail: `This file was withdrawn (It contains a key); get the newer files of version ${two.version} instead.`,
      params: { replacementId: two.id, scope: 'REVISION' },
    });
    expect(await statusOf(two.late, two.second.own)).toBe(302);
    expect((await show(two.id, two.late)).revisions).toMatchObject([{ number: 2 }, { number: 1, withdrawReason: 'It contains a key.' }]);
  });

  it('stays closed for security also when the whole release is withdrawn for less', async () => {
    const two = await makeTwo();
    await change('withdrawRevision', { revisionId: two.first.id, reason: 'It contains a key.', severity: 'SECURITY' });
    await change('withdrawDownloadable', { id: two.id, reason: 'It is old.' });
    expect(await statusOf(two.early, two.first.own)).toBe(410);
  });

  it('withdrawn again gets another reason and severity, and stays as it is when they are the same', async () => {
    const two = await makeTwo();
    const input = { revisionId: two.first.id, reason: 'It contains a key.' };
    const first = await change('withdrawRevision', input);
    expect(await change('withdrawRevision', input)).toEqual(first);
    expect((await change('withdrawRevision', { ...input, severity: 'SECURITY' })).revisions[1]).toMatchObject({
      withdrawReason: 'It contains a key.',
      withdrawSeverity: 'SECURITY',
    });
    expect(await statusOf(two.early, two.first.own)).toBe(410);
  });

  it('purged loses its files and their bytes, except bytes that another revision has, and says which', async () => {
    const two = await makeTwo();
    const [leaky] = await objectsOf([two.first.own]);
    const [manual] = await objectsOf([two.first.common]);
    const { keptFileNames } = await harness.admin.run<{ keptFileNames: string[] }>(
      'purgeRevision',
      { revisionId: two.first.id, confirmVersion: two.version },
      'keptFileNames',
    );
    expect(keptFileNames).toEqual(['manual.pdf']);
    await harness.settle();
    expect(await harness.store.findSize(leaky ?? '')).toBeNull();
    expect(await harness.store.findSize(manual ?? '')).not.toBeNull();
    for (const client of [two.early, two.late]) expect(await statusOf(client, two.first.own)).toBe(404);
    expect(await statusOf(two.late, two.second.own)).toBe(302);
    expect((await show(two.id, two.late)).revisions.map(({ number }) => number)).toEqual([2]);
    expect((await show(two.id)).revisions[1]?.purgedAt).not.toBeNull();
    const again = { revisionId: two.first.id, confirmVersion: two.version };
    expect(await harness.admin.run('purgeRevision', again, 'keptFileNames')).toMatchObject({ keptFileNames: ['manual.pdf'] });
  });

  it('undone gives way to the one before; its content is the open draft, and its links are hidden', async () => {
    const two = await makeTwo();
    const input = { id: two.id, revisionId: two.second.id };
    const undone = await change('undoPublish', input);
    expect(undone).toMatchObject({
      revision: { number: 1 },
      draftRevision: { number: 3, name: 'Second edition' },
      assets: [{ fileName: 'leaky.exe' }, { fileName: 'manual.pdf' }],
    });
    expect(undone.draftRevision?.assets.map(({ fileName }) => fileName)).toEqual(['manual.pdf', 'clean.exe']);
    expect(await change('undoPublish', input)).toEqual(undone);
    expect(await statusOf(two.late, two.second.own)).toBe(404);
    expect(await statusOf(two.late, two.first.own)).toBe(302);
    expect(await statusOf(harness.admin, two.second.own)).toBe(302);
    const seen = await two.late.query('query($id: ID!) { asset(id: $id) { id } }', { id: two.second.own.id });
    expect(seen).toEqual({ asset: null });
    expect((await show(two.id, two.late)).revisions.map(({ number }) => number)).toEqual([1]);
    await change('publishDownloadable', { id: two.id, lockVersion: undone.lockVersion });
    expect(await show(two.id, two.late)).toMatchObject({ revision: { number: 3, name: 'Second edition' } });
    expect(await statusOf(two.late, two.second.own)).toBe(404);
  });

  it.each([['an undone revision'], ['one that was withdrawn for security, too']])(
    'a share link never hands out the files of %s by its draft: it opens the live revision until another draft is opened',
    async (which) => {
      const two = await makeTwo();
      const { token } = await makeShareLink(harness.admin, { downloadableId: two.id });
      const shared = async (name: string): Promise<number> => (await harness.nobody.fetch(`/s/${token}/${name}`)).status;
      expect(await shared('clean.exe')).toBe(302);
      await change('undoPublish', { id: two.id, revisionId: two.second.id });
      if (which !== 'an undone revision')
        await change('withdrawRevision', { revisionId: two.second.id, reason: 'It contains a key.', severity: 'SECURITY' });
      expect([await shared('clean.exe'), await shared('leaky.exe'), await shared('manual.pdf')]).toEqual([404, 302, 302]);
      harness.clock.advance({ seconds: 1 });
      await change('discardRevision', { id: two.id });
      await change('reviseDownloadable', { id: two.id });
      const added = await makeFile(harness, two.id, { fileName: 'next.exe' });
      expect([await shared(added.fileName), await shared('clean.exe')]).toEqual([302, 404]);
    },
  );

  it('what cannot be done is refused, and changes nothing', async () => {
    const two = await makeTwo();
    const before = await show(two.id);
    const reason = 'Bad.';
    expect(await codesOf('withdrawRevision', { revisionId: two.second.id, reason })).toEqual(['REVISION_LIVE']);
    expect(await codesOf('withdrawRevision', { revisionId: two.first.id, reason: ' ' })).toEqual(['REASON_REQUIRED']);
    expect(await codesOf('purgeRevision', { revisionId: two.second.id, confirmVersion: two.version })).toEqual(['REVISION_LIVE']);
    expect(await codesOf('purgeRevision', { revisionId: two.first.id, confirmVersion: '0' })).toEqual(['CONFIRMATION_MISMATCH']);
    expect(await codesOf('undoPublish', { id: two.id, revisionId: two.first.id })).toEqual(['REVISION_NOT_LIVE']);
    expect(await show(two.id)).toEqual(before);
    const only = await makePublished(harness);
    const { revision } = await show(only.id);
    expect(await codesOf('undoPublish', { id: only.id, revisionId: revision.id })).toEqual(['REVISION_NOT_ALLOWED']);
    const { draftRevision } = await change('reviseDownloadable', { id: two.id });
    expect(await codesOf('withdrawRevision', { revisionId: draftRevision?.id, reason })).toEqual(['REVISION_NOT_ALLOWED']);
    const { userErrors } = await harness.admin.mutate('undoPublish', { id: two.id, revisionId: two.second.id });
    expect(userErrors).toMatchObject([
      {
        code: 'REVISION_NOT_ALLOWED',
        message: 'A draft revision is open, and this would open another: publish or discard the open one first.',
      },
    ]);
    await change('discardRevision', { id: two.id });
    await change('withdrawRevision', { revisionId: two.first.id, reason });
    expect(await codesOf('undoPublish', { id: two.id, revisionId: two.second.id })).toEqual(['REVISION_NOT_ALLOWED']);
  });

  it('is out of reach for who may not publish, and for a token of another product', async () => {
    const two = await makeTwo();
    const other = await makePublished(harness);
    const writer = await makeToken(harness.admin, { scopes: ['release:read', 'release:write'] });
    const stranger = await makeToken(harness.admin, { scopes: ['release:read', 'release:publish'], productId: other.productId });
    const inputs = {
      withdrawRevision: { revisionId: two.first.id, reason: 'Bad.' },
      purgeRevision: { revisionId: two.first.id, confirmVersion: two.version },
      undoPublish: { id: two.id, revisionId: two.second.id },
    };
    for (const [mutation, input] of Object.entries(inputs)) {
      const query = `mutation($input: ${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { userErrors { code } } }`;
      expect((await writer.graphql(query, { input })).errors[0]?.extensions.code, mutation).toBe('FORBIDDEN');
      expect((await stranger.graphql(query, { input })).errors[0]?.extensions.code, mutation).toBe('NOT_FOUND');
      expect((await two.late.graphql(query, { input })).errors[0]?.extensions.code, mutation).toMatch(/FORBIDDEN|UNAUTHENTICATED/);
    }
  });
});
