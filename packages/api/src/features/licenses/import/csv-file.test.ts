import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeProduct } from '../../../testing/make.js';
import { ImportDriver } from './import-driver.cases.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('a file of licenses on $name', ({ start }) => {
  let harness: Harness;
  let driver: ImportDriver;
  let slug: string;
  beforeAll(async () => {
    harness = await start();
    driver = new ImportDriver(harness);
    ({ slug } = await makeProduct(harness.admin));
  });
  afterAll(() => harness.close());

  it.each([
    ['nothing', '', 'FILE_EMPTY'],
    ['a header alone', 'email,product', 'FILE_EMPTY'],
    ['no column for the product', 'email,expires\na@b.example,', 'VALUE_INVALID'],
    ['two columns for the address', 'email,e-mail,product\na@b.example,a@b.example,p', 'VALUE_INVALID'],
    ['a quote that never ends', 'email,product\n"a@b.example,p', 'VALUE_INVALID'],
    ['another encoding', Buffer.from('email,product,name\na@b.example,p,Jos\xe9', 'latin1'), 'VALUE_INVALID'],
    ['UTF-16', Buffer.from('\uFEFFemail,product\na@b.example,p', 'utf16le'), 'VALUE_INVALID'],
    ['a header of endless columns', `email,product${','.repeat(100_000)}\na@b.example,p`, 'TOO_MANY'],
    ['a line of endless cells', `email,product\na@b.example,p${','.repeat(100_000)}`, 'TOO_MANY'],
  ])('with %s is refused as a whole, in one sentence', async (_what, body, code) => {
    const reply = await driver.send(body);
    expect(reply.status).toBe(422);
    const { code: given, detail } = (await reply.json()) as { code: string; detail: string };
    expect([given, detail]).toEqual([code, expect.stringMatching(/^[^.]+\.$/)]);
  });

  it('is read as it was written, wherever a character lies in it', async () => {
    const lines = Array.from({ length: 100 }, (_, index) => `wide-${index}@import.example,${slug},${'🦊'.repeat(450)}`);
    for (const head of ['email,product,notes', 'email,product,notes,']) {
      const { id } = await driver.import([head, ...lines].join('\n'));
      expect(await driver.read(id)).toMatchObject({ state: 'DONE', total: 100, failed: 0 });
    }
    const notes = await harness.database.query<{ notes: string }>("SELECT DISTINCT notes FROM license WHERE notes LIKE '🦊%'");
    expect(notes).toEqual([{ notes: '🦊'.repeat(450) }]);
  });
});
