import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Downloadable } from '../../features/downloadables/downloadable.entity.js';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { makeDraft, makeFile, makeLicense, makeProduct, makePublished } from '../make.js';
import { judgedFirst } from './judged-first.js';

/** PROMISES.md, row 2: 1,000 rounds in `pnpm prove`, fewer in every test run. */
const ROUNDS = process.env['PROVE'] ? 1_000 : 15;
const PARALLEL = 100;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('races on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  it('of 100 requests that create the same version exactly one wins and the others are told', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const attempts = await Promise.all(
      Array.from({ length: PARALLEL }, (_, index) =>
        harness.admin.mutate<{ downloadable: { id: string } | null }>(
          'createDownloadable',
          { productId, version: index % 2 === 0 ? '2.0' : 'v2.0.0' },
          'downloadable { id }',
        ),
      ),
    );
    expect(attempts.filter((attempt) => attempt.downloadable !== null)).toHaveLength(1);
    const refused = attempts.filter((attempt) => attempt.downloadable === null);
    expect(new Set(refused.map((attempt) => attempt.userErrors[0]?.code))).toEqual(new Set(['VERSION_TAKEN']));
  });

  it('of 100 requests with one idempotency key one has an effect and all answer with it', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const input = { productId, version: '1.0', idempotencyKey: 'the-same-key' };
    const replies = await Promise.all(
      Array.from({ length: PARALLEL }, () =>
        harness.admin.mutate<{ downloadable: { id: string } | null }>('createDownloadable', input, 'downloadable { id }'),
      ),
    );
    const ids = new Set(replies.map((reply) => reply.downloadable?.id));
    expect(replies.every((reply) => reply.userErrors.length === 0 || reply.userErrors[0]?.code === 'IDEMPOTENCY_IN_PROGRESS')).toBe(true);
    ids.delete(undefined);
    expect(ids.size).toBe(1);
    const [row] = await harness.database.query<{ total: number }>('SELECT COUNT(*) AS total FROM downloadable WHERE product_id = ?', [
      productId,
    ]);
    expect(Number(row?.total)).toBe(1);
  });

  it('the same idempotency key with other input is refused', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    await harness.admin.run('createDownloadable', { productId, version: '1.0', idempotencyKey: 'another-key' }, 'downloadable { id }');
    const reply = await harness.admin.mutate(
      'createDownloadable',
      { productId, version: '1.1', idempotencyKey: 'another-key' },
      'downloadable { id }',
    );
    expect(reply.userErrors[0]?.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('of two edits that were opened at the same time one is refused, and no edit is lost', async () => {
    const draft = await makeDraft(harness.admin);
    for (let round = 0, lockVersion = draft.lockVersion; round < ROUNDS; round += 1) {
      const edits = await Promise.all(
        ['left', 'right'].map((side) =>
          harness.admin.mutate<{ downloadable: { lockVersion: number; name: string } | null }>(
            'updateDownloadable',
            { id: draft.id, lockVersion, name: `${side} ${round}` },
            'downloadable { lockVersion name }',
          ),
        ),
      );
      const won = edits.filter((edit) => edit.downloadable !== null);
      expect(won).toHaveLength(1);
      expect(edits.find((edit) => edit.downloadable === null)?.userErrors[0]?.code).toBe('EDIT_CONFLICT');
      const row = await harness.database.read.findOneByOrFail(Downloadable, { id: draft.id });
      expect(row.name).toBe(won[0]?.downloadable?.name);
      lockVersion = row.lockVersion;
    }
  });

  it('publish against edit against delete leaves a whole release or none', { timeout: ROUNDS * 3_000 + 60_000 }, async () => {
    const { id: productId } = await makeProduct(harness.admin);
    for (let round = 0; round < ROUNDS; round += 1) {
      const version = `1.${round}`;
      const draft = await makeDraft(harness.admin, { productId, version });
      const file = await makeFile(harness, draft.id);
      await Promise.all([
        harness.admin.graphql('mutation($i: PublishDownloadableInput!) { publishDownloadable(input: $i) { userErrors { code } } }', {
          i: { id: draft.id },
        }),
        harness.admin.graphql('mutation($i: UpdateDownloadableInput!) { updateDownloadable(input: $i) { userErrors { code } } }', {
          i: { id: draft.id, lockVersion: draft.lockVersion, changelog: 'edited' },
        }),
        harness.admin.graphql('mutation($i: RemoveAssetInput!) { removeAsset(input: $i) { userErrors { code } } }', { i: { id: file.id } }),
        ...(round % 2 === 0
          ? [
              harness.admin.graphql('mutation($i: DeleteDownloadableInput!) { deleteDownloadable(input: $i) { userErrors { code } } }', {
                i: { id: draft.id, confirmVersion: version },
              }),
            ]
          : []),
      ]);
      await expectWhole(harness, draft.id);
    }
    await expectCountersRight(harness);
  });

  it('a license with one download left gives it to one of many who ask at once', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const releases: Awaited<ReturnType<typeof makePublished>>[] = [];
    for (let index = 0; index < 8; index += 1) releases.push(await makePublished(harness, { productId, version: `1.${index}` }));
    const license = await makeLicense(harness, { productId, maxDownloads: 1 });
    const answers = await judgedFirst(harness, { judge: 'decide', count: releases.length }, () =>
      Promise.all(releases.map((release) => license.client.fetch(`/d/${release.file.id}/${release.file.fileName}`))),
    );
    expect(answers.filter((answer) => answer.status === 302)).toHaveLength(1);
    const refused = await Promise.all(
      answers.filter((answer) => answer.status !== 302).map((answer) => answer.json() as Promise<{ code: string }>),
    );
    expect(new Set(refused.map((problem) => problem.code))).toEqual(new Set(['DOWNLOAD_LIMIT']));
  });
});

