import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeToken } from '../../testing/make.js';

interface Saved {
  readonly id: string;
  readonly name: string;
  readonly query: string;
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('saved filters on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  const list = async (client: Client): Promise<Saved[]> =>
    (await client.query<{ savedFilters: Saved[] }>('{ savedFilters { id name query } }')).savedFilters;
  const save = (client: Client, name: string, query = 'status=DRAFT') =>
    client.mutate<{ savedFilter: Saved | null }>('saveFilter', { name, query }, 'savedFilter { id name query }');

  it('are kept by name, replaced under the same name and forgotten', async () => {
    const person = await harness.makeUser('PUBLISHER');
    await save(person, 'Waiting betas', 'channel=beta');
    await save(person, 'All drafts');
    const { savedFilter } = await save(person, 'waiting BETAS', 'channel=beta&status=DRAFT');
    expect((await list(person)).map(({ name, query }) => [name, query])).toEqual([
      ['All drafts', 'status=DRAFT'],
      ['waiting BETAS', 'channel=beta&status=DRAFT'],
    ]);
    await person.run('deleteSavedFilter', { id: savedFilter?.id }, 'deletedId');
    expect((await list(person)).map(({ name }) => name)).toEqual(['All drafts']);
  });

  it('belong to one person', async () => {
    const [owner, other] = [await harness.makeUser('SUPPORT'), await harness.makeUser('SUPPORT')];
    const { savedFilter } = await save(owner, 'Mine');
    expect(await list(other)).toEqual([]);
    const { errors } = await other.graphql('mutation($id: ID!) { deleteSavedFilter(input: { id: $id }) { deletedId } }', {
      id: savedFilter?.id,
    });
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    expect(await list(owner)).toHaveLength(1);
  });

  it('are not for tokens', async () => {
    const token = await makeToken(harness.admin, { scopes: ['release:read'] });
    expect(await list(token)).toEqual([]);
    expect((await save(token, 'x')).userErrors).toMatchObject([{ code: 'PERSON_REQUIRED' }]);
  });

  it.each([
    ['no name', ' ', 'status=DRAFT', 'NAME_REQUIRED', 'name'],
    ['a name of 61 characters', 'x'.repeat(61), 'status=DRAFT', 'TOO_LONG', 'name'],
    ['what is no query of an address', 'x', '<script>', 'VALUE_INVALID', 'query'],
    ['a query of 2,001 characters', 'x', `q=${'x'.repeat(1_999)}`, 'VALUE_INVALID', 'query'],
  ])('%s is refused at its field', async (_, name, query, code, field) => {
    expect((await save(harness.admin, name, query)).userErrors).toMatchObject([{ code, field }]);
  });

  it('the fifty-first is refused, also when many are saved at once', async () => {
    const person = await harness.makeUser('PUBLISHER');
    const answers = await Promise.all(Array.from({ length: 55 }, (_, place) => save(person, `Filter ${place}`)));
    const refused = answers.flatMap(({ userErrors }) => userErrors);
    expect(refused).toHaveLength(5);
    expect(refused[0]).toMatchObject({ code: 'TOO_MANY' });
    expect(await list(person)).toHaveLength(50);
  });
});
