import { SCOPES } from '@slipway/shared';
import type { Client } from '../client.js';
import type { Samples } from '../input/schema-places.js';
import type { Harness } from '../harness.js';
import {
  makeCustomer,
  makeDraft,
  makeFile,
  makeLicense,
  makeLimited,
  makeMachineKey,
  makeProduct,
  makePublished,
  makeToken,
} from '../make.js';
import { writeAnnouncement } from '../announcement-world.js';
import { makeShareLink } from '../make-share-link.js';

/** In every text of the product that is not theirs. */
const MARK = 'foreign';

/** A product with one of everything, of which nothing may be seen by those who are limited to another. */
export interface ForeignWorld {
  /** Values by the names of arguments that are ids, or that name something as ids do. */
  readonly samples: Samples;
  /** Whoever works on one other product only, by whatever way. */
  readonly limited: ReadonlyMap<string, Client>;
  /** What of a reply tells of the foreign product. */
  marksIn(text: string): readonly string[];
  /** The rows of the foreign product, as they are now. */
  read(): Promise<string>;
}

export async function makeForeignWorld(harness: Harness): Promise<ForeignWorld> {
  const { admin } = harness;
  const product = await makeProduct(admin, { name: `The ${MARK} one`, slug: MARK, description: `A ${MARK} product.` });
  const texts = { name: `A ${MARK} release`, changelog: `Something ${MARK}.` };
  const draft = await makeDraft(admin, { productId: product.id, ...texts });
  const file = await makeFile(harness, draft.id, { fileName: `${MARK}-draft.exe` });
  const published = await makePublished(harness, { productId: product.id, ...texts });
  await admin.run('reviseDownloadable', { id: published.id }, 'downloadable { id }');
  const customerId = (await makeCustomer(admin)).id;
  const license = await makeLicense(harness, { productId: product.id, customerId });
  await admin.run('suspendLicense', { id: license.id, reason: `A ${MARK} reason.` }, 'license { id }');
  const link = await makeShareLink(admin, { downloadableId: draft.id, label: `A ${MARK} tester` });
  const announcement = await writeAnnouncement(admin, published.id, { subject: `A ${MARK} subject` });
  const token = await makeToken(admin, { scopes: ['release:read'], productId: product.id });
  const machineKey = await makeMachineKey(admin, { customerId, licenseId: license.id });
  const declared = { downloadableId: draft.id, fileName: `${MARK}-upload.exe`, size: 5 };
  const { upload } = await admin.run<{ upload: { id: string } }>('createUpload', declared, 'upload { id }');
  await harness.admin.fetch(`/d/${published.file.id}/${published.file.fileName}`);
  const revisionId = await liveRevisionOf(harness, published.id);
  const limited = await makeLimitedActors(harness, customerId);
  const ids = {
    product: product.id,
    draft: draft.id,
    published: published.id,
    file: file.id,
    license: license.id,
    link: link.id,
    announcement,
  };
  const known = [...Object.values(ids), upload.id, revisionId, token.tokenId, machineKey.id, published.file.id];
  return {
    samples: samplesOf({
      ...ids,
      upload: upload.id,
      revision: revisionId,
      token: token.tokenId,
      machineKey: machineKey.id,
      customer: customerId,
      draftVersion: draft.version,
    }),
    limited,
    marksIn: (text) => [MARK, ...known].filter((mark) => text.toLowerCase().includes(mark.toLowerCase())),
    read: () => readRows(harness, product.id),
  };
}

/** They have a product of their own, with a license of the same customer. */
async function makeLimitedActors(harness: Harness, customerId: string): Promise<ReadonlyMap<string, Client>> {
  const { id: productId } = await makeProduct(harness.admin);
  await makePublished(harness, { productId });
  await makeLicense(harness, { productId, customerId });
  const creator = await harness.makeUser('ADMIN');
  const ofLimited = await makeToken(creator, { scopes: [...SCOPES] });
  const { viewer } = await creator.query<{ viewer: { user: { id: string } } }>('{ viewer { user { id } } }');
  await harness.admin.run('updateUser', { id: viewer.user.id, role: 'SUPPORT', productIds: [productId] }, 'user { id }');
  return new Map<string, Client>([
    ['a limited publisher', await makeLimited(harness, 'PUBLISHER', [productId])],
    ['limited support', await makeLimited(harness, 'SUPPORT', [productId])],
    ['a token for one product', await makeToken(harness.admin, { scopes: [...SCOPES], productId })],
    ['a token of somebody who is limited', ofLimited],
  ]);
}