/** Published means: frozen, with all its files READY. A draft may be empty. Deleted means nothing is left. */
async function expectWhole(harness: Harness, id: string): Promise<void> {
  const row = await harness.database.read.findOneBy(Downloadable, { id });
  const revisions = await harness.database.query<{ id: string; frozen_at: unknown }>(
    'SELECT id, frozen_at FROM revision WHERE downloadable_id = ?',
    [id],
  );
  if (!row) {
    expect(revisions).toEqual([]);
    return;
  }
  const [files] = await harness.database.query<{ total: number; ready: number }>(
    `SELECT COUNT(*) AS total, SUM(CASE WHEN o.state = 'READY' THEN 1 ELSE 0 END) AS ready
     FROM revision r JOIN asset a ON a.revision_id = r.id JOIN stored_object o ON o.id = a.stored_object_id WHERE r.downloadable_id = ?`,
    [id],
  );
  expect(row.assetCount).toBe(Number(files?.total));
  if (row.status !== 'PUBLISHED') return;
  expect(row.liveRevisionId).not.toBeNull();
  expect(revisions[0]?.frozen_at).not.toBeNull();
  expect(Number(files?.total)).toBeGreaterThan(0);
  expect(Number(files?.ready)).toBe(Number(files?.total));
}

async function expectCountersRight(harness: Harness): Promise<void> {
  const counted = await harness.database.query<{ product_id: string; status: string; total: number }>(
    `SELECT product_id, status, total FROM downloadable_counter WHERE product_id <> '' AND total <> 0 ORDER BY product_id, status`,
  );
  const real = await harness.database.query<{ product_id: string; status: string; total: number }>(
    'SELECT product_id, status, COUNT(*) AS total FROM downloadable GROUP BY product_id, status ORDER BY product_id, status',
  );
  const plain = (rows: typeof counted) => rows.map((row) => [row.product_id, row.status, Number(row.total)]);
  expect(plain(counted)).toEqual(plain(real));
}
