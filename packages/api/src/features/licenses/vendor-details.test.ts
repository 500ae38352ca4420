import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeLicense, makeProduct, makePublished, makeToken } from '../../testing/make.js';
import type { Client } from '../../testing/client.js';

interface Told {
  readonly notes: string | null;
  readonly externalReference: string | null;
  readonly tags: readonly string[];
  readonly customerReason: string | null;
  readonly statusReason: string | null;
  readonly statusChangedAt: string | null;
  readonly lastDownloadAt: string | null;
}

const TOLD = 'notes externalReference tags customerReason statusReason statusChangedAt lastDownloadAt';
const DETAILS = { notes: 'Pays by invoice.\nAsk for Ms. Okafor.', externalReference: 'order-1001', tags: ['Reseller', 'EU'] };

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('what a vendor writes down about a license on $name', ({ start }) => {
  let harness: Harness;
  let productId: string;
  /** Outlives the hours that pass here, as no session does. */
  let token: Client;
  let published: Awaited<ReturnType<typeof makePublished>>;
  let holder: Awaited<ReturnType<typeof makeLicense>>;
  let downloader: typeof holder;
  beforeAll(async () => {
    harness = await start();
    token = await makeToken(harness.admin, {
      scopes: ['license:read', 'license:write', 'release:read'],
      expiresAt: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    });
    productId = (await makeProduct(harness.admin)).id;
    published = await makePublished(harness);
    holder = await makeLicense(harness, { productId: published.productId });
    downloader = await makeLicense(harness, { productId: published.productId });
  });
  afterAll(() => harness.close());

  const ofStaff = async (id: string): Promise<Told> =>
    (await token.query<{ license: Told }>(`query($id: ID!) { license(id: $id) { ${TOLD} } }`, { id })).license;
  const ofHolder = async (client: Client): Promise<Told> =>
    (await client.query<{ viewer: { license: Told } }>(`{ viewer { license { ${TOLD} } } }`)).viewer.license;

  it('is kept, changed and emptied, and the holder sees none of it', async () => {
    const { id, client } = await makeLicense(harness, { productId, ...DETAILS, tags: [' Reseller', 'EU', 'reseller'] });
    expect(await ofStaff(id)).toMatchObject(DETAILS);
    expect(await ofHolder(client)).toMatchObject({ notes: null, externalReference: null, tags: [] });
    await harness.admin.run('updateLicense', { id, tags: ['EU'], notes: ' ' }, 'license { id }');
    expect(await ofStaff(id)).toMatchObject({ notes: null, externalReference: 'order-1001', tags: ['EU'] });
    const keys = await harness.database.query('SELECT tag_key FROM license_tag WHERE license_id = ?', [id]);
    expect(keys).toMatchObject([{ tag_key: 'eu' }]);
  });

  it.each([
    ['notes', 'n'.repeat(2_001), 'TOO_LONG'],
    ['externalReference', 'r'.repeat(201), 'TOO_LONG'],
    ['tags', Array.from({ length: 21 }, (_, index) => `tag ${index}`), 'VALUE_INVALID'],
    ['tags', ['a, b'], 'VALUE_INVALID'],
  ])('is refused at %s when it breaks its rule', async (field, value, code) => {
    const { id } = await makeLicense(harness, { productId });
    expect((await harness.admin.mutate('updateLicense', { id, [field]: value })).userErrors).toMatchObject([{ code, field }]);
  });

  it('is found by its whole reference', async () => {
    const { id } = await makeLicense(harness, { productId, externalReference: 'sub_9f2 / shop' });
    const find = async (search: string): Promise<readonly { id: string }[]> =>
      (
        await harness.admin.query<{ licenses: { nodes: { id: string }[] } }>(
          'query($search: String) { licenses(search: $search) { nodes { id } } }',
          {
            search,
          },
        )
      ).licenses.nodes;
    expect(await find(' sub_9f2 / shop ')).toEqual([{ id }]);
    expect(await find('sub_9f2 / sho')).toEqual([]);
  });

  it('is erased with the customer, in the audit trail too', async () => {
    const { id, customerId } = await makeLicense(harness, { productId, ...DETAILS });
    await harness.admin.run('suspendLicense', { id, customerReason: 'Moved to Acme' }, 'license { id }');
    const { customer } = await harness.admin.query<{ customer: { email: string } }>('query($id: ID!) { customer(id: $id) { email } }', {
      id: customerId,
    });
    await harness.admin.run('eraseCustomer', { id: customerId, confirmEmail: customer.email }, 'customer { id }');
    expect(await ofStaff(id)).toMatchObject({ notes: null, externalReference: null, tags: [], customerReason: null });
    expect(await harness.database.query('SELECT tag_key FROM license_tag WHERE license_id = ?', [id])).toEqual([]);
    const told = await harness.database.query('SELECT before_json, after_json FROM audit_event WHERE subject_id = ?', [id]);
    const values = await harness.database.query('SELECT value FROM audit_personal WHERE owner_id = ? AND value IS NOT NULL', [customerId]);
    expect(JSON.stringify([told, values])).not.toMatch(/Okafor|order-1001|Reseller|Acme/);
  });

  it('is written by a token that may write licenses', async () => {
    const { id } = await makeLicense(harness, { productId });
    await token.run('updateLicense', { id, ...DETAILS }, `license { ${TOLD} }`);
    expect(await ofStaff(id)).toMatchObject(DETAILS);
  });

  it('tells the customer since when it is suspended and the reason that is for them, and never the other', async () => {
    const { id, client } = holder;
    const { file } = published;
    const input = { id, reason: 'Third reminder', customerReason: 'Payment failed.' };
    await token.run('suspendLicense', input, 'license { id }');
    const told = await ofHolder(client);
    expect(told).toMatchObject({ customerReason: 'Payment failed.', statusReason: null });
    const day = told.statusChangedAt?.slice(0, 10);
    const refused = (await (await client.fetch(`/d/${file.id}/${file.fileName}`)).json()) as Record<string, unknown>;
    expect(refused).toMatchObject({
      code: 'LICENSE_SUSPENDED',
      detail: `Your license was suspended on ${day} (Payment failed): contact the vendor to have it reinstated.`,
    });
    expect(JSON.stringify(refused)).not.toContain('reminder');
    harness.clock.advance({ hours: 48 });
    await token.run('suspendLicense', { id, customerReason: 'Card expired' }, 'license { id }');
    expect(await ofHolder(client)).toMatchObject({ customerReason: 'Card expired', statusChangedAt: told.statusChangedAt });
    expect(await ofStaff(id)).toMatchObject({ statusReason: 'Third reminder' });
    await token.run('reinstateLicense', { id }, 'license { id }');
    expect(await ofHolder(client)).toMatchObject({ customerReason: null });
    const tooLong = await token.mutate('revokeLicense', { id, customerReason: 'x'.repeat(201) });
    expect(tooLong.userErrors).toMatchObject([{ code: 'TOO_LONG', field: 'customerReason' }]);
  });

  it('knows when a download was last counted', async () => {
    const { id, client } = downloader;
    const { file } = published;
    expect(await ofStaff(id)).toMatchObject({ lastDownloadAt: null });
    const before = harness.clock.now().toISOString();
    await client.fetch(`/d/${file.id}/${file.fileName}`);
    const first = (await ofStaff(id)).lastDownloadAt ?? '';
    expect([before, first, harness.clock.now().toISOString()].toSorted()[1]).toBe(first);
    harness.clock.advance({ hours: 1 });
    await client.fetch(`/d/${file.id}/${file.fileName}`);
    expect((await ofStaff(id)).lastDownloadAt).toBe(first);
    harness.clock.advance({ hours: 24 });
    await client.fetch(`/d/${file.id}/${file.fileName}`);
    expect(Date.parse((await ofStaff(id)).lastDownloadAt ?? '') - Date.parse(first)).toBeGreaterThanOrEqual(25 * 3_600_000);
  });
});