async function liveRevisionOf({ database }: Harness, id: string): Promise<string> {
  const [row] = await database.query<{ live_revision_id: string }>('SELECT live_revision_id FROM downloadable WHERE id = ?', [id]);
  return row?.live_revision_id ?? '';
}

interface ForeignIds extends Readonly<
  Record<'product' | 'draft' | 'published' | 'file' | 'license' | 'link' | 'announcement' | 'upload', string>
> {
  readonly revision: string;
  readonly token: string;
  readonly machineKey: string;
  readonly customer: string;
  readonly draftVersion: string;
}

function samplesOf(ids: ForeignIds): Samples {
  /** The kind of object that a field is about is part of its name: `updateProduct`. */
  const idFor = (fieldName: string): string => {
    if (/machineKey/i.test(fieldName)) return ids.machineKey;
    if (/token/i.test(fieldName)) return ids.token;
    if (/share/i.test(fieldName)) return ids.link;
    if (/announce/i.test(fieldName)) return ids.announcement;
    if (/asset/i.test(fieldName)) return ids.file;
    if (/product/i.test(fieldName)) return ids.product;
    if (/license/i.test(fieldName)) return ids.license;
    return /publish|withdraw|archive|revise|undo|copy|restore/i.test(fieldName) ? ids.published : ids.draft;
  };
  return {
    id: idFor,
    ids: idFor,
    subjectId: () => ids.product,
    productId: () => ids.product,
    productIds: () => ids.product,
    slug: () => MARK,
    product: () => MARK,
    channel: () => 'stable',
    target: () => 'windows',
    productSlug: () => MARK,
    customerId: () => ids.customer,
    customerIds: () => ids.customer,
    downloadableId: () => ids.draft,
    downloadableIds: () => ids.draft,
    replacementId: () => ids.published,
    licenseId: () => ids.license,
    assetId: () => ids.file,
    assetIds: () => ids.file,
    uploadId: () => ids.upload,
    revisionId: () => ids.revision,
    tokenId: () => ids.token,
    shareLinkId: () => ids.link,
    // The token did something, and belongs to the product.
    actorId: () => ids.token,
    userId: () => ids.token,
    // Stores belong to no product.
    storeId: () => ids.product,
    confirmVersion: () => ids.draftVersion,
    version: () => '90.0.0',
    url: () => 'https://files.vendor.example/probe-windows-x64.exe',
    fileName: () => 'probe-windows-x64.exe',
    email: () => 'probe@customer.example',
    expiresAt: () => new Date(Date.now() + 86_400_000).toISOString(),
  };
}

/** Every row that belongs to a product, as text. */
async function readRows({ database }: Harness, productId: string): Promise<string> {
  const releases = 'SELECT id FROM downloadable WHERE product_id = ?';
  const revisions = `SELECT id FROM revision WHERE downloadable_id IN (${releases})`;
  const wanted = {
    product: 'id = ?',
    product_channel: 'product_id = ?',
    downloadable: 'product_id = ?',
    license: 'product_id = ?',
    share_link: 'product_id = ?',
    api_token: 'product_id = ?',
    machine_key: 'license_id IN (SELECT id FROM license WHERE product_id = ?)',
    announcement: 'product_id = ?',
    revision: `downloadable_id IN (${releases})`,
    asset: `revision_id IN (${revisions})`,
  };
  const rows = await Promise.all(
    Object.entries(wanted).map(([table, where]) => database.query(`SELECT * FROM ${table} WHERE ${where} ORDER BY 1, 2`, [productId])),
  );
  return JSON.stringify(rows, null, 1);
}
