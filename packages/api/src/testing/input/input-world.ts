import type { Harness } from '../harness.js';
import { makeCustomer, makeDraft, makeFile, makeLicense, makeProduct, makePublished } from '../make.js';
import { writeAnnouncement } from '../announcement-world.js';
import { makeShareLink } from '../make-share-link.js';
import type { Samples } from './schema-places.js';

/** What exists where made-up input is sent, so that it gets as far as it can. */
export interface InputWorld {
  readonly ids: readonly string[];
  readonly texts: readonly string[];
  readonly samples: Samples;
}

export async function makeInputWorld(harness: Harness): Promise<InputWorld> {
  const { admin } = harness;
  const product = await makeProduct(admin);
  const draft = await makeDraft(admin, { productId: product.id });
  const file = await makeFile(harness, draft.id);
  const published = await makePublished(harness, { productId: product.id });
  const customerId = (await makeCustomer(admin)).id;
  const license = await makeLicense(harness, { productId: product.id, customerId });
  const link = await makeShareLink(admin, { downloadableId: draft.id });
  const announcement = await writeAnnouncement(admin, published.id);
  const ids = {
    announcement,
    product: product.id,
    draft: draft.id,
    file: file.id,
    published: published.id,
    customer: customerId,
    license: license.id,
  };
  let count = 0;
  const next = (): number => (count += 1);
  /** The kind of object that a field is about is part of its name: `updateProduct`. */
  const idFor = (fieldName: string): string =>
    Object.entries(ids).find(([kind]) => fieldName.toLowerCase().includes(kind))?.[1] ??
    (/asset|upload/i.test(fieldName) ? ids.file : /share/i.test(fieldName) ? link.id : ids.draft);
  return {
    ids: [...Object.values(ids), link.id],
    texts: [product.slug, license.key, link.token, draft.version, file.fileName, 'stable', 'release:read'],
    samples: {
      id: idFor,
      productId: () => ids.product,
      customerId: () => ids.customer,
      downloadableId: () => ids.draft,
      licenseId: () => ids.license,
      assetId: () => ids.file,
      version: () => `90.${next()}.0`,
      email: () => `worst-${next()}@customer.example`,
      expiresAt: () => new Date(Date.now() + 86_400_000).toISOString(),
      lockVersion: () => draft.lockVersion,
      channel: () => 'stable',
      confirmVersion: () => 'no version',
    },
  };
}
