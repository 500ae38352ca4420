import { execFile, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { makeDraft, makeFile, makeLicense, makeMachineKey, makeProduct } from '../make.js';
import { startThirdHost, type ThirdHost } from './third-host.js';

const CLIENTS = ['bash', 'curl', 'wget', 'aria2c', 'python3', 'openssl', '/usr/lib/apt/apt-helper'];
const missing = CLIENTS.filter((client) => spawnSync('sh', ['-c', `command -v ${client}`]).status !== 0);
/** `.ci/run` installs them all, and skips nothing. */
const isSkipped = missing.length > 0 && !process.env['TEST_NOTHING_SKIPPED'];
const SCRIPT = fileURLToPath(new URL('../../../../../tools/clients.sh', import.meta.url));

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('clients in common use on $name', ({ name, start }) => {
  let harness: Harness;
  let thirdHost: ThirdHost | null = null;
  const bytes = randomBytes(5_000_000);
  beforeAll(async () => {
    harness = await start();
    if (!isSkipped) thirdHost = await startThirdHost(bytes);
  });
  afterAll(async () => {
    thirdHost?.close();
    await harness.close();
  });

  it.skipIf(isSkipped).each(['PERMALINK', 'STABLE'] as const)(
    'get their file by its %s with a license or machine key, and show it to no third host',
    async (address) => {
      const { id: productId, slug } = await makeProduct(harness.admin, { distribution: 'LICENSED' });
      const draft = await makeDraft(harness.admin, { productId, version: '1.0' });
      const file = await makeFile(harness, draft.id, { fileName: 'app-linux-x64.bin', bytes });
      const addExternal = async (fileName: string, url?: string): Promise<string> => {
        const input = { downloadableId: draft.id, fileName, url, size: bytes.length };
        const { asset } = await harness.admin.run<{ asset: { id: string } }>('addExternalAsset', input, 'asset { id }');
        return `/d/${asset.id}/${fileName}`;
      };
      const external = await addExternal('elsewhere.bin', thirdHost?.url);
      const asking = await addExternal('asks.bin', thirdHost?.askingUrl);
      await harness.admin.run('publishDownloadable', { id: draft.id }, 'downloadable { id }');
      const license = await makeLicense(harness, { productId });
      const isPermalink = address === 'PERMALINK';
      const { key } = isPermalink ? license : await makeMachineKey(harness.admin, { customerId: license.customerId });
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      // Another name than the store's and the third host's: some clients tell hosts apart by it alone.
      const base = harness.baseUrl.replace('127.0.0.1', 'localhost');
      const link = isPermalink ? `/d/${file.id}/${file.fileName}` : `/download/${slug}/stable/linux`;
      const args = [`${base}${link}`, key, sha256, `${base}${external}`, `${base}${asking}`];
      const env = { ...process.env, STORE: name.includes('S3') ? 's3' : 'embedded' };
      const table = await new Promise<string>((resolve, reject) => {
        execFile('bash', [SCRIPT, ...args], { env }, (error, stdout) =>
          error?.code === 2 ? reject(new Error(error.message)) : resolve(stdout),
        );
      });
      process.stdout.write(`\n${table}`);
      expect(table.split('\n').filter((line) => line.includes('<-'))).toEqual([]);
      expect(table.split('\n').length).toBeGreaterThan(15);
      const seen = thirdHost?.seen ?? [];
      expect(seen.length).toBeGreaterThan(10);
      const shown = seen.filter((headers) => /"authorization"|"x-license-key"/.test(headers) || headers.includes(key.toLowerCase()));
      expect(shown).toEqual([]);
    },
    300_000,
  );
});
