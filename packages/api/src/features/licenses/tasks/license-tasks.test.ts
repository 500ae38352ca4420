import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeLicense, makeLimited, makeProduct, makeToken } from '../../../testing/make.js';
import type { Client } from '../../../testing/client.js';

interface Task {
  readonly id: string;
  readonly state: string;
  readonly total: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly problem: string | null;
  readonly failures: { readonly nodes: readonly { licenseId: string; code: string; message: string; license: { id: string } | null }[] };
}

const TASK = 'id state total changed unchanged failed problem failures(first: 100) { nodes { licenseId code message license { id } } }';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('changes of many licenses on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const ask = async (input: Record<string, unknown>, client: Client = harness.admin): Promise<string> =>
    (await client.run<{ task: { id: string } }>('changeLicenses', input, 'task { id }')).task.id;
  const read = async (id: string, client: Client = harness.admin): Promise<Task> =>
    (await client.query<{ licenseTask: Task }>(`query($id: ID!) { licenseTask(id: $id) { ${TASK} } }`, { id })).licenseTask;
  const change = async (input: Record<string, unknown>, client: Client = harness.admin): Promise<Task> => {
    const id = await ask(input, client);
    await harness.settle();
    return read(id, client);
  };
  const licensesOf = async (productId: string): Promise<readonly Record<string, unknown>[]> =>
    (
      await harness.admin.query<{ licenses: { nodes: Record<string, unknown>[] } }>(
        'query($id: ID!) { licenses(productId: $id, first: 100) { nodes { id status customerReason statusReason expiresAt updatesUntil tags } } }',
        { id: productId },
      )
    ).licenses.nodes;

  async function makeMany(count: number, terms: Record<string, unknown> = {}): Promise<{ productId: string; ids: string[] }> {
    const { id: productId } = await makeProduct(harness.admin);
    const { customerId } = await makeLicense(harness, { productId, ...terms });
    for (let index = 1; index < count; index += 1) await makeLicense(harness, { productId, customerId, ...terms });
    return { productId, ids: (await licensesOf(productId)).map(({ id }) => String(id)) };
  }

  it('suspend, reinstate and revoke all that match, with both reasons, and say what was so already', async () => {
    const { productId, ids } = await makeMany(5);
    await harness.admin.run('suspendLicense', { id: ids[0], customerReason: 'Fraud' }, 'license { id }');
    const filter = { productId };
    const suspended = await change({ action: 'SUSPEND', filter, reason: 'Unpaid', customerReason: 'Payment failed' });
    expect(suspended).toMatchObject({ state: 'DONE', total: 5, changed: 5, failed: 0 });
    expect(await licensesOf(productId)).toEqual(
      ids.map(
        (id) => expect.objectContaining({ id, status: 'SUSPENDED', statusReason: 'Unpaid', customerReason: 'Payment failed' }) as object,
      ),
    );
    expect(await change({ action: 'SUSPEND', filter })).toMatchObject({ total: 5, changed: 0, unchanged: 5 });
    expect(await change({ action: 'REINSTATE', filter })).toMatchObject({ changed: 5 });
    const unconfirmed = await harness.admin.mutate('changeLicenses', { action: 'REVOKE', filter });
    expect(unconfirmed.userErrors).toMatchObject([{ code: 'CONFIRMATION_MISMATCH', field: 'confirm' }]);
    expect(await change({ action: 'REVOKE', filter, confirm: 'revoke' })).toMatchObject({ changed: 5 });
    const late = await change({ action: 'REINSTATE', ids });
    expect(late).toMatchObject({ changed: 0, failed: 5 });
    expect(late.failures.nodes[0]).toMatchObject({ code: 'TRANSITION_NOT_ALLOWED', message: expect.stringMatching(/^You cannot.*[.]$/) });
  });

  it('extend what ends, each for itself, though the change moves licenses along the list that found them', async () => {
    const { productId, ids } = await makeMany(4, { expiresAt: '2030-01-31T10:00:00.000Z', updatesUntil: '2030-01-31' });
    await harness.admin.run('updateLicense', { id: ids[0], expiresAt: null, updatesUntil: null }, 'license { id }');
    const filter = { productId, expiresBefore: '2031-01-01T00:00:00.000Z' };
    expect(await change({ action: 'EXTEND', months: 1, filter })).toMatchObject({ total: 3, changed: 3 });
    expect((await licensesOf(productId)).slice(1)).toMatchObject(
      Array.from({ length: 3 }, () => ({ expiresAt: '2030-02-28T23:59:59.999Z', updatesUntil: '2030-02-28' })),
    );
    const endless = await change({ action: 'EXTEND', days: 7, ids: [ids[0]] });
    expect(endless.failures.nodes).toMatchObject([{ licenseId: ids[0], code: 'VALUE_INVALID' }]);
    expect(await change({ action: 'EXTEND', expiresAt: '2032-01-01T00:00:00.000Z', ids })).toMatchObject({ changed: 4 });
    expect(await change({ action: 'SET_UPDATES', updatesUntil: '2033-01-01', ids })).toMatchObject({ changed: 4 });
    expect(await change({ action: 'SET_UPDATES', updatesUntil: '2033-01-01', ids })).toMatchObject({ unchanged: 4 });
  });

  it('add and remove a tag, and say where there is no room for it', async () => {
    const { productId, ids } = await makeMany(3);
    const full = Array.from({ length: 20 }, (_, index) => `tag ${index}`);
    await harness.admin.run('updateLicense', { id: ids[2], tags: full }, 'license { id }');
    const added = await change({ action: 'ADD_TAG', tag: 'Reseller', filter: { productId } });
    expect(added).toMatchObject({ changed: 2, failed: 1, failures: { nodes: [{ licenseId: ids[2] }] } });
    expect(await change({ action: 'ADD_TAG', tag: 'reseller', filter: { productId, tag: 'Reseller' } })).toMatchObject({
      total: 2,
      unchanged: 2,
    });
    expect(await change({ action: 'REMOVE_TAG', tag: 'RESELLER', filter: { productId } })).toMatchObject({ changed: 2, unchanged: 1 });
  });

  it.each([
    ['neither ids nor filter', { action: 'REINSTATE' }, 'BAD_USER_INPUT'],
    ['both', { action: 'REINSTATE', ids: ['a'], filter: {} }, 'BAD_USER_INPUT'],
    ['no ids', { action: 'REINSTATE', ids: [] }, 'BAD_USER_INPUT'],
    ['an extension by nothing', { action: 'EXTEND', ids: ['a'] }, 'VALUE_INVALID'],
    ['an extension by two things', { action: 'EXTEND', ids: ['a'], months: 1, days: 1 }, 'VALUE_INVALID'],
    ['an extension by 121 months', { action: 'EXTEND', ids: ['a'], months: 121 }, 'VALUE_INVALID'],
    ['no tag', { action: 'ADD_TAG', ids: ['a'] }, 'NAME_REQUIRED'],
    ['a tag with a comma', { action: 'ADD_TAG', ids: ['a'], tag: 'a,b' }, 'VALUE_INVALID'],
    ['a reason that is too long', { action: 'SUSPEND', ids: ['a'], customerReason: 'x'.repeat(201) }, 'TOO_LONG'],
  ])('are refused with %s', async (_what, input, code) => {
    const query = 'mutation($input: ChangeLicensesInput!) { changeLicenses(input: $input) { userErrors { code } } }';
    const { data, errors } = await harness.admin.graphql<{ changeLicenses: { userErrors: { code: string }[] } }>(query, { input });
    expect(errors[0]?.extensions.code ?? data?.changeLicenses.userErrors[0]?.code).toBe(code);
  });

  it('change for somebody who is limited only what is theirs, and are seen by nobody else who is', async () => {
    const [mine, other] = [await makeMany(2), await makeMany(2)];
    const limited = await makeLimited(harness, 'SUPPORT', [mine.productId]);
    const task = await change({ action: 'SUSPEND', ids: [...mine.ids, ...other.ids] }, limited);
    expect(task).toMatchObject({ total: 4, changed: 2, failed: 2 });
    expect(task.failures.nodes.map(({ code, license }) => [code, license])).toEqual([
      ['NOT_FOUND', null],
      ['NOT_FOUND', null],
    ]);
    expect(await change({ action: 'SUSPEND', filter: {} }, limited)).toMatchObject({ total: 2 });
    const neighbour = await makeLimited(harness, 'SUPPORT', [other.productId]);
    expect(await read(task.id, neighbour)).toBeNull();
    expect((await licensesOf(other.productId)).map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE']);
  });

  it('end when whoever asked is gone, and say so', async () => {
    const { ids, productId } = await makeMany(2);
    const token = await makeToken(harness.admin, { scopes: ['license:read', 'license:write'] });
    const id = await ask({ action: 'SUSPEND', ids }, token);
    await harness.admin.run('revokeApiToken', { id: token.tokenId }, 'apiToken { id }');
    await harness.settle();
    expect(await read(id)).toMatchObject({ state: 'STOPPED', changed: 0, problem: expect.stringContaining('can no longer') });
    expect((await licensesOf(productId)).map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE']);
  });

  it('asked for twice with one key are one, and each license is audited once', async () => {
    const { ids } = await makeMany(2, { expiresAt: '2030-01-31T10:00:00.000Z' });
    const input = { action: 'EXTEND', days: 1, ids, idempotencyKey: `extend ${ids[0]}` };
    const [first, second] = [await ask(input), await ask(input)];
    expect(second).toBe(first);
    await harness.settle();
    const events = await harness.database.query('SELECT id FROM audit_event WHERE subject_id = ? AND action = ?', [
      ids[0] ?? '',
      'license.update',
    ]);
    expect(events).toHaveLength(1);
  });

  it('are forgotten 30 days after their end', async () => {
    const { ids } = await makeMany(1);
    const task = await change({ action: 'SUSPEND', ids });
    harness.clock.advance({ hours: 31 * 24 });
    await harness.app.features.licenseTasks.forget();
    expect(await harness.database.query('SELECT id FROM license_task WHERE id = ?', [task.id])).toEqual([]);
    expect(await harness.database.query('SELECT id FROM license_task_item WHERE task_id = ?', [task.id])).toEqual([]);
  });
});
