import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import type { Client } from '../../testing/client.js';
import { makeCustomer, makeLicense, makeProduct, makePublished, makeToken } from '../../testing/make.js';

const DAY_MS = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();
const TERMS = 'license { startsAt expiresAt expiryPolicy updatesUntil channels versionRange platforms maxDownloads status statusReason }';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('licenses on $name', ({ start }) => {
  let harness: Harness;
  let support: Client;
  let productId: string;

  beforeAll(async () => {
    harness = await start();
    support = await harness.makeUser('SUPPORT');
    productId = (await makeProduct(harness.admin)).id;
  });
  afterAll(() => harness.close());

  const audited = async (action: string, subjectId: string): Promise<{ actor_kind: string; before_json: string; after_json: string }[]> =>
    harness.database.query('SELECT actor_kind, before_json, after_json FROM audit_event WHERE action = ? AND subject_id = ?', [
      action,
      subjectId,
    ]);

  const historyOf = async (subjectId: string): Promise<unknown[]> =>
    (
      await harness.admin.query<{ auditEvents: { nodes: unknown[] } }>(
        'query($subjectId: ID!) { auditEvents(filter: { subjectType: LICENSE, subjectId: $subjectId }) { nodes { action change { before after } } } }',
        { subjectId },
      )
    ).auditEvents.nodes;

  it('keeps every term, and null empties each or brings its default back', async () => {
    const terms = {
      startsAt: inDays(-1),
      expiresAt: inDays(365),
      expiryPolicy: 'FALLBACK',
      updatesUntil: '2099-01-01',
      channels: ['beta'],
      versionRange: '>=1.0 <3.0',
      platforms: ['WINDOWS'],
      maxDownloads: 5,
    };
    const { id } = await makeLicense(harness, { productId, ...terms });
    const { license } = await support.run<{ license: object }>('updateLicense', { id }, TERMS);
    expect(license).toMatchObject({ ...terms, status: 'ACTIVE', statusReason: null });
    const emptied = Object.fromEntries(Object.keys(terms).map((key) => [key, null]));
    expect(await support.run('updateLicense', { id, ...emptied }, TERMS)).toMatchObject({
      license: { ...emptied, expiryPolicy: 'REVOKE', channels: ['stable'], platforms: [] },
    });
  });

  it.each([
    ['an end before the start', { startsAt: inDays(10), expiresAt: inDays(5) }, 'DATE_INVALID', 'expiresAt'],
    ['updates that end before the start', { startsAt: inDays(10), updatesUntil: '2020-01-01' }, 'DATE_INVALID', 'updatesUntil'],
    ['a channel that the product lacks', { channels: ['nightly'] }, 'CHANNEL_UNKNOWN', 'channels'],
    ['a range that cannot be read', { versionRange: 'newest' }, 'RANGE_INVALID', 'versionRange'],
    ['a limit of no downloads', { maxDownloads: 0 }, 'VALUE_INVALID', 'maxDownloads'],
  ])('refuses %s at its field, creating and changing', async (_what, input, code, field) => {
    const { id, customerId } = await makeLicense(harness, { productId });
    const created = await support.mutate('createLicense', { productId, customerId, ...input });
    const changed = await support.mutate('updateLicense', { id, ...input });
    for (const { userErrors } of [created, changed]) expect(userErrors).toMatchObject([{ code, field }]);
  });

  it('is suspended with a reason that only staff read, reinstated without it, and revoked for good', async () => {
    const { id, client } = await makeLicense(harness, { productId });
    const reasonOf = async (who: Client) =>
      (await who.query<{ viewer: { license: { statusReason: string | null } } }>('{ viewer { license { statusReason } } }')).viewer.license
        .statusReason;
    const suspended = await support.run('suspendLicense', { id, reason: ' Invoice 17 is open ' }, TERMS);
    expect(suspended).toMatchObject({ license: { status: 'SUSPENDED', statusReason: 'Invoice 17 is open' } });
    expect(await reasonOf(client)).toBeNull();
    expect(await support.run('reinstateLicense', { id }, TERMS)).toMatchObject({ license: { status: 'ACTIVE', statusReason: null } });
    const tooLong = await support.mutate('revokeLicense', { id, reason: 'x'.repeat(201) });
    expect(tooLong.userErrors).toMatchObject([{ code: 'TOO_LONG', field: 'reason' }]);
    await support.run('revokeLicense', { id }, TERMS);
    for (const change of ['suspendLicense', 'reinstateLicense'])
      expect((await support.mutate(change, { id })).userErrors[0]?.code).toBe('TRANSITION_NOT_ALLOWED');
    expect((await support.mutate('updateLicense', { id, expiresAt: inDays(5) })).userErrors[0]?.code).toBe('LICENSE_REVOKED');
    const change = {
      before: { status: 'ACTIVE', statusReason: null },
      after: { status: 'SUSPENDED', statusReason: 'Invoice 17 is open' },
    };
    expect(await historyOf(id)).toEqual(expect.arrayContaining([{ action: 'LICENSE_SUSPEND', change }]));
  });

  it('shows its key to staff, to its customer and to its holder, writes every look down, and to nobody else', async () => {
    const { id, key, customerId, client } = await makeLicense(harness, { productId });
    const owner = await harness.makeUser('CUSTOMER', { customerId });
    const token = await makeToken(harness.admin, { scopes: ['license:read'], productId });
    for (const who of [support, owner, client, token]) {
      expect(await who.run('revealLicenseKey', { id }, 'key license { id }')).toMatchObject({ key, license: { id } });
    }
    const seen = await audited('license.keyShown', id);
    expect(seen.map((event) => event.actor_kind).sort()).toEqual(['LICENSE', 'TOKEN', 'USER', 'USER']);
    expect(JSON.stringify(seen)).not.toContain(key);
    const query = 'mutation($input: RevealLicenseKeyInput!) { revealLicenseKey(input: $input) { key } }';
    const other = await makeLicense(harness, { productId });
    const stranger = await harness.makeUser('CUSTOMER', { customerId: (await makeCustomer(harness.admin)).id });
    const publisher = await harness.makeUser('PUBLISHER');
    for (const who of [other.client, stranger, publisher]) {
      const { errors, data } = await who.graphql(query, { input: { id } });
      expect({ code: errors[0]?.extensions.code, data: JSON.stringify(data).includes(key) }).toEqual({ code: 'NOT_FOUND', data: false });
    }
    expect((await harness.nobody.graphql(query, { input: { id } })).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('acts on the next request when it is suspended, reinstated and extended', async () => {
    const { file, productId: product } = await makePublished(harness, { productId: (await makeProduct(harness.admin)).id });
    const { id, client } = await makeLicense(harness, { productId: product, expiresAt: inDays(-1) });
    const status = async (): Promise<number> => (await client.fetch(`/d/${file.id}/${file.fileName}`)).status;
    expect(await status()).toBe(403);
    await support.run('updateLicense', { id, expiresAt: inDays(30) }, TERMS);
    expect(await status()).toBe(302);
    await support.run('suspendLicense', { id }, TERMS);
    expect(await status()).toBe(403);
    await support.run('reinstateLicense', { id }, TERMS);
    expect(await status()).toBe(302);
  });

  it('is judged at the instant that a question names, else now', async () => {
    const { id, productId: product } = await makePublished(harness, { productId: (await makeProduct(harness.admin)).id });
    const license = await makeLicense(harness, { productId: product, startsAt: inDays(-10), expiresAt: inDays(10) });
    const codeAt = async (at: string | null): Promise<string> => {
      const ask = 'query($input: CheckEntitlementInput!) { checkEntitlement(input: $input) { code } }';
      const input = { downloadableId: id, licenseId: license.id, at };
      return (await harness.admin.query<{ checkEntitlement: { code: string } }>(ask, { input })).checkEntitlement.code;
    };
    expect([await codeAt(null), await codeAt(inDays(-20)), await codeAt(inDays(20))]).toEqual([
      'ALLOWED',
      'LICENSE_NOT_STARTED',
      'LICENSE_EXPIRED',
    ]);
  });

  it('pays for a file once in 24 hours, counted from the download that was paid for, also when it has no more', async () => {
    const { productId: product, file } = await makePublished(harness);
    const { client, id } = await makeLicense(harness, { productId: product, maxDownloads: 2 });
    const used = async (): Promise<number> =>
      Number((await harness.database.query<{ n: number }>('SELECT downloads_used AS n FROM license WHERE id = ?', [id]))[0]?.n);
    const seen: unknown[] = [];
    for (const hours of [0, 12, 11.9, 0.2, 23.8, 0.3]) {
      harness.clock.advance({ hours });
      const reply = await client.fetch(`/d/${file.id}/${file.fileName}`);
      seen.push([reply.status === 302 ? 'ALLOWED' : ((await reply.json()) as { code: string }).code, await used()]);
    }
    expect(seen).toEqual([
      ['ALLOWED', 1],
      ['ALLOWED', 1],
      ['ALLOWED', 1],
      ['ALLOWED', 2],
      ['ALLOWED', 2],
      ['DOWNLOAD_LIMIT', 2],
    ]);
  });
});
