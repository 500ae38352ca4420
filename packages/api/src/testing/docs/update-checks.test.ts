import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { makeDraft, makeFile, makeLicense, makeMachineKey, makeProduct, makeToken } from '../make.js';

const PAGE = fileURLToPath(new URL('../../../../../docs/updates.md', import.meta.url));
const run = promisify(execFile);
const BYTES = Buffer.from('what an updater downloads');
const NAME = 'Aurora-2.4.0-linux-x64.tar.gz';
const hasPython = spawnSync('python3', ['--version']).status === 0 || process.env['TEST_NOTHING_SKIPPED'] !== undefined;

/** The first block of the page in a language. */
async function blockOf(language: string): Promise<string> {
  const [, block = ''] = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(await readFile(PAGE, 'utf8')) ?? [];
  return block;
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('docs/updates.md, as it stands, on $name', ({ start }) => {
  let harness: Harness;
  let folder: string;
  let variables: Record<string, string>;
  const keys: Record<string, string> = {};
  beforeAll(async () => {
    harness = await start();
    folder = await mkdtemp(join(tmpdir(), 'slipway-updates-'));
    const { id: productId } = await makeProduct(harness.admin, { slug: 'aurora' });
    for (const [version, releaseDate] of [
      ['2.4.0', '2026-03-01'],
      ['2.3.5', '2026-01-10'],
    ] as const) {
      const draft = await makeDraft(harness.admin, { productId, version, releaseDate });
      await makeFile(harness, draft.id, { fileName: NAME.replace('2.4.0', version), bytes: BYTES });
      await harness.admin.run('publishDownloadable', { id: draft.id }, 'downloadable { id }');
    }
    const license = await makeLicense(harness, { productId });
    const machine = await makeMachineKey(harness.admin, { customerId: license.customerId });
    const token = await makeToken(harness.admin, { scopes: ['release:read'] });
    keys['ended'] = (await makeLicense(harness, { productId, updatesUntil: '2026-01-31' })).key;
    variables = {
      API: harness.baseUrl,
      LICENSE_KEY: license.key,
      MACHINE_KEY: machine.key,
      TOKEN: token.headers['authorization']?.slice('Bearer '.length) ?? '',
    };
  });
  afterAll(async () => {
    await harness.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('asks in every way that it shows', async () => {
    const [address = '', ...commands] = (await blockOf('sh')).split('\n').filter(Boolean);
    expect(commands).toHaveLength(5);
    for (const command of commands) {
      const { stdout } = await run('bash', ['-euc', `${address}\n${command}`], { env: { ...process.env, ...variables } });
      expect(JSON.parse(stdout), command).toMatchObject({ status: 'UPDATE_AVAILABLE', release: { version: '2.4.0' } });
    }
  });

  const programs = [
    ['js', 'update.mjs', process.execPath],
    ['python', 'update.py', 'python3'],
  ] as const;

  it.skipIf(!hasPython).each(programs)('its program in %s updates itself', async (language, file, interpreter) => {
    // Node's is for the computer that it runs on.
    const block = (await blockOf(language)).replace('process.platform', "'linux'").replace('process.arch', "'x64'");
    expect(block).toContain('sha256');
    await writeFile(join(folder, file), block);
    await rm(join(folder, NAME), { force: true });
    await run(interpreter, [file], { cwd: folder, env: { ...process.env, ...variables } });
    expect(await readFile(join(folder, NAME))).toEqual(BYTES);
  });

  it('its program in js says why the newest is not for everybody, and takes what is', async () => {
    await writeFile(
      join(folder, 'ended.mjs'),
      (await blockOf('js')).replace('process.platform', "'linux'").replace('process.arch', "'x64'"),
    );
    const env = { ...process.env, ...variables, LICENSE_KEY: keys['ended'] ?? '' };
    const { stdout } = await run(process.execPath, ['ended.mjs'], { cwd: folder, env });
    expect(stdout).toMatch(/^Your updates ended on 2026-01-31.*\n2\.3\.5 is ready to install\.\n$/);
  });

  it('the answer that it shows has the fields of a real one', async () => {
    const shown = JSON.parse(await blockOf('json')) as Record<string, object> & { release: { assets: object[] } };
    const { stdout } = await run('bash', ['-euc', (await blockOf('sh')).split('\n').slice(0, 2).join('\n')], {
      env: { ...process.env, ...variables },
    });
    const real = JSON.parse(stdout) as typeof shown;
    const fieldsOf = (answer: typeof shown) =>
      [answer, answer['current'], answer.release, answer.release.assets[0]].map((part) => Object.keys(part ?? {}));
    expect(fieldsOf(shown)).toEqual(fieldsOf(real));
  });
});
