import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makeFile, makeLicense, makeProduct, makePublished, makeToken } from '../../../testing/make.js';

const SHOWN = 'id version status lockVersion draftRevision { id } revision { number } withdrawal { reason severity replacement { id } }';
interface Shown {
  readonly id: string;
  readonly status: string;
  readonly lockVersion: number;
  readonly revision: { number: number };
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('a CI job that runs twice on $name', ({ start }) => {
  let harness: Harness;
  let token: Client;

  beforeAll(async () => {
    harness = await start();
    token = await makeToken(harness.admin, {
      scopes: ['release:read', 'release:write', 'release:publish', 'license:read', 'license:write'],
    });
  });
  afterAll(() => harness.close());

  const change = async (mutation: string, input: object): Promise<Shown> =>
    (await token.run<{ downloadable: Shown }>(mutation, { ...input }, `downloadable { ${SHOWN} }`)).downloadable;
  const errorsOf = async (mutation: string, input: object) => {
    const query = `mutation($input: ${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!) { outcome: ${mutation}(input: $input) { userErrors { code message field params } } }`;
    return (await token.query<{ outcome: { userErrors: unknown[] } }>(query, { input })).outcome.userErrors;
  };
  const auditCount = async (id: string): Promise<number> =>
    (await harness.database.query('SELECT id FROM audit_event WHERE subject_id = ?', [id])).length;
  const makeReady = async (): Promise<{ id: string; productId: string; version: string }> => {
    const draft = await makeDraft(harness.admin);
    await makeFile(harness, draft.id);
    return draft;
  };

  it('finds that each change of a release is done already, and changes nothing again', async () => {
    const { id } = await makeReady();
    const steps = ['publishDownloadable', 'archiveDownloadable', 'restoreDownloadable', 'unpublishDownloadable'];
    for (const mutation of steps) {
      const first = await change(mutation, { id });
      const written = await auditCount(id);
      expect(await change(mutation, { id }), mutation).toEqual(first);
      expect(await auditCount(id), mutation).toBe(written);
    }
  });

  it('finds that a license is suspended, reinstated or revoked already; another reason is kept', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const { id } = await makeLicense(harness, { productId });
    for (const [mutation, status] of [
      ['suspendLicense', 'SUSPENDED'],
      ['reinstateLicense', 'ACTIVE'],
      ['revokeLicense', 'REVOKED'],
    ] as const) {
      const input = mutation === 'reinstateLicense' ? { id } : { id, reason: 'Invoice 17' };
      const first = await token.run(mutation, input, 'license { status statusReason updatedAt }');
      expect(first).toMatchObject({ license: { status } });
      const written = await auditCount(id);
      expect(await token.run(mutation, { id }, 'license { status statusReason updatedAt }')).toEqual(first);
      expect(await auditCount(id)).toBe(written);
    }
    expect(await token.run('revokeLicense', { id, reason: 'Chargeback' }, 'license { statusReason }')).toMatchObject({
      license: { statusReason: 'Chargeback' },
    });
  });

  it('never publishes a revision that was opened since, unless it names what it saw', async () => {
    const { id } = await makeReady();
    const published = await change('publishDownloadable', { id, idempotencyKey: 'run 1' });
    const { lockVersion } = await change('reviseDownloadable', { id });
    expect(await errorsOf('publishDownloadable', { id })).toMatchObject([
      { code: 'REVISION_OPENED_SINCE', field: 'lockVersion', params: { lockVersion } },
    ]);
    expect(await errorsOf('publishDownloadable', { id, lockVersion: published.lockVersion })).toMatchObject([{ code: 'EDIT_CONFLICT' }]);
    expect(await change('publishDownloadable', { id, idempotencyKey: 'run 1' })).toMatchObject({ revision: { number: 1 } });
    expect(await change('publishDownloadable', { id, lockVersion })).toMatchObject({ revision: { number: 2 } });
    expect(await change('publishDownloadable', { id, lockVersion })).toMatchObject({ revision: { number: 2 } });
  });

  it('means the same with a lockVersion that it has read anew: what was seen is no part of what is asked', async () => {
    const { id } = await makeReady();
    const first = await change('publishDownloadable', { id, lockVersion: 1, idempotencyKey: 'reads the lock anew' });
    expect(
      await errorsOf('publishDownloadable', {
        id,
        lockVersion: 1,
        publishAt: '2100-01-01T00:00:00.000Z',
        idempotencyKey: 'reads the lock anew',
      }),
    ).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    for (const lockVersion of [first.lockVersion, null, undefined])
      expect(await change('publishDownloadable', { id, lockVersion, idempotencyKey: 'reads the lock anew' })).toEqual(first);
  });

  it('with the key of a publish that was taken back publishes nothing, and is told the status as it is', async () => {
    const { id } = await makeReady();
    const input = { id, idempotencyKey: 'unpublished since' };
    expect(await change('publishDownloadable', input)).toMatchObject({ status: 'PUBLISHED' });
    const now = await change('unpublishDownloadable', { id });
    const written = await auditCount(id);
    expect(await change('publishDownloadable', input)).toEqual({ ...now, status: 'DRAFT' });
    expect(await auditCount(id)).toBe(written);
  });

  it('is told what has the version that it wants', async () => {
    const { id, productId, version } = await makePublished(harness);
    const { id: other } = await makeDraft(harness.admin, { productId });
    const taken = [{ code: 'VERSION_TAKEN', field: 'version', params: { downloadableId: id, version, status: 'PUBLISHED' } }];
    expect(await errorsOf('createDownloadable', { productId, version: `v${version}` })).toMatchObject(taken);
    expect(await errorsOf('copyDownloadable', { id: other, version })).toMatchObject(taken);
    expect(await errorsOf('updateDownloadable', { id: other, lockVersion: 1, version })).toMatchObject(taken);
  });

  it('is told where only the build is new, and which number is free', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    for (const version of ['1.2.3', '1.2.3.5', '2.0.0-beta.2']) await change('createDownloadable', { productId, version });
    const refusal = (version: string) => errorsOf('createDownloadable', { productId, version });
    const free = (suggestion: string) => [
      {
        code: 'VERSION_TAKEN',
        field: 'version',
        params: { suggestion },
        message: expect.stringContaining(`only in its +build, which does not count: use ${suggestion}.`),
      },
    ];
    expect(await refusal('1.2.3+5')).toMatchObject(free('1.2.3.6'));
    expect(await refusal('v1.2.3+linux')).toMatchObject(free('v1.2.3.1'));
    expect(await refusal('2.0.0-beta.2+build.7')).toMatchObject(free('2.0.0-beta.2.7'));
    expect(await refusal('v1.2.3')).not.toMatchObject([{ params: { suggestion: expect.anything() } }]);
    expect(await change('createDownloadable', { productId, version: '1.2.3.6' })).toMatchObject({ version: '1.2.3.6' });
  });

