import { expect, type Page } from '@playwright/test';
import { signInTo } from './blocked-product.ts';
import { test as journey } from './journey.ts';
import { prepareMove, type Place } from './places.ts';
import { startProduct, type RunningProduct } from './product-process.ts';

/** A bucket by the labels of its fields. */
export type BucketFields = Readonly<Record<'Endpoint' | 'Bucket' | 'Access key ID' | 'Secret access key', string>>;

/** A product with the embedded store, and a bucket that its files could move to. */
export const test = journey.extend<{ moving: RunningProduct & { readonly bucket: BucketFields } }>({
  moving: async ({}, use, info) => {
    const prepared = await prepareMove(info.project.metadata['place'] as Place);
    info.skip(prepared === null, 'There is no store to move to: TEST_DATABASE_URL and TEST_S3_ENDPOINT name none.');
    const { environment = {}, bucket = {} } = prepared ?? {};
    const product = await startProduct(environment);
    await use({
      ...product,
      bucket: {
        Endpoint: bucket['S3_ENDPOINT'] ?? '',
        Bucket: bucket['S3_BUCKET'] ?? '',
        'Access key ID': bucket['S3_ACCESS_KEY_ID'] ?? '',
        'Secret access key': bucket['S3_SECRET_ACCESS_KEY'] ?? '',
      },
    });
    await product.stop();
  },
});

/** Opens the storage settings and types how the bucket is reached. */
export async function typeBucket(page: Page, moving: RunningProduct & { readonly bucket: BucketFields }): Promise<void> {
  await signInTo(page, moving);
  await page.goto(`${moving.baseUrl}/admin/settings/storage`);
  await page.getByLabel('Provider').selectOption('Ceph');
  for (const [label, value] of Object.entries(moving.bucket)) await page.getByLabel(label, { exact: true }).fill(value);
}

export { expect };
