import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../free-port.js';
import { ServerProcess } from '../server-process.js';

const APP_SECRET = 'a secret for this test, of forty-two chars';

describe('a start that fails', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'slipway-json-'));
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  const startWith = async (change: Readonly<Record<string, string>>, args: readonly string[] = []) =>
    new ServerProcess(`http://127.0.0.1:${await freePort()}`, { DATA_DIR: dataDir, APP_SECRET, ...change }).runToEnd(args);

  it.each([
    ['two variables are wrong', { LOG_LEVEL: 'loud', STOP_GRACE_SECONDS: 'long' }, ['LOG_LEVEL', 'STOP_GRACE_SECONDS']],
    ['the database does not answer', { DATABASE_URL: 'mysql://a:b@127.0.0.1:1/c' }, ['DATABASE_URL']],
    ['nothing but silence is asked for', { LOG_LEVEL: 'silent', DATABASE_URL: 'mysql://a:b@127.0.0.1:1/c' }, ['DATABASE_URL']],
  ])('says why in lines of JSON where the log is to be JSON, when %s', async (_what, change, names) => {
    const { exitCode, output } = await startWith({ LOG_FORMAT: 'json', ...change });
    expect(exitCode).toBe(1);
    const lines = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { level: string; time: string; msg: string });
    expect(lines.map(({ level }) => level)).toEqual(lines.map(() => 'fatal'));
    for (const name of names) expect(lines.filter(({ msg }) => msg.startsWith(`Slipway cannot start. ${name}`))).toHaveLength(1);
    expect(lines.every(({ time }) => new Date(time).toISOString() === time)).toBe(true);
  });

  it('says it in words without that, and so does a command, which somebody runs who reads them', async () => {
    const change = { DATABASE_URL: 'mysql://a:b@127.0.0.1:1/c' };
    expect((await startWith(change)).output).toMatch(/^Slipway cannot start\.\nDATABASE_URL/);
    expect((await startWith({ ...change, LOG_FORMAT: 'json' }, ['doctor'])).output).toMatch(/^Slipway cannot start\.\nDATABASE_URL/);
  });
});
