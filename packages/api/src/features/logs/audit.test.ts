import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeCustomer, makeDraft, makeLicense, makeMachineKey, makePublished, makeToken } from '../../testing/make.js';

interface Event {
  readonly action: string;
  readonly actor: { readonly kind: string; readonly name: string };
  readonly change: { readonly before: Record<string, unknown> | null; readonly after: Record<string, unknown> | null };
  readonly address: string | null;
}
const EVENT =
  'nodes { id action actor { kind id name } change { before after } address requestId } pageInfo { endCursor hasNextPage } totalCount';
const FOUND = 'id action actor { kind id name } change { before after } address requestId subject { name customerId }';
interface Trail {
  readonly nodes: readonly Event[];
  readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
  readonly totalCount: number;
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the audit trail on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const history = async (id: string, client = harness.admin, page = '') =>
    (
      await client.query<{ downloadable: { history: Trail | null } }>(
        `query($id: ID!) { downloadable(id: $id) { history${page} { ${EVENT} } } }`,
        { id },
      )
    ).downloadable.history;

  it('tells of a downloadable who did what, with before and after, newest first', async () => {
    const draft = await makeDraft(harness.admin, { name: 'Old name' });
    await harness.admin.run('updateDownloadable', { id: draft.id, lockVersion: 1, name: 'New name' }, 'downloadable { id }');
    const trail = await history(draft.id);
    expect(trail?.nodes.map((event) => event.action)).toEqual(['DOWNLOADABLE_UPDATE', 'DOWNLOADABLE_CREATE']);
    expect(trail?.nodes[0]).toMatchObject({
      actor: { kind: 'USER', name: 'Test ADMIN' },
      change: { before: { name: 'Old name' }, after: { name: 'New name' } },
      address: '127.0.0.1',
    });
    expect(trail?.nodes[1]?.change.before).toBeNull();
  });

  it('pages without gaps, and counts all', async () => {
    const release = await makePublished(harness);
    const all = await history(release.id);
    const first = await history(release.id, harness.admin, '(first: 1)');
    const rest = await history(release.id, harness.admin, `(first: 50, after: "${first?.pageInfo.endCursor}")`);
    expect([...(first?.nodes ?? []), ...(rest?.nodes ?? [])]).toEqual(all?.nodes);
    expect([first?.totalCount, first?.pageInfo.hasNextPage, rest?.pageInfo.hasNextPage]).toEqual([all?.nodes.length, true, false]);
  });

  it('is read of a downloadable by staff without addresses unless they read logs, and by customers not at all', async () => {
    const release = await makePublished(harness);
    const publisher = await harness.makeUser('PUBLISHER');
    expect((await history(release.id, publisher))?.nodes[0]).toMatchObject({
      action: 'DOWNLOADABLE_PUBLISH',
      address: null,
      requestId: null,
    });
    const { client } = await makeLicense(harness, { productId: release.productId });
    expect(await history(release.id, client)).toBeNull();
  });

  it('tells of a license and of a person everything, to those who read logs', async () => {
    const release = await makePublished(harness);
    const license = await makeLicense(harness, { productId: release.productId });
    await harness.admin.run('suspendLicense', { id: license.id }, 'license { id }');
    const support = await harness.makeUser('SUPPORT');
    const ask = (filter: string) => support.query<{ auditEvents: Trail }>(`{ auditEvents(filter: ${filter}) { ${EVENT} } }`);
    const ofLicense = await ask(`{ subjectType: LICENSE, subjectId: "${license.id}" }`);
    expect(ofLicense.auditEvents.nodes.map((event) => event.action)).toEqual(['LICENSE_SUSPEND', 'LICENSE_CREATE']);
    const actorId = ofLicense.auditEvents.nodes[0] as unknown as { actor: { id: string } };
    const ofAdmin = await ask(`{ actorId: "${actorId.actor.id}" }`);
    expect(ofAdmin.auditEvents.nodes[0]?.action).toBe('LICENSE_SUSPEND');
    expect(JSON.stringify(ofLicense)).not.toContain(license.key);
  });

  it('shows what another version of Slipway wrote as OTHER, and keeps what it changed', async () => {
    const { id } = await makeDraft(harness.admin);
    await harness.database.transaction((tx) =>
      tx.execute("UPDATE audit_event SET action = 'comet.launch' WHERE subject_id = ? AND action = 'downloadable.create'", [id]),
    );
    expect((await history(id))?.nodes).toMatchObject([{ action: 'OTHER', change: { before: null, after: expect.anything() } }]);
  });

