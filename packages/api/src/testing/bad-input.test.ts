import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from './harness.js';
import { makeCustomer, makeDraft, makeFile, makeLicense, makeProduct, makePublished, makeToken, uploadInParts } from './make.js';

const MISSING = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const PAST = '2020-01-01T00:00:00Z';

/** What every set-up of this suite has at hand. */
interface World {
  readonly productId: string;
  readonly semverId: string;
  readonly draftId: string;
  readonly lockVersion: number;
  readonly emptyId: string;
  readonly publishedId: string;
  readonly customerId: string;
  readonly licenseId: string;
}

type Case = [what: string, mutation: string, input: (world: World) => Record<string, unknown>, code: string, field: string | null];

const REFUSALS: readonly Case[] = [
  ['an invalid version', 'createDownloadable', (w) => ({ productId: w.productId, version: '1' }), 'VERSION_INVALID', 'version'],
  ['an empty version', 'createDownloadable', (w) => ({ productId: w.productId, version: '' }), 'VERSION_INVALID', 'version'],
  [
    'a version of 101 characters',
    'createDownloadable',
    (w) => ({ productId: w.productId, version: `1.0-${'a'.repeat(97)}` }),
    'VERSION_TOO_LONG',
    'version',
  ],
  ['a taken version', 'createDownloadable', (w) => ({ productId: w.productId, version: 'v5.0.0.0' }), 'VERSION_TAKEN', 'version'],
  [
    'a version outside the scheme',
    'createDownloadable',
    (w) => ({ productId: w.semverId, version: '1.2' }),
    'VERSION_SCHEME_MISMATCH',
    'version',
  ],
  [
    'a contradicting channel',
    'createDownloadable',
    (w) => ({ productId: w.productId, version: '6.0-beta.1', channel: 'rc' }),
    'CHANNEL_MISMATCH',
    'channel',
  ],
  [
    'an unknown channel',
    'createDownloadable',
    (w) => ({ productId: w.productId, version: '6.0', channel: 'nightly' }),
    'CHANNEL_UNKNOWN',
    'channel',
  ],
  [
    'a suffix that needs a choice',
    'createDownloadable',
    (w) => ({ productId: w.productId, version: '6.0-preview' }),
    'CHANNEL_REQUIRED',
    'channel',
  ],
  [
    'a changelog of 64,001 characters',
    'createDownloadable',
    (w) => ({ productId: w.productId, version: '6.0', changelog: 'x'.repeat(64_001) }),
    'TOO_LONG',
    'changelog',
  ],
  [
    'a stale edit',
    'updateDownloadable',
    (w) => ({ id: w.draftId, lockVersion: w.lockVersion + 7, name: 'x' }),
    'EDIT_CONFLICT',
    'lockVersion',
  ],
  [
    'an edit of a published release',
    'updateDownloadable',
    (w) => ({ id: w.publishedId, lockVersion: 2, name: 'x' }),
    'REVISION_FROZEN',
    null,
  ],
  ['publish without files', 'publishDownloadable', (w) => ({ id: w.emptyId }), 'NO_ASSETS', 'assets'],
  ['publish of a published release', 'publishDownloadable', (w) => ({ id: w.publishedId }), 'TRANSITION_NOT_ALLOWED', null],
  ['unpublish of a draft', 'unpublishDownloadable', (w) => ({ id: w.draftId }), 'TRANSITION_NOT_ALLOWED', null],
  [
    'a delete with another version',
    'deleteDownloadable',
    (w) => ({ id: w.draftId, confirmVersion: '0.0' }),
    'CONFIRMATION_MISMATCH',
    'confirmVersion',
  ],
  [
    'a bad file name',
    'createUpload',
    (w) => ({ downloadableId: w.draftId, fileName: '../setup.exe', size: 10 }),
    'FILE_NAME_INVALID',
    'fileName',
  ],
  [
    'a file name with a blank',
    'createUpload',
    (w) => ({ downloadableId: w.draftId, fileName: 'my app.exe', size: 10 }),
    'FILE_NAME_INVALID',
    'fileName',
  ],
  [
    'an oversized file',
    'createUpload',
    (w) => ({ downloadableId: w.draftId, fileName: 'big.iso', size: 3_000_000_000 }),
    'FILE_TOO_LARGE',
    'size',
  ],
  ['an empty file', 'createUpload', (w) => ({ downloadableId: w.draftId, fileName: 'empty.txt', size: 0 }), 'FILE_EMPTY', 'size'],
  [
    'a bad checksum',
    'createUpload',
    (w) => ({ downloadableId: w.draftId, fileName: 'a.exe', size: 5, sha256: 'xyz' }),
    'CHECKSUM_INVALID',
    'sha256',
  ],
  [
    'a taken file name',
    'createUpload',
    (w) => ({ downloadableId: w.draftId, fileName: 'THERE.exe', size: 5 }),
    'FILE_NAME_TAKEN',
    'fileName',
  ],
  ['a product without a name', 'createProduct', () => ({ name: ' ' }), 'NAME_REQUIRED', 'name'],
  ['a bad slug', 'createProduct', () => ({ name: 'x', slug: 'Not A Slug' }), 'SLUG_INVALID', 'slug'],
  ['a taken slug', 'createProduct', () => ({ name: 'x', slug: 'taken' }), 'SLUG_TAKEN', 'slug'],
  ['channels without stable', 'createProduct', () => ({ name: 'x', channels: [{ name: 'beta' }] }), 'CHANNEL_STABLE_MISSING', 'channels'],
  ['a channel that is in use', 'updateProduct', (w) => ({ id: w.productId, channels: [{ name: 'stable' }] }), 'CHANNEL_IN_USE', 'channels'],
  ['a bad e-mail address', 'createCustomer', () => ({ name: 'x', email: 'nobody' }), 'EMAIL_INVALID', 'email'],
  ['a taken e-mail address', 'createCustomer', () => ({ name: 'x', email: 'TAKEN@customer.example' }), 'EMAIL_TAKEN', 'email'],
  [
    'a license that ends before it starts',
    'createLicense',
    (w) => ({ customerId: w.customerId, productId: w.productId, startsAt: '2026-02-01T00:00:00Z', expiresAt: PAST }),
    'DATE_INVALID',
    'expiresAt',
  ],
  [
    'a bad version range',
    'createLicense',
    (w) => ({ customerId: w.customerId, productId: w.productId, versionRange: '^1.0' }),
    'RANGE_INVALID',
    'versionRange',
  ],
  [
    'an unknown channel in a license',
    'createLicense',
    (w) => ({ customerId: w.customerId, productId: w.productId, channels: ['nightly'] }),
    'CHANNEL_UNKNOWN',
    'channels',
  ],
  [
    'a download limit of 0',
    'createLicense',
    (w) => ({ customerId: w.customerId, productId: w.productId, maxDownloads: 0 }),
    'VALUE_INVALID',
    'maxDownloads',
  ],
  [
    'a short license key',
    'createLicense',
    (w) => ({ customerId: w.customerId, productId: w.productId, key: 'abc' }),
    'LICENSE_KEY_INVALID',
    'key',
  ],
  ['reinstating a license in force', 'reinstateLicense', (w) => ({ id: w.licenseId }), 'TRANSITION_NOT_ALLOWED', null],
  [
    'a token that has expired already',
    'createApiToken',
    () => ({ name: 'x', scopes: ['release:read'], expiresAt: PAST }),
    'DATE_INVALID',
    'expiresAt',
  ],
  [
    'a token without scopes',
    'createApiToken',
    () => ({ name: 'x', scopes: ['everything'], expiresAt: new Date(Date.now() + 1e7).toISOString() }),
    'SCOPE_INVALID',
    'scopes',
  ],
  ['a wrong password', 'signIn', () => ({ email: 'taken@customer.example', password: 'wrong password' }), 'SIGN_IN_FAILED', 'password'],
  ['an unknown license key', 'signIn', () => ({ licenseKey: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE' }), 'LICENSE_KEY_INVALID', 'licenseKey'],
];

const FAULTS: readonly [what: string, mutation: string, input: Record<string, unknown>, code: string][] = [
  ['an unknown product', 'createDownloadable', { productId: MISSING, version: '1.0' }, 'NOT_FOUND'],
  ['an unknown downloadable', 'publishDownloadable', { id: MISSING }, 'NOT_FOUND'],
  ['an unknown upload', 'completeUpload', { uploadId: MISSING }, 'NOT_FOUND'],
  ['an unknown asset', 'removeAsset', { id: MISSING }, 'NOT_FOUND'],
  ['a date that is none', 'createDownloadable', { productId: MISSING, version: '1.0', releaseDate: '2026-02-30' }, 'BAD_USER_INPUT'],
  ['a field that is none', 'createProduct', { name: 'x', color: 'red' }, 'BAD_USER_INPUT'],
];

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
    const tables = ['product', 'downloadable', 'revision', 'asset', 'stored_object', 'customer', 'license', 'api_token', 'job'];
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
    expect(errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 900 });
  });
});
