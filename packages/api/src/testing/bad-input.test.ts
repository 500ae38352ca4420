import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULTS, REFUSALS, type World } from './bad-input.cases.js';
import { TEST_SETUPS, type Harness } from './harness.js';
import { makeCustomer, makeDraft, makeFile, makeLicense, makeProduct, makePublished, makeToken, uploadInParts } from './make.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('bad input on $name', ({ start }) => {
  let harness: Harness;
  let world: World;

  beforeAll(async () => {
    harness = await start();
    const { admin } = harness;
    const productId = (await makeProduct(admin, { slug: 'taken' })).id;
    const draft = await makeDraft(admin, { productId, version: '5.0' });
    await makeFile(harness, draft.id, { fileName: 'there.exe' });
    await makeDraft(admin, { productId, version: '5.1-beta.1' });
    const customerId = (await makeCustomer(admin, { email: 'taken@customer.example' })).id;
    world = {
      productId,
      semverId: (await makeProduct(admin, { versionScheme: 'SEMVER' })).id,
      draftId: draft.id,
      lockVersion: draft.lockVersion,
      emptyId: (await makeDraft(admin, { productId, version: '5.2' })).id,
      publishedId: (await makePublished(harness, { productId, version: '4.0' })).id,
      customerId,
      licenseId: (await makeLicense(harness, { productId, customerId })).id,
    };
  });
  afterAll(() => harness.close());

  const rowsOf = async (): Promise<string> => {
    const tables = [
      'product',
      'downloadable',
      'revision',
      'asset',
      'stored_object',
      'customer',
      'license',
      'api_token',
      'share_link',
      'job',
    ];
    const counts = await Promise.all(
      tables.map((table) => harness.database.query<{ total: number }>(`SELECT COUNT(*) AS total FROM ${table}`)),
    );
    return tables.map((table, index) => `${table} ${Number(counts[index]?.[0]?.total)}`).join(', ');
  };

  it.each(REFUSALS)(
    '%s is refused by its code, at its field, in one sentence, and leaves no row',
    async (_what, mutation, input, code, field) => {
      const before = await rowsOf();
      const { userErrors } = await harness.admin.mutate(mutation, input(world));
      expect(userErrors[0]).toMatchObject({ code, field });
      expect(userErrors[0]?.message).toMatch(/^[A-Z"“].{20,}[.!]$/s);
      expect(await rowsOf()).toBe(before);
    },
  );

  it.each(FAULTS)('%s is an error with a code and a request id', async (_what, mutation, input, code) => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const { errors } = await harness.admin.graphql(`mutation($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`, {
      input,
    });
    expect(errors[0]?.extensions.code).toBe(code);
    expect(errors[0]?.extensions.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.stringify(errors)).not.toMatch(/node_modules|SELECT|at .*\.ts/);
  });

  it.each([
    ['my%20app.exe', 'hello', 422, 'FILE_NAME_INVALID'],
    ['..%2Fapp.exe', 'hello', 422, 'FILE_NAME_INVALID'],
    ['app.exe', '', 422, 'FILE_EMPTY'],
  ])('curl -T of %s is refused with problem+json and leaves nothing', async (fileName, body, status, code) => {
    const token = await makeToken(harness.admin, { scopes: ['release:read', 'release:write'] });
    const before = await rowsOf();
    const response = await token.fetch(`/api/v1/downloadables/${world.draftId}/files/${fileName}`, { method: 'PUT', body });
    expect({ status: response.status, type: response.headers.get('content-type') }).toEqual({
      status,
      type: 'application/problem+json; charset=utf-8',
    });
    expect(await response.json()).toMatchObject({ code, requestId: expect.any(String) });
    await harness.settle();
    expect((await rowsOf()).replace(/job \d+/, '')).toBe(before.replace(/job \d+/, ''));
  });

  it('completing an upload whose parts are missing names the first one, and the upload stays open', async () => {
    const draft = await makeDraft(harness.admin);
    const { upload } = await harness.admin.run<{ upload: { id: string } }>(
      'createUpload',
      { downloadableId: draft.id, fileName: 'a.exe', size: 20_000_000 },
      'upload { id }',
    );
    const { userErrors } = await harness.admin.mutate('completeUpload', { uploadId: upload.id });
    expect(userErrors).toMatchObject([{ code: 'UPLOAD_INCOMPLETE', message: expect.stringContaining('Part 1 of 3') }]);
    const { parts } = await harness.admin.run<{ parts: object[] }>(
      'signUploadParts',
      { uploadId: upload.id, partNumbers: [1] },
      'parts { url }',
    );
    expect(parts).toHaveLength(1);
  });

  it('a draft of an archived product is not published', async () => {
    const draft = await makeDraft(harness.admin);
    await makeFile(harness, draft.id);
    await harness.admin.run('archiveProduct', { id: draft.productId }, 'product { id }');
    const { userErrors } = await harness.admin.mutate('publishDownloadable', { id: draft.id });
    expect(userErrors[0]?.code).toBe('PRODUCT_ARCHIVED');
  });

  it('a release that waits for its files publishes itself when the last one is READY', async () => {
    const draft = await makeDraft(harness.admin, { publish: true });
    const bytes = Buffer.from('the only file');
    await uploadInParts(harness.admin, { downloadableId: draft.id, fileName: 'only.exe', bytes });
    await harness.settle();
    const { downloadable } = await harness.admin.query<{ downloadable: { status: string; publishWhenReady: boolean } }>(
      'query($id: ID!) { downloadable(id: $id) { status publishWhenReady } }',
      { id: draft.id },
    );
    expect(downloadable).toEqual({ status: 'PUBLISHED', publishWhenReady: false });
  });

  it('an aborted upload leaves neither file nor object', async () => {
    const draft = await makeDraft(harness.admin);
    const { upload } = await harness.admin.run<{ upload: { id: string } }>(
      'createUpload',
      { downloadableId: draft.id, fileName: 'a.exe', size: 100 },
      'upload { id }',
    );
    await harness.admin.run('abortUpload', { uploadId: upload.id }, 'abortedId');
    await harness.settle();
    expect(await harness.database.query('SELECT id FROM stored_object WHERE id = ?', [upload.id])).toEqual([]);
  });

  it('after ten failures an account is told to wait, whatever the password', async () => {
    const guess = (password: string) =>
      harness.nobody.graphql('mutation($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }', {
        input: { email: 'guessed@customer.example', password },
      });
    const replies = [];
    for (let attempt = 0; attempt < 30; attempt += 1) replies.push(await guess(`guess ${attempt}`));
    expect(replies.filter((reply) => reply.errors.length === 0).length).toBeLessThanOrEqual(10);
    const { errors } = await guess('one more');
    expect(errors[0]?.extensions.code).toBe('RATE_LIMITED');
    expect(Number(errors[0]?.extensions['retryAfterSeconds'])).toBeGreaterThan(800);
  });
});
