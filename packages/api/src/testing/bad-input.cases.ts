const MISSING = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const PAST = '2020-01-01T00:00:00Z';

/** What every set-up of this suite has at hand. */
export interface World {
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

/** Input that a rule refuses: its mutation, its code and its field. */
export const REFUSALS: readonly Case[] = [
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
    (w) => ({ productId: w.productId, version: '6.0-nightly' }),
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
  ['restoring a draft', 'restoreDownloadable', (w) => ({ id: w.draftId }), 'TRANSITION_NOT_ALLOWED', null],
  [
    'publishing what somebody changed since',
    'publishDownloadable',
    (w) => ({ id: w.emptyId, lockVersion: 77 }),
    'EDIT_CONFLICT',
    'lockVersion',
  ],
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
    (w) => ({ customerId: w.customerId, productId: w.productId, key: 'ABCDEF-12345-67' }),
    'LICENSE_KEY_INVALID',
    'key',
  ],
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
  ['a release of no product', 'createDownloadable', () => ({ version: '1.0.0' }), 'ONE_OF', 'productId'],
  ['a share link for nothing', 'createShareLink', () => ({}), 'ONE_OF', 'downloadableId'],
  [
    'a share link for two things',
    'createShareLink',
    (w) => ({ downloadableId: w.draftId, productId: w.productId, channel: 'beta' }),
    'ONE_OF',
    'downloadableId',
  ],
  [
    'a share link for an unknown channel',
    'createShareLink',
    (w) => ({ productId: w.productId, channel: 'nightly' }),
    'CHANNEL_UNKNOWN',
    'channel',
  ],
  [
    'a share link that has expired already',
    'createShareLink',
    (w) => ({ downloadableId: w.draftId, expiresAt: PAST }),
    'DATE_INVALID',
    'expiresAt',
  ],
  [
    'a share link for no downloads',
    'createShareLink',
    (w) => ({ downloadableId: w.draftId, maxDownloads: 0 }),
    'VALUE_INVALID',
    'maxDownloads',
  ],
  [
    'a share link with a label of 101 characters',
    'createShareLink',
    (w) => ({ downloadableId: w.draftId, label: 'x'.repeat(101) }),
    'TOO_LONG',
    'label',
  ],
  ['a wrong password', 'signIn', () => ({ email: 'taken@customer.example', password: 'wrong password' }), 'SIGN_IN_FAILED', 'password'],
  ['an unknown license key', 'signIn', () => ({ licenseKey: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE' }), 'LICENSE_KEY_INVALID', 'licenseKey'],
];

/** Input that is an error of the request itself. */
export const FAULTS: readonly [what: string, mutation: string, input: Record<string, unknown>, code: string][] = [
  ['an unknown product', 'createDownloadable', { productId: MISSING, version: '1.0' }, 'NOT_FOUND'],
  ['an unknown downloadable', 'publishDownloadable', { id: MISSING }, 'NOT_FOUND'],
  ['an unknown upload', 'completeUpload', { uploadId: MISSING }, 'NOT_FOUND'],
  ['an unknown asset', 'removeAsset', { id: MISSING }, 'NOT_FOUND'],
  ['a share link of an unknown downloadable', 'createShareLink', { downloadableId: MISSING }, 'NOT_FOUND'],
  ['a share link of an unknown product', 'createShareLink', { productId: MISSING, channel: 'beta' }, 'NOT_FOUND'],
  ['an unknown share link', 'revokeShareLink', { id: MISSING }, 'NOT_FOUND'],
  ['a date that is none', 'createDownloadable', { productId: MISSING, version: '1.0', releaseDate: '2026-02-30' }, 'BAD_USER_INPUT'],
  [
    'a year that no database keeps',
    'createLicense',
    { customerId: MISSING, productId: MISSING, startsAt: '0000-01-01T00:00:00+14:00' },
    'BAD_USER_INPUT',
  ],
  ['a field that is none', 'createProduct', { name: 'x', color: 'red' }, 'BAD_USER_INPUT'],
];
