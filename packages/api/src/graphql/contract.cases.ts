/**
 * What integrators build on: one operation per name of DESIGN.md, section 6, written as they would write it. These names, types and
 * shapes do not change; fields may be added.
 */
const ID = '"01J0000000000000000000000A"';
const ERRORS = 'userErrors { code message field }';
const DECISION = '{ allowed code message params remedy licenseId }';
const PRODUCT = `{ id slug name description versionScheme channels { name includes } distribution archivedAt latest { id } downloadables(first: 1) { totalCount } }`;
const ASSET = `{ id fileName type platform architecture size sha256 sha512 state external downloadUrl access ${DECISION} }`;
const DOWNLOADABLE = `{
  id product { id } version name channel changelog changelogHtml status releaseDate publishedAt createdAt updatedAt lockVersion
  assets ${ASSET} assetCount access ${DECISION} revision { number frozenAt } draftRevision { number } revisions { number }
}`;
const PAGE =
  '{ nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount totalCountCapped }';
const FILE = 'fileName: "App-1.0-Windows-x64.exe", size: 3, sha256: "aa", type: INSTALLER, platform: WINDOWS, architecture: X64';

export const CONTRACT_QUERIES: Readonly<Record<string, string>> = {
  viewer: '{ viewer { user { id email name role } license { id } permissions } }',
  product: `{ a: product(id: ${ID}) ${PRODUCT} b: product(slug: "aurora") { id } }`,
  products: `{ products(search: "a", first: 1, after: "c") ${PAGE} }`,
  downloadable: `{ downloadable(id: ${ID}) ${DOWNLOADABLE} }`,
  downloadables: `query($f: DownloadableFilter, $s: DownloadableSort) {
    a: downloadables(filter: $f, sort: $s, first: 1, after: "c") ${PAGE}
    b: downloadables(filter: { search: "a", productId: ${ID}, status: null, channel: "stable", platform: WINDOWS }, sort: { field: RELEASE_DATE, direction: DESC }, last: 1, before: "c") { totalCount }
    ${['VERSION', 'PRODUCT', 'STATUS', 'CREATED_AT'].map((field) => `${field.toLowerCase()}: downloadables(sort: { field: ${field}, direction: ASC }) { totalCount }`).join('\n')}
  }`,
  asset: `{ asset(id: ${ID}) ${ASSET} }`,
  settings: '{ settings { vendorName supportEmail supportUrl renewalUrl websiteUrl timeZone lockVersion } }',
  downloadEvents: `query($f: DownloadEventFilter) { downloadEvents(filter: $f, first: 1, after: "c") ${PAGE} }`,
  refusals: `query($f: RefusalFilter) { refusals(filter: $f, first: 1, after: "c") ${PAGE} }`,
  whatsNew: `{ whatsNew(productId: ${ID}, since: "1.0", until: "2.0") { since until releases { nodes { id } } securityFixCount withdrawnCount } }`,
  machineKeys: `{ machineKeys(customerId: ${ID}, first: 1, after: "c") { nodes { id name keyPrefix license { id } createdAt expiresAt lastUsedAt revokedAt } totalCount } }`,
  explainAccess: `{
    a: explainAccess(input: { licenseId: ${ID}, downloadableId: ${ID}, at: "2026-01-01T00:00:00Z" }) {
      at decision ${DECISION} ways { license { id } decision { code } steps { rule outcome code values } changes { kind params isEnough } } turns { at decision { code } }
    }
    b: explainAccess(input: { customerId: ${ID}, downloadableId: ${ID}, assetId: ${ID} }) { at }
  }`,
  licenseImports:
    '{ licenseImports(first: 1, after: "c") { nodes { id fileName state createdAt createdBy { kind id name } } totalCount } }',
  previewImpact: `{
    a: previewImpact(input: { release: { downloadableId: ${ID}, change: WITHDRAW, severity: SECURITY } }, after: "c") { judged total tallies { effect code count } endCursor }
    b: previewImpact(input: { release: { downloadableId: ${ID}, change: CHANGE_CHANNEL, channel: "beta" }, list: { effect: LOSES, code: CHANNEL_NOT_INCLUDED } }) { entries { effect code license { id } } }
    d: previewImpact(input: { releases: { downloadableIds: [${ID}], change: ARCHIVE, severity: NORMAL } }) { total }
    e: previewImpact(input: { channels: { productId: ${ID}, channels: [{ name: "beta", includes: ["stable"] }] } }) { total }
    f: previewImpact(input: { release: { downloadableId: ${ID}, change: PUBLISH, at: "2027-01-01T00:00:00Z" } }) { total }
    g: previewImpact(input: { licenses: { action: SUSPEND, ids: [${ID}] } }) { total totalCapped }
    h: previewImpact(input: { licenses: { action: EXTEND, months: 1, filter: { isActive: true } }, list: { effect: GAINS } }) { entries { license { id } } }
    c: previewImpact(input: { license: { terms: { id: ${ID}, updatesUntil: null }, status: SUSPENDED } }) { entries { downloadable { id } } }
  }`,
  updateCheck: `{
    a: updateCheck(input: { product: "aurora", version: "1.0", channel: "beta", platform: WINDOWS, architecture: X64, constraint: "1", licenseKey: "K" }) {
      status latestVersion refusedVersion refusal ${DECISION}
      release { version notes date assets { url fileName size sha256 sha512 } }
    }
    b: updateCheck(input: { product: "aurora", version: "1.0", licenseId: ${ID} }) { status current { version isRelease isWithdrawn } }
  }`,
  checkEntitlement: `{
    a: checkEntitlement(input: { assetId: ${ID}, licenseKey: "K", at: "2026-01-01T00:00:00Z" }) ${DECISION}
    b: checkEntitlement(input: { downloadableId: ${ID}, licenseId: ${ID} }) { code }
    c: checkEntitlement(input: { downloadableId: ${ID}, customerId: ${ID} }) { code }
  }`,
};

