import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeFile, makeDraft, makeProduct, makePublished, makeToken } from '../../testing/make.js';
import { addDays } from '@slipway/shared';

interface Statistics {
  readonly from: string;
  readonly to: string;
  readonly total: number;
  readonly previousTotal: number;
  readonly byDay: readonly { readonly day: string; readonly downloads: number }[];
  readonly byVersion: readonly { readonly downloadable: { readonly version: string } | null; readonly downloads: number }[];
  readonly otherVersions: number;
  readonly byPlatform: readonly { readonly platform: string; readonly downloads: number }[];
  readonly bySource: readonly { readonly source: string; readonly downloads: number }[];
}

const QUERY = `query($filter: DownloadStatisticsFilter) { downloadStatistics(filter: $filter) {
  from to total previousTotal byDay { day downloads } byVersion { downloadable { version } downloads } otherVersions
  byPlatform { platform downloads } bySource { source downloads } } }`;

const read = async (client: Client, filter: Record<string, unknown> = {}): Promise<Statistics> =>
  (await client.query<{ downloadStatistics: Statistics }>(QUERY, { filter })).downloadStatistics;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('statistics of downloads on $name', ({ start }) => {
  let harness: Harness;
  let admin: Client;
  let productId: string;
  let releaseId: string;
  let today: string;

  beforeAll(async () => {
    harness = await start();
    productId = (await makeProduct(harness.admin, { distribution: 'OPEN' })).id;
    const release = await makeDraft(harness.admin, { productId, version: '1.0.0' });
    const windows = await makeFile(harness, release.id, { fileName: 'app-windows-x64.exe' });
    const linux = await makeFile(harness, release.id, { fileName: 'app-linux-x64.tar.gz' });
    await harness.admin.run('publishDownloadable', { id: release.id }, 'downloadable { status }');
    const others = [];
    for (let index = 1; index <= 11; index += 1) others.push((await makePublished(harness, { productId, version: `2.${index}` })).file);
    const elsewhere = (await makePublished(harness, { productId: (await makeProduct(harness.admin, { distribution: 'OPEN' })).id })).file;
    releaseId = release.id;
    let visitors = 0;
    const get = async (file: { id: string; fileName: string }, headers: Record<string, string> = {}): Promise<void> => {
      const asking = { 'user-agent': `visitor ${(visitors += 1)}`, ...headers };
      const { status } = await harness.nobody.fetch(`/d/${file.id}/${file.fileName}`, { headers: asking });
      expect(status).toBe(302);
    };
    await get(windows);
    harness.clock.advance({ days: 2 });
    for (const file of [windows, windows, linux, ...others, elsewhere]) await get(file);
    await get(linux, { 'sec-fetch-site': 'same-origin' });
    admin = await harness.makeUser('ADMIN');
    today = harness.clock.now().toISOString().slice(0, 10);
  });
  afterAll(() => harness.close());

  it('tell the downloads of a downloadable by day, platform and source, and those of the time before', async () => {
    const yesterday = addDays(today, -1);
    expect(await read(admin, { downloadableId: releaseId, from: yesterday })).toEqual({
      from: yesterday,
      to: today,
      total: 4,
      previousTotal: 1,
      byDay: [
        { day: yesterday, downloads: 0 },
        { day: today, downloads: 4 },
      ],
      byVersion: [{ downloadable: { version: '1.0.0' }, downloads: 4 }],
      otherVersions: 0,
      byPlatform: [
        { platform: 'LINUX', downloads: 2 },
        { platform: 'WINDOWS', downloads: 2 },
      ],
      bySource: [
        { source: 'PERMALINK', downloads: 3 },
        { source: 'PORTAL', downloads: 1 },
      ],
    });
  });

  it('tell apart ten versions of a product, and everything is the sum of the products', async () => {
    const product = await read(admin, { productId });
    expect({ ...product, byDay: product.byDay.length }).toMatchObject({ total: 16, byDay: 30, otherVersions: 2 });
    expect(product.byVersion.length).toBe(10);
    expect(product.byVersion[0]).toEqual({ downloadable: { version: '1.0.0' }, downloads: 5 });
    expect((await read(admin)).total).toBe(17);
  });

  it('are the same numbers as CSV', async () => {
    const { byDay, total } = await read(admin, { productId });
    const response = await admin.fetch(`/api/v1/statistics/downloads.csv?productId=${productId}`);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="downloads-${addDays(today, -29)}-to-${today}.csv"`);
    const lines = (await response.text()).trimEnd().split('\r\n');
    expect(lines.slice(1).map((line) => line.split(',', 2))).toEqual(byDay.map(({ day, downloads }) => [day, String(downloads)]));
    const versions = await (await admin.fetch(`/api/v1/statistics/downloads.csv?productId=${productId}&by=version`)).text();
    const counts = versions.trimEnd().split('\r\n').slice(1);
    expect(counts.length).toBe(12);
    expect(counts.reduce((sum, line) => sum + Number(line.split(',').at(-1)), 0)).toBe(total);
  });

  it('of one product are all that its token reads', async () => {
    const token = await makeToken(admin, { scopes: ['release:read'], productId, expiresAt: addDays(today, 5) + 'T00:00:00Z' });
    expect((await read(token)).total).toBe(16);
    const { errors } = await token.graphql(QUERY, { filter: { productId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' } });
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it.each([
    ['a day that is none', { from: '2026-02-30' }],
    ['an end before its beginning', { from: '2026-03-02', to: '2026-03-01' }],
    ['more than three years', { from: '2020-01-01', to: '2026-01-01' }],
  ])('refuse %s, in GraphQL and on the route', async (_what, filter) => {
    const { errors } = await admin.graphql(QUERY, { filter });
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const response = await admin.fetch(`/api/v1/statistics/downloads.csv?${new URLSearchParams(filter).toString()}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'BAD_USER_INPUT', requestId: expect.any(String) });
  });

  it.each(['from=2026-01-01&from=2026-01-02', 'by=color', 'from=%00', 'downloadableId=x'])('the route refuses ?%s', async (query) => {
    const response = await admin.fetch(`/api/v1/statistics/downloads.csv?${query}`);
    expect([400, 404]).toContain(response.status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it('keep what was downloaded when the downloadable is deleted', async () => {
    const { total } = await read(admin, { productId });
    await admin.run('deleteDownloadable', { id: releaseId, confirmVersion: '1.0.0' }, 'deletedId');
    const after = await read(admin, { productId });
    expect(after.total).toBe(total);
    expect(after.byVersion[0]).toEqual({ downloadable: null, downloads: 5 });
  });
});
