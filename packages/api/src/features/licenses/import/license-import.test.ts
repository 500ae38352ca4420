import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeCustomer, makeLicense, makeLimited, makeProduct, makeToken } from '../../../testing/make.js';
import { ImportDriver } from './import-driver.cases.js';

const SOME_DAY = '2030-01-31T10:00:00.000Z';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the import of licenses on $name', ({ start }) => {
  let harness: Harness;
  let driver: ImportDriver;
  let slug: string;
  let productId: string;
  beforeAll(async () => {
    harness = await start();
    driver = new ImportDriver(harness);
    ({ slug, id: productId } = await makeProduct(harness.admin));
  });
  afterAll(() => harness.close());

  it.each([
    ['commas', (text: string) => text],
    ['semicolons, CRLF and a BOM', (text: string) => `\uFEFF${text.replaceAll(',', ';').replaceAll('\n', '\r\n')}`],
    ['tabs and an empty line at the end', (text: string) => `${text.replaceAll(',', '\t')}\n\n`],
    ['quotes around every cell', (text: string) => text.replace(/[^,\n]+/g, '"$&"')],
  ])('reads a file with %s', async (what, written) => {
    const email = `${what.replace(/\W+/g, '-').toLowerCase()}@import.example`;
    const text = `Customer e-mail,Name,Product slug,Expires,Favourite colour,Tags\n${email},Ada Buyer,${slug},2030-06-30,blue,EU`;
    const found = await driver.import(written(text));
    expect(found).toMatchObject({ state: 'DONE', total: 1, created: 1, failed: 0 });
    expect(found.columns.map(({ column }) => column)).toEqual(['email', 'name', 'product', 'expires', null, 'tags']);
    const [line] = found.lines.nodes;
    expect(line).toMatchObject({ line: 2, outcome: 'CREATE', email });
    expect(await driver.license(line?.licenseId)).toMatchObject({ expiresAt: '2030-06-30T23:59:59.999Z', tags: ['EU'] });
  });

  it.each([
    ['expires', '31.01.2030', 'VALUE_INVALID'],
    ['expires', '2030-02-30', 'VALUE_INVALID'],
    ['starts', '2030-01-31T25:00:00Z', 'VALUE_INVALID'],
    ['updatesUntil', '1/2/2030', 'VALUE_INVALID'],
    ['status', 'PAUSED', 'VALUE_INVALID'],
    ['expiryPolicy', 'KEEP', 'VALUE_INVALID'],
    ['platforms', 'WINDOWS AMIGA', 'VALUE_INVALID'],
    ['maxDownloads', '-3', 'VALUE_INVALID'],
    ['maxDownloads', '0', 'VALUE_INVALID'],
    ['channels', 'stable nightly', 'CHANNEL_UNKNOWN'],
    ['versionRange', '>=', 'RANGE_INVALID'],
    ['key', 'short77', 'LICENSE_KEY_INVALID'],
    ['key', 'key with blanks', 'LICENSE_KEY_INVALID'],
    ['product', 'no-such-product', 'NOT_FOUND'],
    ['product', '', 'NAME_REQUIRED'],
    ['email', 'ada at example', 'EMAIL_INVALID'],
    ['tags', 'x'.repeat(41), 'TOO_LONG'],
  ])('names line, column and reason for %s “%s”, and loses nothing of the others', async (column, cell, code) => {
    const good = (index: number): Record<string, string> => ({
      email: `${code}-${index}@lines.example`.toLowerCase(),
      product: slug,
      externalReference: `${column} ${cell.slice(0, 20)} ${index}`,
    });
    const found = await driver.import(driver.file([good(1), { ...good(2), [column]: cell }, good(3)]));
    expect(found).toMatchObject({ total: 3, created: 2, failed: 1 });
    const failed = found.lines.nodes.filter(({ outcome }) => outcome === 'ERROR');
    expect(failed).toMatchObject([{ line: 3, column, code, message: expect.stringMatching(/\.$/) }]);
  });

  it('writes nothing until it is started, and says what each line will do', async () => {
    const email = 'dry@import.example';
    const { id: customerId } = await makeCustomer(harness.admin, { email });
    const { id } = await makeLicense(harness, { customerId, productId, externalReference: 'dry-1', expiresAt: SOME_DAY });
    const other = { product: slug, externalReference: 'dry-2', email: 'dry-new@import.example' };
    const before = await driver.tallies();
    const text = driver.file([
      { email, product: slug, externalReference: 'dry-1', expires: '2031-01-31T10:00:00Z' },
      { ...other, expires: '' },
    ]);
    const found = await driver.check(text);
    expect(found).toMatchObject({ state: 'CHECKED', created: 1, changed: 1 });
    expect(found.lines.nodes[0]).toMatchObject({ changes: [{ column: 'expires', before: SOME_DAY, after: '2031-01-31T10:00:00.000Z' }] });
    expect(await driver.tallies()).toEqual(before);
    await driver.run(found.id);
    expect(await driver.license(id)).toMatchObject({ expiresAt: '2031-01-31T10:00:00.000Z' });
  });

  it('changes nothing when a file is run twice, whatever tells its licenses apart', async () => {
    const text = driver.file([
      { email: 'twice@import.example', product: slug, key: 'TWICE-OWN-KEY-0001', notes: 'By key', status: 'SUSPENDED' },
      { email: 'twice@import.example', product: slug, externalReference: 'twice-1', notes: 'By reference' },
      { email: 'twice@import.example', product: slug, notes: 'By all of it', name: 'Twice', company: 'Acme' },
      { email: 'twice@import.example', product: slug, notes: 'By all of it', name: 'Twice', company: 'Acme' },
      { email: 'twice@import.example', product: slug, notes: 'Gone', status: 'REVOKED' },
    ]);
    expect(await driver.import(text)).toMatchObject({ created: 4, unchanged: 1, failed: 0 });
    const before = await driver.tallies();
    expect(await driver.import(text)).toMatchObject({ created: 0, changed: 0, unchanged: 5, failed: 0 });
    expect(await driver.tallies()).toEqual(before);
  });

  it('refuses the second of two lines with one key, or one reference', async () => {
    const line = { email: 'double@import.example', product: slug };
    const found = await driver.import(
      driver.file([
        { ...line, key: 'DOUBLE-KEY-1' },
        { ...line, key: 'double-key-1' },
        { ...line, externalReference: 'double' },
        { ...line, externalReference: 'double', notes: 'x' },
      ]),
    );
    expect(found.lines.nodes).toMatchObject([
      { outcome: 'CREATE' },
      { column: 'key', message: 'Line 2 has this key, too: keep one of the two.' },
      { outcome: 'CREATE' },
      { column: 'externalReference', code: 'REFERENCE_TAKEN' },
    ]);
  });

  it('counts lines as a text editor does, also after a text of several lines', async () => {
    const text = `email,product,notes\r\na@count.example,${slug},"one\r\ntwo\r\nthree"\r\n\r\nb@count.example,none,x`;
    const found = await driver.check(text);
    expect(found.lines.nodes.map(({ line, outcome }) => [line, outcome])).toEqual([
      [2, 'CREATE'],
      [6, 'ERROR'],
    ]);
  });

  it('refuses a key that the license of another customer has', async () => {
    const key = 'TAKEN-KEY-00000001';
    await makeLicense(harness, { productId, key });
    const found = await driver.import(driver.file([{ email: 'taker@import.example', product: slug, key }]));
    expect(found.lines.nodes).toMatchObject([{ outcome: 'ERROR', column: 'key', code: 'LICENSE_KEY_TAKEN', licenseId: null }]);
  });

  it('keeps names that are known, and fills in what is not', async () => {
    const customer = await makeCustomer(harness.admin, { email: 'known@import.example', name: 'Known Name', company: null });
    await driver.import(driver.file([{ email: 'known@import.example', product: slug, name: 'Other', company: 'Acme' }]));
    const query = 'query($id: ID!) { customer(id: $id) { name company } }';
    expect((await harness.admin.query<{ customer: object }>(query, { id: customer.id })).customer).toEqual({
      name: 'Known Name',
      company: 'Acme',
    });
  });

  it('takes back what the export wrote, formulas, quotes and line breaks included, without a change', async () => {
    const { slug: own, id } = await makeProduct(harness.admin);
    const { id: customerId } = await makeCustomer(harness.admin, { name: '=HYPERLINK("x")', company: '\'@ Acme; "Sons"' });
    const terms = {
      startsAt: SOME_DAY,
      expiresAt: '2031-01-31T10:00:00.000Z',
      platforms: ['WINDOWS', 'LINUX'],
      channels: [],
      maxDownloads: 3,
    };
    const vendor = { tags: ['EU', 'Re seller'], externalReference: '-1+1', notes: 'One,\n"two"; three' };
    const first = await makeLicense(harness, { productId: id, customerId, ...terms, ...vendor, versionRange: '>=2.0 <3.0' });
    const second = await makeLicense(harness, { productId: id, customerId });
    await harness.admin.run('revokeLicense', { id: second.id }, 'license { id }');
    for (const keys of ['true', 'false']) {
      const text = await (await harness.admin.fetch(`/api/v1/licenses.csv?productId=${id}&keys=${keys}`)).text();
      expect(text).toContain(own);
      const before = await driver.tallies();
      expect(await driver.import(text)).toMatchObject({ total: 2, unchanged: 2, failed: 0 });
      expect(await driver.tallies()).toEqual(before);
    }
    expect(await driver.license(first.id)).toMatchObject({ notes: vendor.notes, channels: [] });
  });

  it('gives the lines that failed back in their columns, with the reason of each', async () => {
    const text = `Product;Colour;E-mail\n${slug};red;ok@back.example\nnone;"=1+1";bad@back.example\n`;
    const { id } = await driver.import(text);
    const back = await (await harness.admin.fetch(`/api/v1/license-imports/${id}/errors.csv`)).text();
    expect(back.split('\r\n')).toEqual([
      'Product,Colour,E-mail,line,column,error',
      `none,'=1+1,bad@back.example,3,product,There is no product “none”: check its slug.`,
      '',
    ]);
  });

  it('makes for somebody who is limited only what is theirs, and shows it to nobody else who is', async () => {
    const { slug: mine, id: mineId } = await makeProduct(harness.admin);
    const email = 'mine@import.example';
    await makeCustomer(harness.admin, { email });
    const limited = await makeLimited(harness, 'SUPPORT', [mineId]);
    const lines = [
      { email, product: mine, externalReference: 'limited 1' },
      { email, product: slug, externalReference: 'limited 2' },
    ];
    expect(await driver.import(driver.file(lines), limited)).toMatchObject({ created: 0, failed: 2 });
    await driver.import(driver.file(lines.slice(0, 1).map((line) => ({ ...line, externalReference: 'limited 0' }))));
    const found = await driver.import(driver.file(lines), limited);
    expect(found.lines.nodes).toMatchObject([{ outcome: 'CREATE' }, { outcome: 'ERROR', column: 'product', code: 'NOT_FOUND' }]);
    const neighbour = await makeLimited(harness, 'SUPPORT', [productId]);
    expect(await driver.read(found.id, neighbour)).toBeNull();
    expect((await neighbour.fetch(`/api/v1/license-imports/${found.id}/errors.csv`)).status).toBe(404);
  });

  it('ends when whoever asked is gone, and says so', async () => {
    const token = await makeToken(harness.admin, { scopes: ['license:read', 'license:write'] });
    const { id } = await driver.begin(driver.file([{ email: 'gone@import.example', product: slug }]), token);
    await harness.admin.run('revokeApiToken', { id: token.tokenId }, 'apiToken { id }');
    await harness.settle();
    expect(await driver.read(id)).toMatchObject({ state: 'STOPPED', problem: expect.stringContaining('can no longer') });
  });

  it('is audited once, besides each license, and stopped by hand stays as far as it came', async () => {
    const found = await driver.import(driver.file([{ email: 'audit@import.example', product: slug }]));
    const query = `SELECT after_json FROM audit_event WHERE action = 'license.import' AND subject_id = ?`;
    const [event, ...more] = await harness.database.query<{ after_json: string }>(query, [found.id]);
    expect([JSON.parse(event?.after_json ?? ''), more]).toEqual([
      { name: 'licenses.csv', total: 1, created: 1, changed: 0, unchanged: 0, failed: 0 },
      [],
    ]);
    const { id } = await driver.begin(driver.file([{ email: 'stopped@import.example', product: slug }]));
    await harness.admin.run('stopLicenseImport', { id }, 'licenseImport { state }');
    await harness.settle();
    expect(await driver.read(id)).toMatchObject({ state: 'STOPPED', created: 0 });
    expect((await harness.admin.mutate('importLicenses', { id })).userErrors).toMatchObject([{ code: 'TRANSITION_NOT_ALLOWED' }]);
  });

  it('keeps no key of a line that is imported, and forgets its lines after 7 days', async () => {
    const found = await driver.import(driver.file([{ email: 'kept@import.example', product: slug, key: 'KEPT-KEY-1' }]));
    const lines = await harness.database.query<{ id: string; content: string }>(
      'SELECT id, content FROM license_import_line WHERE import_id = ?',
      [found.id],
    );
    for (const line of lines) expect(harness.app.features.lineContents.open(line).join()).not.toContain('KEPT-KEY-1');
    expect(
      await harness.database.query(`SELECT key_origin FROM license WHERE id = ?`, [found.lines.nodes[0]?.licenseId ?? '']),
    ).toMatchObject([{ key_origin: 'WEAK' }]);
    harness.clock.advance({ hours: 8 * 24 });
    await harness.app.features.importRetention.forget();
    expect(await harness.database.query('SELECT id FROM license_import')).toEqual([]);
    expect(await harness.database.query('SELECT id FROM license_import_line')).toEqual([]);
  });
});
