import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyAll } from '../../testing/promises/audit-world.js';
import type { Client } from '../../testing/client.js';
import { TEST_PASSWORD, TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeCustomer, makeLicense, makePublished, makeToken } from '../../testing/make.js';

/** Nobody else's name has these letters. */
const CANARY = /zebulon|quixot/i;
let count = 0;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('erasing a customer on $name', ({ start }) => {
  let harness: Harness;
  let admin: Client;
  let email: string;
  let customerId: string;
  let license: Awaited<ReturnType<typeof makeLicense>>;
  let person: Client;
  let release: Awaited<ReturnType<typeof makePublished>>;

  beforeAll(async () => {
    harness = await start();
    admin = harness.admin;
    release = await makePublished(harness);
  });
  afterAll(() => harness.close());

  /** A customer with everything that one can have. */
  beforeEach(async () => {
    count += 1;
    email = `zebulon.${count}@quixote.example`;
    const words = { name: `Zebulon ${count}`, company: 'Quixotic Industries' };
    customerId = (await makeCustomer(admin, { ...words, email, idempotencyKey: `zebulon ${count}` })).id;
    license = await makeLicense(harness, { productId: release.productId, customerId, key: `quixotes-own-key-of-${count}` });
    await admin.run('suspendLicense', { id: license.id, reason: 'Zebulon has not paid' }, 'license { id }');
    await admin.run('reinstateLicense', { id: license.id }, 'license { id }');
    await admin.run('updateCustomer', { id: customerId, name: `Zebulon Quixote ${count}` }, 'customer { id }');
    const login = `quixote.${count}@zebulon.example`;
    await harness.app.features.accounts.createUser({
      email: login,
      name: 'Zebulon',
      role: 'CUSTOMER',
      password: TEST_PASSWORD,
      customerId,
    });
    person = await harness.signIn(login, TEST_PASSWORD);
    await person.run('createDownload', { assetId: release.file.id }, 'download { url }');
    await license.client.run('createDownload', { assetId: release.file.id }, 'download { url }');
    await license.client.run('revealLicenseKey', { id: license.id }, 'key');
    await admin.run(
      'createShareLink',
      {
        downloadableId: release.id,
        label: `for ${email.toUpperCase()}`,
        expiresAt: new Date(harness.clock.now().getTime() + 86_400_000).toISOString(),
      },
      'shareLink { id }',
    );
  });

  const erase = (client = admin, confirmEmail = email) =>
    client.mutate('eraseCustomer', { id: customerId, confirmEmail }, 'customer { id name email company erasedAt }');

  const everything = async (): Promise<string> => {
    const isSqlite = harness.database.dialect === 'sqlite';
    const tables = await harness.database.query<{ name: string }>(
      isSqlite
        ? `SELECT name FROM sqlite_master WHERE type = 'table'`
        : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
    );
    const rows = await Promise.all(tables.map(({ name }) => harness.database.query(`SELECT * FROM ${name}`)));
    return JSON.stringify(rows);
  };

  it('leaves no name, address, company, key or reason anywhere, keeps the counts, and the chain still holds', async () => {
    expect(await everything()).toMatch(CANARY);
    await harness.app.features.auditSealer.seal();
    const counts = 'SELECT COUNT(*) AS events, COUNT(DISTINCT license_id) AS licenses FROM download_event';
    const before = await harness.database.query(counts);
    const { customer } = (await erase()) as unknown as { customer: Record<string, unknown> };
    expect(customer).toMatchObject({ id: customerId, name: 'Erased customer', company: null, erasedAt: expect.any(String) });
    expect(await everything()).not.toMatch(CANARY);
    expect(await harness.database.query(counts)).toEqual(before);
    const told = 'SELECT id FROM download_event WHERE customer_id = ? AND address IS NOT NULL';
    expect(await harness.database.query(told, [customerId])).toEqual([]);
    await harness.app.features.auditSealer.seal();
    const found = await verifyAll(harness.database);
    expect(found.faults).toEqual([]);
    expect(found.erased).toBeGreaterThan(10);
  });

  it('ends the license, its key, sessions and sign-in, and says in the audit trail what was erased', async () => {
    await erase();
    const refused = await license.client.mutate('createDownload', { assetId: release.file.id }, 'download { url }');
    expect(refused.userErrors[0]?.code).toBe('LICENSE_KEY_INVALID');
    expect((await person.query<{ viewer: unknown }>('{ viewer { permissions } }')).viewer).toBeNull();
    await expect(harness.signIn(`quixote.${count}@zebulon.example`, TEST_PASSWORD)).rejects.toThrow('Sign-in failed');
    const shown = await admin.mutate('revealLicenseKey', { id: license.id }, 'key');
    expect(shown.userErrors[0]?.code).toBe('CUSTOMER_ERASED');
    const { auditEvents } = await admin.query<{ auditEvents: { nodes: { action: string; change: object }[] } }>(
      'query($id: ID!) { auditEvents(filter: { subjectType: CUSTOMER, subjectId: $id }) { nodes { action address change { before after erased } } } }',
      { id: customerId },
    );
    expect(auditEvents.nodes).toMatchObject([
      { action: 'CUSTOMER_ERASE', change: { after: { licenses: 1, people: 1 }, erased: [] } },
      { action: 'CUSTOMER_UPDATE', change: { before: { name: null }, after: { name: null }, erased: ['name'] } },
      { action: 'CUSTOMER_CREATE', change: { after: { name: null, email: null, company: null } } },
    ]);
    const history = await admin.query<{ auditEvents: { nodes: { action: string }[] } }>(
      'query($id: ID!) { auditEvents(filter: { subjectType: LICENSE, subjectId: $id }) { nodes { action } } }',
      { id: license.id },
    );
    expect(history.auditEvents.nodes[0]?.action).toBe('LICENSE_REVOKE');
  });

  it('erases what an older Slipway wrote, too', async () => {
    await harness.database.transaction((tx) =>
      tx.execute(
        `INSERT INTO audit_event (id, at, actor_kind, actor_id, action, subject_type, subject_id, before_json, after_json, address, request_id)
         VALUES (?, '2026-01-01 00:00:00.000', 'LICENSE', ?, 'customer.update', 'customer', ?, ?, NULL, '203.0.113.77', '')`,
        [`0${count}`.padStart(26, '0'), license.id, customerId, JSON.stringify({ name: 'Zebulon', emailKey: email })],
      ),
    );
    await erase();
    expect(await everything()).not.toMatch(/zebulon|quixot|203\.0\.113\.77/i);
  });

  it('wants the address typed, is done once, and nothing is added to them afterwards', async () => {
    const mistyped = await erase(admin, 'zebulon@quixote.example');
    expect(mistyped.userErrors).toMatchObject([{ code: 'CONFIRMATION_MISMATCH', field: 'confirmEmail' }]);
    expect((await erase(admin, ` ${email.toUpperCase()} `)).userErrors).toEqual([]);
    const events = 'SELECT COUNT(*) AS total FROM audit_event';
    const before = await harness.database.query(events);
    expect((await erase(admin, 'whatever')).userErrors).toEqual([]);
    expect(await harness.database.query(events)).toEqual(before);
    for (const [name, input] of [
      ['updateCustomer', { id: customerId, name: 'Somebody' }],
      ['createLicense', { customerId, productId: release.productId }],
      ['createUser', { customerId, email: `new.${count}@a.example`, name: 'New', role: 'CUSTOMER' }],
    ] as const)
      expect((await admin.mutate(name, input)).userErrors[0]?.code, name).toBe('CUSTOMER_ERASED');
  });

  it('needs both permissions', async () => {
    const query = 'mutation($input: EraseCustomerInput!) { eraseCustomer(input: $input) { userErrors { code } } }';
    for (const scopes of [['user:write'], ['license:write', 'license:read']]) {
      const token = await makeToken(admin, { scopes });
      const { errors } = await token.graphql(query, { input: { id: customerId, confirmEmail: email } });
      expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
    }
    const token = await makeToken(admin, { scopes: ['user:write', 'license:write'] });
    expect((await erase(token)).userErrors).toEqual([]);
  });
});
