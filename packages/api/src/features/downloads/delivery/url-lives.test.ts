import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft, makePublished } from '../../../testing/make.js';

/** What temporary credentials of a store have left. */
const SECONDS_LEFT = 30;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('URLs of a store whose credentials end soon on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
    // Credentials of a machine's role cannot be had here: `s3-credentials.test.ts` has them.
    Object.assign(harness.store, { urlSeconds: async (wanted: number) => Math.min(wanted, SECONDS_LEFT) });
  });
  afterAll(() => harness.close());

  const latest = (): string => new Date(harness.clock.now().getTime() + SECONDS_LEFT * 1_000).toISOString();

  it('are told to work no longer than they do, for downloads and for parts of uploads', async () => {
    const { file } = await makePublished(harness);
    const { download } = await harness.admin.run<{ download: { expiresAt: string } }>(
      'createDownload',
      { assetId: file.id },
      'download { expiresAt }',
    );
    expect(download.expiresAt <= latest()).toBe(true);
    const { id: downloadableId } = await makeDraft(harness.admin);
    const { upload } = await harness.admin.run<{ upload: { id: string } }>(
      'createUpload',
      { downloadableId, fileName: 'a.bin', size: 1 },
      'upload { id }',
    );
    const { parts } = await harness.admin.run<{ parts: { expiresAt: string }[] }>(
      'signUploadParts',
      { uploadId: upload.id, partNumbers: [1] },
      'parts { expiresAt }',
    );
    expect(parts.map(({ expiresAt }) => expiresAt <= latest())).toEqual([true]);
  });
});
