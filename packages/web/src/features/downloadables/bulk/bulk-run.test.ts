import { parse } from 'graphql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { client } from '../../../graphql/client';
import type { BulkAction, BulkRowFragment } from '../../../graphql/documents.generated';
import { changeRows } from './bulk-run';

const rowOf = (id: string): BulkRowFragment => ({
  id,
  version: '1.0',
  status: 'DRAFT',
  product: { id: 'P', name: 'Comet' },
  revision: { id: `R of ${id}`, frozenAt: null },
  draftRevision: null,
});
/** What every page that shows the row reads. */
const STATUS = parse('fragment Status on Downloadable { id status }');
const progress = { moved: () => undefined, isStopped: () => false };

/** A server that does whatever it is asked to. @returns the inputs it got */
function serve(
  change: (id: string) => object,
): { readonly action: string; readonly ids: string[]; readonly dryRun: boolean; readonly confirmCount: number | null }[] {
  const inputs: ReturnType<typeof serve> = [];
  vi.stubGlobal('fetch', async (_: string, init: { body: string }) => {
    const { variables } = JSON.parse(init.body) as { variables: { input: (typeof inputs)[number] } }; // what Apollo sends
    inputs.push(variables.input);
    const changes = variables.input.ids.map((id) => ({
      __typename: 'DownloadableChange',
      id,
      isDone: true,
      statusBefore: 'DRAFT',
      userErrors: [],
      ...change(id),
    }));
    return Response.json({ data: { changeDownloadables: { __typename: 'ChangeDownloadablesPayload', changes, userErrors: [] } } });
  });
  return inputs;
}

const published = (id: string): object => ({
  warnings: [],
  downloadable: {
    __typename: 'Downloadable',
    id,
    status: 'PUBLISHED',
    publishedAt: '2026-01-01T00:00:00Z',
    publishAt: null,
    scheduleFailure: null,
    publishWhenReady: false,
    releaseDate: '2026-01-01',
    lockVersion: 2,
    draftRevision: null,
    revision: { __typename: 'Revision', id: `R of ${id}`, frozenAt: '2026-01-01T00:00:00Z' },
  },
});

const cachedStatus = (id: string): unknown =>
  client.readFragment<{ status: string }>({ id: `Downloadable:${id}`, fragment: STATUS })?.status;

describe('a bulk action', () => {
  afterEach(async () => {
    vi.unstubAllGlobals();
    await client.clearStore();
  });
  const cache = ({ id, status }: BulkRowFragment): void =>
    void client.writeFragment({ id: `Downloadable:${id}`, fragment: STATUS, data: { __typename: 'Downloadable', id, status } });

  it.each<[isDryRun: boolean, status: string]>([
    [true, 'DRAFT'],
    [false, 'PUBLISHED'],
  ])('whose dry run is %s leaves every page with the status %s: how things would be is not how they are', async (isDryRun, status) => {
    const row = rowOf('D1');
    cache(row);
    const inputs = serve(published);
    const [outcome] = await changeRows({ action: 'PUBLISH', rows: [row], isDryRun }, progress);
    expect([outcome?.isDone, inputs[0]?.dryRun, cachedStatus('D1')]).toEqual([true, isDryRun, status]);
  });

  it.each<[BulkAction, number | null]>([
    ['DELETE', 2],
    ['ARCHIVE', null],
  ])('%s sends with its ids how many it means: %s', async (action, confirmCount) => {
    const inputs = serve(published);
    await changeRows({ action, rows: [rowOf('D1'), rowOf('D2')], isDryRun: false }, progress);
    expect(inputs).toEqual([{ action, ids: ['D1', 'D2'], dryRun: false, confirmCount }]);
  });

  it('goes batch by batch, and what comes after a stop says that it was not tried', async () => {
    const inputs = serve(published);
    const rows = Array.from({ length: 60 }, (_, index) => rowOf(`D${index}`));
    const outcomes = await changeRows({ action: 'PUBLISH', rows, isDryRun: false }, { ...progress, isStopped: () => inputs.length === 2 });
    expect([inputs.map(({ ids }) => ids.length), outcomes.length]).toEqual([[25, 25], 60]);
    expect(outcomes.filter(({ isDone }) => !isDone).map(({ problem }) => problem)).toEqual(
      Array.from({ length: 10 }, () => 'Not tried: you stopped before.'),
    );
  });

  it('counts a row that has the status already as not done, and one that waits for its files as done', async () => {
    serve((id) => ({ ...published(id), ...(id === 'D1' ? { statusBefore: 'PUBLISHED' } : {}) }));
    const [same, other] = await changeRows({ action: 'PUBLISH', rows: [rowOf('D1'), rowOf('D2')], isDryRun: false }, progress);
    expect([same?.problem, other?.problem]).toEqual(['It is published already.', null]);
  });
});