/** Mutation to what is given and what is asked of the payload. */
const MUTATIONS: Readonly<Record<string, readonly [input: string, payload: string]>> = {
  signIn: ['email: "a@example.com", password: "p"', 'viewer { permissions }'],
  createProduct: [
    'name: "A", slug: "a", description: "d", versionScheme: SEMVER, channels: [{ name: "nightly", includes: ["stable"] }], distribution: LICENSED',
    `product ${PRODUCT}`,
  ],
  updateProduct: [`id: ${ID}, name: "A", slug: "a", description: "d", distribution: OPEN`, 'product { id }'],
  archiveProduct: [`id: ${ID}`, 'product { archivedAt }'],
  createDownloadable: [
    `productId: ${ID}, productSlug: "aurora", version: "1.0", name: "n", channel: "beta", changelog: "c", releaseDate: "2026-01-01", publish: true, files: [{ ${FILE} }], idempotencyKey: "k"`,
    `downloadable ${DOWNLOADABLE}`,
  ],
  updateDownloadable: [
    `id: ${ID}, lockVersion: 1, version: "1.0", name: "n", channel: "beta", changelog: "c", releaseDate: "2026-01-01"`,
    'downloadable { lockVersion }',
  ],
  publishDownloadable: [`id: ${ID}, publishAt: "2026-01-01T00:00:00Z", lockVersion: 1, idempotencyKey: "k"`, 'downloadable { status }'],
  cancelSchedule: [`id: ${ID}`, 'downloadable { status }'],
  unpublishDownloadable: [`id: ${ID}`, 'downloadable { status }'],
  archiveDownloadable: [`id: ${ID}`, 'downloadable { status }'],
  restoreDownloadable: [`id: ${ID}`, 'downloadable { status }'],
  withdrawDownloadable: [`id: ${ID}, reason: "r", severity: SECURITY, replacementId: ${ID}`, 'downloadable { status }'],
  reviseDownloadable: [`id: ${ID}`, 'downloadable { draftRevision { number } }'],
  copyDownloadable: [`id: ${ID}, version: "1.1"`, 'downloadable { id }'],
  discardRevision: [`id: ${ID}`, 'downloadable { id }'],
  deleteDownloadable: [`id: ${ID}, confirmVersion: "1.0"`, ''],
  undoPublish: [`id: ${ID}, revisionId: ${ID}`, 'downloadable { id }'],
  withdrawRevision: [`revisionId: ${ID}, reason: "r", severity: NORMAL`, ''],
  purgeRevision: [`revisionId: ${ID}, confirmVersion: "1.0"`, ''],
  createUpload: [
    `downloadableId: ${ID}, ${FILE}, idempotencyKey: "k"`,
    'upload { id asset { id } partSize partCount expiresAt uploadedParts { number size } }',
  ],
  signUploadParts: [`uploadId: ${ID}, partNumbers: [1]`, 'parts { number url expiresAt }'],
  completeUpload: [`uploadId: ${ID}`, ''],
  abortUpload: [`uploadId: ${ID}`, ''],
  addExternalAsset: [`downloadableId: ${ID}, url: "https://files.example.com/App.exe", ${FILE}, idempotencyKey: "k"`, 'asset { id }'],
  updateAsset: [`id: ${ID}, type: UPDATE, platform: ALL, architecture: UNIVERSAL`, 'asset { id }'],
  removeAsset: [`id: ${ID}`, ''],
  createDownload: [`assetId: ${ID}`, 'download { url expiresAt fileName size sha256 }'],
  createShareLink: [
    `downloadableId: ${ID}, productId: ${ID}, channel: "beta", label: "l", expiresAt: "2026-01-01T00:00:00Z", maxDownloads: 1, idempotencyKey: "k"`,
    'shareLink { id url }',
  ],
  createAnnouncement: [
    `downloadableId: ${ID}, subject: "s", body: "b", secondSubject: "s", secondBody: "b", perMinute: 10, idempotencyKey: "k"`,
    'announcement { id state }',
  ],
  updateAnnouncement: [`id: ${ID}, subject: "s", body: "b"`, 'announcement { id state }'],
  sendAnnouncement: [`id: ${ID}, sendAt: "2026-01-01T00:00:00Z", excludeAlreadyTold: true`, 'announcement { id state }'],
  stopAnnouncement: [`id: ${ID}`, 'announcement { id state }'],
  createRecall: [`downloadableId: ${ID}, subject: "s", body: "b"`, 'announcement { id state }'],
  acknowledgeRecall: [`id: ${ID}`, 'recall { acknowledgedAt }'],
  revokeShareLink: [`id: ${ID}`, 'shareLink { id }'],
  createCustomer: ['name: "n", email: "a@example.com", company: "c", idempotencyKey: "k"', 'customer { id }'],
  updateCustomer: [`id: ${ID}, name: "n", email: "a@example.com", company: "c"`, 'customer { id }'],
  eraseCustomer: [`id: ${ID}, confirmEmail: "a@example.com"`, 'customer { id }'],
  exportCustomer: [`id: ${ID}`, 'export { url expiresAt fileName }'],
  createLicense: [
    `customerId: ${ID}, productId: ${ID}, key: "k", startsAt: "2026-01-01T00:00:00Z", expiresAt: "2026-01-01T00:00:00Z", expiryPolicy: FALLBACK, updatesUntil: "2026-01-01", channels: ["beta"], versionRange: "<2.0", platforms: [LINUX], maxDownloads: 1, idempotencyKey: "k"`,
    'license { id }',
  ],
  updateLicense: [`id: ${ID}, expiresAt: null`, 'license { id }'],
  suspendLicense: [`id: ${ID}`, 'license { id }'],
  reinstateLicense: [`id: ${ID}`, 'license { id }'],
  revokeLicense: [`id: ${ID}`, 'license { id }'],
  createApiToken: [
    `name: "n", scopes: ["release:read", "release:write", "release:publish", "product:write", "license:read", "license:write", "log:read", "settings:write", "user:write", "token:write"], productId: ${ID}, expiresAt: "2026-01-01T00:00:00Z", idempotencyKey: "k"`,
    'apiToken { id name scopes } token',
  ],
  createMachineKey: [
    `customerId: ${ID}, name: "Render farm", licenseId: ${ID}, expiresAt: "2027-01-01T00:00:00Z", idempotencyKey: "k"`,
    'machineKey { id name keyPrefix } key',
  ],
  revokeMachineKey: [`id: ${ID}`, 'machineKey { id revokedAt }'],
  revokeApiToken: [`id: ${ID}`, 'apiToken { id }'],
  testMail: ['to: "a@example.com", smtpHost: "h", smtpPort: 25', 'mail { id state problem }'],
  testStorage: [
    'endpoint: "https://s3.example.com", region: "r", bucket: "b", accessKeyId: "k", secretAccessKey: "s", forcePathStyle: true',
    'storageTest { checks { kind verdict message } }',
  ],
  importLicenses: [`id: ${ID}`, 'licenseImport { state total created changed unchanged failed columns { header column } }'],
  updateSettings: ['lockVersion: 1, vendorName: "v", timeZone: null', 'settings { vendorName lockVersion }'],
};

export const CONTRACT_MUTATIONS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(MUTATIONS).map(([name, [input, payload]]) => [
      name,
      `mutation { ${name}(input: { ${input} }) { ${payload} ${ERRORS} } }`,
    ]),
  ),
  signOut: `mutation { signOut { ${ERRORS} } }`,
  // With a license key in place of address and password.
  'signIn with a license key': `mutation { signIn(input: { licenseKey: "k" }) { ${ERRORS} } }`,
  previewChangelog: `mutation { previewChangelog(input: { markdown: "m" }) { html ${ERRORS} } }`,
};

/** Names that come with the capability they belong to, never as a stub. Once one is there, its operation belongs above. */
export const PENDING = {
  queries: [],
  mutations: ['exportLicenses'],
} as const;
