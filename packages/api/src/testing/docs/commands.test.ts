import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { makeDraft, makeFile, makeLicense, makeProduct, makePublished, makeToken } from '../make.js';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const run = promisify(execFile);
const BYTES = Buffer.from('the installer of a test');

/** The commands of a page, block by block, each joined to one line. */
async function commandsOf(page: string): Promise<readonly (readonly string[])[]> {
  const text = await readFile(`${root}docs/${page}.md`, 'utf8');
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = '']) =>
    block
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .filter(Boolean),
  );
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the commands of the docs, as they stand, on $name', ({ start }) => {
  let harness: Harness;
  let folder: string;
  let productId: string;
  let variables: Record<string, string>;
  /** A name of its own: for wget one host is one, whatever the port, and a store has another name than Slipway. */
  const api = (): string => harness.baseUrl.replace('127.0.0.1', 'localhost');
  beforeAll(async () => {
    harness = await start();
    folder = await mkdtemp(join(tmpdir(), 'slipway-docs-'));
    productId = (await makeProduct(harness.admin)).id;
    const token = await makeToken(harness.admin, { scopes: ['release:read', 'release:write', 'release:publish', 'log:read'] });
    const { key } = await makeLicense(harness, { productId });
    variables = { API: api(), TOKEN: token.headers['authorization']?.slice('Bearer '.length) ?? '', LICENSE_KEY: key };
    await writeFile(join(folder, 'Aurora-2.4.1-Windows-x64.exe'), BYTES);
  });
  afterAll(async () => {
    await harness.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs a block as a reader would, who puts what is their own in the place of what the page calls it. @param own what is put in, which answers add to */
  async function follow(block: readonly string[], own: Record<string, string>): Promise<readonly string[]> {
    const answers: string[] = [];
    let before = '';
    for (const command of block) {
      let line = Object.entries(own).reduce((text, [name, value]) => text.replaceAll(name, value), command);
      if (line.startsWith('API=')) line = `API=${api()}`;
      if (/^[A-Z]+=/.test(line)) {
        before += `${line}\n`;
        continue;
      }
      const { stdout } = await run('bash', ['-euc', before + line], { cwd: folder, env: { ...process.env, ...variables } });
      answers.push(stdout);
      const made = /"shareLink":\{"id":"[^"]*","url":"([^"]+)"/.exec(stdout)?.[1];
      const id = /"createDownloadable":\{"downloadable":\{"id":"([^"]+)"/.exec(stdout)?.[1];
      if (id) own['DOWNLOADABLE_ID'] = id;
      if (made) own['https://downloads.example.com/s/TOKEN'] = made;
    }
    return answers;
  }
  const block = async (page: string, index: number): Promise<readonly string[]> => {
    const found = (await commandsOf(page))[index];
    if (!found) throw new Error(`docs/${page}.md has no block ${index + 1} of commands.`);
    return found;
  };
  const draftWith = async (version: string, fileName: string) => {
    const draft = await makeDraft(harness.admin, { productId, version });
    return { id: draft.id, file: await makeFile(harness, draft.id, { bytes: BYTES, fileName }) };
  };

  it('publish a release from a terminal', async () => {
    const answers = await follow(await block('publish', 0), { PRODUCT_ID: productId });
    expect(answers).toHaveLength(3);
    expect(JSON.parse(answers[2] ?? '')).toEqual({
      data: { publishDownloadable: { downloadable: { status: 'PUBLISHED' }, userErrors: [] } },
    });
  });

  it('schedule a release', async () => {
    const { id } = await draftWith('3.0.0', 'Aurora-3.0.0-Windows-x64.exe');
    const [answer] = await follow(await block('publish', 1), { DOWNLOADABLE_ID: id });
    expect(answer).toContain('"status":"SCHEDULED"');
  });

  it('take one action on many releases, tried first', async () => {
    const [first, second] = [await makePublished(harness), await makePublished(harness)];
    const [answer] = await follow(await block('publish', 2), { FIRST_ID: first.id, SECOND_ID: second.id });
    expect(answer?.match(/"isDone":true/g)).toHaveLength(2);
  });

  it('download with a license key, by each client that is here', async () => {
    const { id, file } = await draftWith('2.5.0', 'Aurora-2.4.1-Windows-x64.exe');
    await harness.admin.run('publishDownloadable', { id }, 'downloadable { id }');
    const commands = await block('downloads', 0);
    const tried = [];
    for (const command of commands.slice(1)) {
      const client = command.split(' ')[0] ?? '';
      const isHere = await run('bash', ['-c', `command -v ${client}`]).then(
        () => true,
        () => false,
      );
      if (!isHere && process.env['TEST_NOTHING_SKIPPED'] === undefined) continue;
      await run('bash', ['-c', 'rm -f Aurora*'], { cwd: folder });
      await follow([commands[0] ?? '', command], { ASSET_ID: file.id });
      const name = /-O (\S+)/.exec(command)?.[1] ?? 'Aurora-2.4.1-Windows-x64.exe';
      expect(await readFile(join(folder, name)), command).toEqual(BYTES);
      tried.push(client);
    }
    expect(tried).toContain('curl');
  });

  it('download the newest release by its stable address, by each client that is here', async () => {
    const { id } = await draftWith('2.6.0', 'Aurora-2.6.0-linux-x64.deb');
    await harness.admin.run('publishDownloadable', { id }, 'downloadable { id }');
    const { product } = await harness.admin.query<{ product: { slug: string } }>('query($id: ID!) { product(id: $id) { slug } }', {
      id: productId,
    });
    const [address = '', ...commands] = await block('downloads', 1);
    const own = { '/aurora/': `/${product.slug}/`, 'apt-helper ': 'apt-helper -o APT::Sandbox::User=root ' };
    for (const command of commands) {
      const client = command.split(' ')[0] ?? '';
      const isHere = await run('sh', ['-c', `command -v ${client}`]).then(
        () => true,
        () => false,
      );
      if (!isHere && process.env['TEST_NOTHING_SKIPPED'] === undefined) continue;
      await run('bash', ['-c', 'rm -f *.deb*'], { cwd: folder });
      const [answer = ''] = await follow([address, command], own);
      if (command.includes('latest.json')) expect(JSON.parse(answer)).toMatchObject({ version: '2.6.0', newer: null });
      else
        expect(await readFile(join(folder, command.includes('newest.deb') ? 'newest.deb' : 'Aurora-2.6.0-linux-x64.deb')), command).toEqual(
          BYTES,
        );
    }
  });

  it('fetch the statistics', async () => {
    const answers = await follow(await block('downloads', 2), { PRODUCT_ID: productId });
    for (const answer of answers) expect(answer).toMatch(/^[a-z]+,.*\r\n/i);
  });

  it('share a draft with a tester, who downloads it', async () => {
    const { id } = await draftWith('2.5.0-beta.1', 'Aurora-2.5.0-beta.1-Windows-x64.exe');
    await follow(await block('sharing', 0), { DOWNLOADABLE_ID: id });
    expect((await stat(join(folder, 'Aurora-2.5.0-beta.1-Windows-x64.exe'))).size).toBe(BYTES.length);
  });

  it('are all tried: no page has a block that this test does not know', async () => {
    const counts = await Promise.all(
      ['publish', 'downloads', 'sharing', 'licenses', 'api', 'updates'].map(async (page) => (await commandsOf(page)).length),
    );
    expect(counts).toEqual([3, 3, 1, 4, 0, 1]);
  });

  it('sells a license, finds it by its reference, and extends many', async () => {
    const slug = `sold-${Date.now()}`;
    await makeProduct(harness.admin, { slug });
    const token = await makeToken(harness.admin, { scopes: ['license:read', 'license:write'] });
    const own = { PRODUCT_SLUG: slug, $TOKEN: token.headers['authorization']?.slice('Bearer '.length) ?? '' };
    const [sell = [], find = [], extend = []] = await commandsOf('licenses');
    expect((await follow(sell, own)).join('')).toMatch(/"key":"[0-9A-Z-]{29}","isCreated":true,"userErrors":\[\]/);
    expect((await follow(find, own)).join('')).toMatch(/"nodes":\[\{"id":"[0-9A-Z]{26}","status":"ACTIVE"\}\]/);
    expect((await follow(extend, own)).join('')).toMatch(/"task":\{"id":"[0-9A-Z]{26}"\},"userErrors":\[\]/);
  });

  it('imports licenses from a file: checked first, then started', async () => {
    const { slug } = await makeProduct(harness.admin);
    await writeFile(join(folder, 'licenses.csv'), `email,name,product\nada-${Date.now()}@buyer.example,Ada,${slug}\n`);
    const token = await makeToken(harness.admin, { scopes: ['license:read', 'license:write'] });
    const $TOKEN = token.headers['authorization']?.slice('Bearer '.length) ?? '';
    const [upload = '', begin = ''] = await block('licenses', 3);
    const [sent = ''] = await follow([upload], { $TOKEN });
    const IMPORT_ID = /"id":"([0-9A-Z]{26})"/.exec(sent)?.[1] ?? '';
    await harness.settle();
    const [begun = ''] = await follow([begin], { $TOKEN, IMPORT_ID });
    expect(begun).toMatch(/"licenseImport":\{"state":"[A-Z]+"\},"userErrors":\[\]/);
  });
});
