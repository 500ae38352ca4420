import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeCustomer, makeLicense, makePublished, makeToken } from '../../testing/make.js';

interface Exported {
  readonly customer: object;
  readonly people: object[];
  readonly licenses: object[];
  readonly sessions: object[];
  readonly downloads: object[];
  readonly auditEvents: { readonly action: string; readonly actor: { readonly kind: string }; readonly address: string | null }[];
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('exporting a customer on $name', ({ start }) => {
  let harness: Harness;
  let customerId: string;
  let license: Awaited<ReturnType<typeof makeLicense>>;
  let release: Awaited<ReturnType<typeof makePublished>>;

  beforeAll(async () => {
    harness = await start();
    release = await makePublished(harness);
    customerId = (await makeCustomer(harness.admin, { name: 'Ada North', email: 'ada@north.example', company: 'North' })).id;
    license = await makeLicense(harness, { productId: release.productId, customerId });
    const person = await harness.makeUser('CUSTOMER', { customerId });
    await person.run('createDownload', { assetId: release.file.id }, 'download { url }');
    await person.run('updateNotificationChoices', { general: 'SECURITY' }, 'notificationChoices { general }');
    await license.client.run('revealLicenseKey', { id: license.id }, 'key');
    await person.run('createMachineKey', { name: 'Render farm' }, 'machineKey { id }');
    await person.run('invitePerson', { email: 'bo@north.example', name: 'Bo North' }, 'invitation { id }');
    await makeCustomer(harness.admin, { name: 'Somebody Else', email: 'else@south.example' });
  });
  afterAll(() => harness.close());

  const ask = async (client = harness.admin): Promise<string> => {
    const { export: file } = await client.run<{ export: { url: string } }>(
      'exportCustomer',
      { id: customerId },
      'export { url expiresAt fileName }',
    );
    return file.url.slice(harness.baseUrl.length);
  };

  it('gives one JSON with everything about them, without keys, and with nothing about others', async () => {
    const response = await harness.admin.fetch(await ask());
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="customer-${customerId}-${harness.clock.now().toISOString().slice(0, 10)}.json"`,
    );
    const text = await response.text();
    const all = JSON.parse(text) as Exported;
    expect(all).toMatchObject({
      format: 'slipway-customer',
      version: 1,
      customer: { id: customerId, name: 'Ada North', email: 'ada@north.example', company: 'North' },
      people: [{ name: 'Test CUSTOMER' }],
      licenses: [{ id: license.id, product: { id: release.productId }, downloadsUsed: 1 }],
      machineKeys: [{ name: 'Render farm', licenseId: null, revokedAt: null }],
      newsChoices: [{ productId: '', choice: 'SECURITY' }],
      invitations: [{ address: 'bo@north.example', name: 'Bo North', memberRole: 'MEMBER', usedAt: null }],
      mails: [{ kind: 'INVITATION', toAddress: 'bo@north.example' }],
      notices: [],
      sessions: [{ licenseId: null }],
      downloads: [{ version: release.version, fileName: release.file.fileName, isCounted: true, licenseId: license.id }],
      refusals: [],
    });
    expect(all.auditEvents.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'customer.create',
        'customer.export',
        'user.create',
        'license.create',
        'license.keyShown',
        'machineKey.create',
      ]),
    );
    // The addresses of staff are theirs; who invited was one of the customer's own people.
    for (const { action, actor, address } of all.auditEvents)
      expect(address === null, action).toBe(actor.kind !== 'LICENSE' && action !== 'invitation.send' && action !== 'machineKey.create');
    for (const secret of [license.key, 'argon2', 'keyHash', 'tokenHash', '/invitation/', 'passwordHash', 'Somebody Else', 'south.example'])
      expect(text).not.toContain(secret);
  });

  it('has a link that opens nothing for others, changed, or after ten minutes', async () => {
    const link = await ask();
    const other = await harness.makeUser('ADMIN');
    expect((await harness.nobody.fetch(link)).status).toBe(401);
    expect((await other.fetch(link)).status).toBe(400);
    expect((await harness.admin.fetch(link.replace(/signature=./, 'signature=_'))).status).toBe(400);
    expect((await harness.admin.fetch(link.split('?')[0] ?? '')).status).toBe(400);
    harness.clock.advance({ seconds: 601 });
    expect((await harness.admin.fetch(link)).status).toBe(400);
  });

  it('needs every permission whose data it shows', async () => {
    const all = ['user:write', 'license:read', 'log:read'];
    const query = 'mutation($input: ExportCustomerInput!) { exportCustomer(input: $input) { userErrors { code } } }';
    for (const missing of all) {
      const token = await makeToken(harness.admin, { scopes: all.filter((scope) => scope !== missing) });
      const { errors } = await token.graphql(query, { input: { id: customerId } });
      expect(errors[0]?.extensions.code, missing).toBe('FORBIDDEN');
    }
    const token = await makeToken(harness.admin, { scopes: all });
    expect((await token.fetch(await ask(token))).status).toBe(200);
  });

  it('comes in pages: more rows than fit into one are all there', async () => {
    const [event] = await harness.database.query<Record<string, unknown>>('SELECT * FROM download_event LIMIT 1');
    const columns = Object.keys(event ?? {});
    await harness.database.transaction(async (tx) => {
      for (let index = 0; index < 1_200; index += 1)
        await tx.execute(
          `INSERT INTO download_event (${columns.join(', ')}) SELECT ${columns.map((name) => (name === 'id' ? '?' : name)).join(', ')} FROM download_event WHERE id = ?`,
          [`X${String(index).padStart(25, '0')}`, String(event?.['id'])],
        );
    });
    const all = (await (await harness.admin.fetch(await ask())).json()) as Exported;
    expect(all.downloads).toHaveLength(1_201);
  });
});
