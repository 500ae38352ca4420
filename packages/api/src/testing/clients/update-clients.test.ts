import { execFile, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { makeDraft, makeFile, makeLicense, makeMachineKey, makeProduct } from '../make.js';

const run = promisify(execFile);
const missing = ['curl', 'python3'].filter((client) => spawnSync('sh', ['-c', `command -v ${client}`]).status !== 0);
const isSkipped = missing.length > 0 && !process.env['TEST_NOTHING_SKIPPED'];
const PYTHON = fileURLToPath(new URL('../../../../../tools/clients.py', import.meta.url));

/** How a client gets an address with a key into a file. */
type Fetch = (url: string, key: string, out: string) => Promise<unknown>;
const curl =
  (...options: readonly string[]): Fetch =>
  (url, key, out) =>
    run('curl', ['-sfL', '-o', out, ...options.map((option) => option.replace('KEY', key)), url]);
const urllib =
  (how: string): Fetch =>
  (url, key, out) =>
    run('python3', [PYTHON, how, url, key, out]);

const CLIENTS: readonly (readonly [name: string, fetch: Fetch])[] = [
  ['curl -u license:KEY', curl('-u', 'license:KEY')],
  ['curl -H "Authorization: License KEY"', curl('-H', 'Authorization: License KEY')],
  ['curl -H "X-License-Key: KEY"', curl('-H', 'X-License-Key: KEY')],
  ['urllib with HTTPBasicAuthHandler', urllib('basic')],
  ['urllib with X-License-Key', urllib('header')],
  ['an opener like that of requests', urllib('requests')],
];

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('updaters on $name', ({ start }) => {
  let harness: Harness;
  let folder: string;
  let keys: readonly string[];
  let address: string;
  const bytes = randomBytes(1_000_000);
  beforeAll(async () => {
    harness = await start();
    folder = await mkdtemp(join(tmpdir(), 'slipway-updaters-'));
    const { id: productId, slug } = await makeProduct(harness.admin, { distribution: 'LICENSED' });
    const draft = await makeDraft(harness.admin, { productId, version: '2.4.0' });
    await makeFile(harness, draft.id, { fileName: 'app-2.4.0-linux-x64.bin', bytes });
    await harness.admin.run('publishDownloadable', { id: draft.id }, 'downloadable { id }');
    const license = await makeLicense(harness, { productId });
    const machine = await makeMachineKey(harness.admin, { customerId: license.customerId });
    keys = [license.key, machine.key];
    address = `${harness.baseUrl}/api/v1/updates/check?product=${slug}&version=2.3.0&platform=linux&architecture=x64`;
  });
  afterAll(async () => {
    await harness.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.skipIf(isSkipped).each(CLIENTS)('%s asks, gets the file that is named with the same key, and it is whole', async (_, fetch) => {
    for (const key of keys) {
      const answer = join(folder, 'answer.json');
      await fetch(address, key, answer);
      const { release } = JSON.parse(await readFile(answer, 'utf8')) as { release: { assets: { url: string; sha256: string }[] } };
      const [file] = release.assets;
      const out = join(folder, 'update.bin');
      await fetch(file?.url ?? '', key, out);
      expect(
        createHash('sha256')
          .update(await readFile(out))
          .digest('hex'),
      ).toBe(file?.sha256);
      await rm(out);
    }
  });
});