  it('is told the spelling that fits, as a value of its own', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    expect(await errorsOf('createDownloadable', { productId, version: '1.2.3rc1' })).toMatchObject([
      { code: 'VERSION_INVALID', field: 'version', params: { suggestion: '1.2.3-rc.1' } },
    ]);
  });

  it('is told that what its key once made has been deleted', async () => {
    const { id: productId } = await makeProduct(harness.admin);
    const input = { productId, version: '9.9.1', idempotencyKey: 'deleted since' };
    const made = await change('createDownloadable', input);
    await harness.admin.run('deleteDownloadable', { id: made.id, confirmVersion: '9.9.1' }, 'deletedId');
    expect(await errorsOf('createDownloadable', input)).toMatchObject([{ code: 'IDEMPOTENCY_RESULT_DELETED', field: 'idempotencyKey' }]);
    expect(await change('createDownloadable', { ...input, idempotencyKey: 'another' })).toMatchObject({ version: '9.9.1' });
  });

  it('withdraws again only to change the reason, the severity or the replacement', async () => {
    const release = await makePublished(harness);
    const other = await makePublished(harness, { productId: release.productId });
    const withdraw = (input: object) => change('withdrawDownloadable', { id: release.id, ...input });
    const first = await withdraw({ reason: 'It loses data.', severity: 'SECURITY', replacementId: other.id });
    const written = await auditCount(release.id);
    expect(await withdraw({ reason: ' It loses data. ' })).toEqual(first);
    expect(await auditCount(release.id)).toBe(written);
    expect(await withdraw({ reason: 'It loses settings.', severity: 'NORMAL' })).toMatchObject({
      withdrawal: { reason: 'It loses settings.', severity: 'NORMAL', replacement: { id: other.id } },
    });
    expect(await withdraw({ reason: 'It loses settings.', replacementId: null })).toMatchObject({ withdrawal: { replacement: null } });
    expect(await auditCount(release.id)).toBe(written + 2);
  });

  // The last one: an idle session has ended when the time has come.
  it('finds a release scheduled for the same time, and published once the time has come', async () => {
    const { id } = await makeReady();
    const publishAt = new Date(Date.now() + 3_600_000).toISOString();
    const first = await change('publishDownloadable', { id, publishAt });
    expect(first.status).toBe('SCHEDULED');
    expect(await change('publishDownloadable', { id, publishAt })).toEqual(first);
    expect(await errorsOf('publishDownloadable', { id, publishAt: new Date(Date.now() + 7_200_000).toISOString() })).toMatchObject([
      { code: 'TRANSITION_NOT_ALLOWED' },
    ]);
    await change('publishDownloadable', { id });
    expect(await errorsOf('publishDownloadable', { id, publishAt })).toMatchObject([{ code: 'TRANSITION_NOT_ALLOWED' }]);
    harness.clock.advance({ hours: 2 });
    expect(await change('publishDownloadable', { id, publishAt })).toMatchObject({ status: 'PUBLISHED' });
  });

  it('means the same for 24 hours, and for nobody else, and for nothing else', async () => {
    const expiresAt = new Date(harness.clock.now().getTime() + 10 * 86_400_000).toISOString();
    const admin = await harness.makeUser('ADMIN');
    const [mine, other] = [
      await makeToken(admin, { scopes: ['release:read', 'release:write', 'product:write'], expiresAt }),
      await makeToken(admin, { scopes: ['release:read', 'release:write'], expiresAt }),
    ];
    const { id: productId } = await makeProduct(admin);
    const ask = async (client: Client): Promise<unknown> => {
      const input = { productId, version: '1.0', idempotencyKey: 'of a day' };
      const { downloadable, userErrors } = await client.mutate<{ downloadable: object | null }>(
        'createDownloadable',
        input,
        'downloadable { id }',
      );
      return downloadable ?? userErrors[0]?.code;
    };
    const made = await ask(mine);
    expect(made).toMatchObject({ id: expect.any(String) });
    expect(await ask(other)).toBe('VERSION_TAKEN');
    expect((await mine.mutate('createProduct', { name: 'Any', idempotencyKey: 'of a day' })).userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_REUSED' },
    ]);
    harness.clock.advance({ hours: 23.9 });
    expect(await ask(mine)).toEqual(made);
    harness.clock.advance({ hours: 0.2 });
    expect(await ask(mine)).toBe('VERSION_TAKEN');
  });
});