  it('is asked for by people and tokens, who are found by their names, or named by their ids', async () => {
    interface Actor {
      readonly kind: string;
      readonly id: string;
      readonly name: string;
    }
    const find = async (args: string, client = harness.admin) =>
      (await client.query<{ auditActors: readonly Actor[] }>(`{ auditActors${args} { kind id name } }`)).auditActors;
    await makeToken(harness.admin, { name: 'Nightly Ünïcorn build', scopes: ['release:read'] });
    const product = await makePublished(harness);
    const license = await makeLicense(harness, { productId: product.productId });
    const [token] = await find('(search: "unicorn night")');
    expect(token).toMatchObject({ kind: 'TOKEN', name: 'Nightly Ünïcorn build' });
    const machine = await makeMachineKey(harness.admin, { customerId: license.customerId, name: 'Kiosk in the lobby' });
    expect(await find('(search: "lobby kiosk")')).toEqual([{ kind: 'MACHINE', id: machine.id, name: 'Kiosk in the lobby' }]);
    expect((await find('')).map(({ kind }) => kind)).not.toContain('MACHINE');
    expect((await find('(search: "Test ADMIN")')).map(({ kind }) => kind)).toContain('USER');
    expect(await find('(search: "nobody has this name")')).toEqual([]);
    const all = (await find('')).map(({ name }) => name);
    expect(all).toEqual(all.toSorted((one, other) => one.localeCompare(other, 'en')));
    expect(await find(`(id: "${token?.id}")`)).toEqual([token]);
    expect(await find(`(id: "${license.id}")`)).toMatchObject([{ kind: 'LICENSE', id: license.id }]);
    const { errors } = await harness.admin.graphql('{ auditActors(search: "a", id: "b") { id } }');
    expect(errors[0]).toMatchObject({ message: 'Give search or id, not both.', extensions: { code: 'BAD_USER_INPUT' } });
    const bound = await makeToken(harness.admin, { scopes: ['log:read'], productId: product.productId });
    for (const stranger of [license.client, bound, harness.nobody])
      expect((await stranger.graphql('{ auditActors { id } }')).errors[0]?.extensions.code).toMatch(/^(FORBIDDEN|UNAUTHENTICATED)$/);
  });

  it('is no business of a token for one product', async () => {
    const release = await makePublished(harness);
    const token = await makeToken(harness.admin, { scopes: ['release:read', 'log:read'], productId: release.productId });
    const { errors } = await token.graphql('{ auditEvents { totalCount } }');
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await history(release.id, token))?.totalCount).toBeGreaterThan(0);
  });

  it.each(['{ subjectId: "x" }', '{ subjectType: LICENSE }', '{ subjectType: LICENSE, subjectId: "x", actorId: "y" }'])(
    'the filter %s is refused with what to give',
    async (filter) => {
      const { errors } = await harness.admin.graphql(`{ auditEvents(filter: ${filter}) { totalCount } }`);
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    },
  );

  it('is found by who did it, by whom it was about, by product and version, by request and by address', async () => {
    const release = await makePublished(harness, { version: '7.41.3' });
    const customer = await makeCustomer(harness.admin, { name: 'Quill Press', email: 'it@quill.example' });
    const license = await makeLicense(harness, { productId: release.productId, customerId: customer.id });
    await harness.admin.run('suspendLicense', { id: license.id }, 'license { id }');
    const { product } = await harness.admin.query<{ product: { name: string } }>(`{ product(id: "${release.productId}") { name } }`);
    const find = async (filter: Record<string, unknown>): Promise<readonly (Event & { requestId: string; subject: object | null })[]> =>
      (
        await harness.admin.query<{ auditEvents: { nodes: (Event & { requestId: string; subject: object | null })[] } }>(
          `query($f: AuditEventFilter) { auditEvents(filter: $f, first: 100) { nodes { ${FOUND} } } }`,
          { f: filter },
        )
      ).auditEvents.nodes;
    const actionsOf = async (filter: Record<string, unknown>): Promise<readonly string[]> =>
      (await find(filter)).map(({ action }) => action);
    const ofCustomer = ['LICENSE_SUSPEND', 'LICENSE_CREATE', 'CUSTOMER_CREATE'];
    for (const filter of [{ search: 'quill' }, { search: 'it@quill.example' }, { customerId: customer.id }])
      expect([filter, await actionsOf(filter)]).toEqual([filter, ofCustomer]);
    expect(await actionsOf({ search: license.key.slice(-4) })).toEqual(['LICENSE_SUSPEND', 'LICENSE_CREATE']);
    expect(await actionsOf({ customerId: customer.id, actions: ['LICENSE_CREATE', 'TOKEN_CREATE'] })).toEqual(['LICENSE_CREATE']);
    for (const filter of [{ search: '7.41.3' }, { search: `${product.name} 7.41.3` }])
      expect([filter, (await actionsOf(filter)).at(-1)]).toEqual([filter, 'DOWNLOADABLE_CREATE']);
    expect((await actionsOf({ productId: release.productId })).at(-1)).toBe('PRODUCT_CREATE');
    const [suspended] = await find({ customerId: customer.id });
    expect(suspended?.subject).toEqual({ name: 'Quill Press', customerId: customer.id });
    expect(await actionsOf({ search: suspended?.requestId })).toEqual(['LICENSE_SUSPEND']);
    expect((await actionsOf({ search: '127.0.0.1' })).length).toBeGreaterThan(3);
    expect(await actionsOf({ search: 'Test ADMIN', actions: ['LICENSE_SUSPEND'] })).toContain('LICENSE_SUSPEND');
    expect(await actionsOf({ search: 'nobody has this' })).toEqual([]);
  });
});
