import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeShareLink } from '../../../testing/make-share-link.js';
import { makeDraft, makeFile, makeLicense, makeProduct, makePublished, type MadeFile } from '../../../testing/make.js';
import { MAX_REPETITIONS } from './visitors.js';

const HOUR = 3_600;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('visitors without a license on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());
  // Tests move the clock past the end of sessions.
  afterEach(async () => {
    harness = Object.assign(harness, { admin: await harness.makeUser('ADMIN') });
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    harness.nobody.fetch(path, { headers: { 'user-agent': 'aria2/1.36', ...headers } });
  const countOf = async (id: string): Promise<number> =>
    (
      await harness.admin.query<{ downloadable: { downloadCount: number } }>(
        'query($id: ID!) { downloadable(id: $id) { downloadCount } }',
        { id },
      )
    ).downloadable.downloadCount;

  async function openRelease(): Promise<{ id: string; path: string; file: MadeFile }> {
    const { id: productId } = await makeProduct(harness.admin, { distribution: 'OPEN' });
    const { id, file } = await makePublished(harness, { productId });
    return { id, file, path: `/d/${file.id}/${file.fileName}` };
  }

  /** A draft with a link of so many downloads. @returns how its file is asked for, and how many downloads are used */
  async function shared(maxDownloads: number) {
    const draft = await makeDraft(harness.admin);
    const file = await makeFile(harness, draft.id);
    const { id, token } = await makeShareLink(harness.admin, { downloadableId: draft.id, maxDownloads });
    const path = `/s/${token}/${file.fileName}`;
    const ask = async (userAgent: string, headers: Record<string, string> = {}) =>
      (await get(path, { 'user-agent': userAgent, ...headers })).status;
    const used = async (): Promise<number> => {
      const rows = await harness.database.query<{ n: number }>('SELECT downloads_used AS n FROM share_link WHERE id = ?', [id]);
      return Number(rows[0]?.n);
    };
    return { id, token, file, draft, ask, used };
  }

  it('the connections, ranges and resumes of one program are one download of an OPEN product', async () => {
    const { id, path } = await openRelease();
    await harness.nobody.fetch(path, { method: 'HEAD' });
    const statuses = await Promise.all(
      Array.from({ length: 6 }, async (_, part) => (await get(path, { range: `bytes=${part * 10}-${part * 10 + 9}` })).status),
    );
    expect(statuses).toEqual(Array(6).fill(302));
    expect(await countOf(id)).toBe(1);
    await get(path, { 'user-agent': 'curl/8.0' });
    expect(await countOf(id)).toBe(2);
    const events = await harness.database.query('SELECT id FROM download_event WHERE downloadable_id = ?', [id]);
    expect(events).toHaveLength(2);
  });

  it('whom a proxy that is not trusted forwards for nobody is told apart: each download counts', async () => {
    const { id, path } = await openRelease();
    for (let count = 0; count < 3; count += 1) await get(path, { 'x-forwarded-for': '203.0.113.7' });
    expect(await countOf(id)).toBe(3);
    const { ask, used } = await shared(2);
    const forwarded = { 'x-forwarded-for': '203.0.113.7' };
    expect([await ask('x', forwarded), await ask('x', forwarded), await ask('x', forwarded)]).toEqual([302, 302, 403]);
    expect(await used()).toBe(2);
  });

  it('a share link with one download can be fetched in parts and resumed until an hour later, by its visitor alone', async () => {
    const { ask, used, draft, token } = await shared(1);
    const second = await makeFile(harness, draft.id);
    expect(await Promise.all(Array.from({ length: 4 }, () => ask('aria2')))).toEqual(Array(4).fill(302));
    expect(await ask('another')).toBe(403);
    expect((await get(`/s/${token}/${second.fileName}`, { 'user-agent': 'aria2' })).status).toBe(403);
    harness.clock.advance({ seconds: HOUR - 120 });
    expect(await ask('aria2')).toBe(302);
    harness.clock.advance({ seconds: 240 });
    expect(await ask('aria2')).toBe(403);
    expect(await used()).toBe(1);
  });

  it('the last download of a link begins the hour anew for all who have begun', async () => {
    const { ask, used } = await shared(2);
    expect(await ask('early')).toBe(302);
    harness.clock.advance({ seconds: 3 * HOUR });
    expect(await ask('late')).toBe(302);
    expect(await ask('early')).toBe(302);
    expect(await used()).toBe(2);
  });

  it('revoking and expiry stop whoever has begun, too', async () => {
    const { ask, id } = await shared(1);
    expect(await ask('aria2')).toBe(302);
    await harness.admin.run('revokeShareLink', { id }, 'shareLink { id }');
    expect(await ask('aria2')).toBe(404);
  });

  /** A cookie as the share page gives it; the tests serve no web app, whose page alone sets it. */
  const newCookie = (): string => {
    const origin = { address: '', countedAddress: '', userAgent: '', device: null, visitor: null, visitorCookie: null } as const;
    return `slipway-visitor=${harness.app.features.visitors.newCookie({ ...origin, carriedCredential: 'NOT_CARRIED' }) ?? ''}`;
  };

  it('a cookie that we did not give makes nobody another visitor', async () => {
    const { token, file, used } = await shared(1);
    const forged = ['', `slipway-visitor=${'A'.repeat(22)}`, `${newCookie().slice(0, -1)}!`, `slipway-visitor=${'A'.repeat(48)}`];
    const statuses = [];
    for (const cookie of forged) statuses.push((await get(`/s/${token}/${file.fileName}`, { cookie })).status);
    expect(statuses).toEqual([302, 302, 302, 302]);
    expect(await used()).toBe(1);
  });

  it(`one cookie serves a file ${MAX_REPETITIONS} times more, and then takes another download, or none is left`, async () => {
    const { token, file, used, id } = await shared(2);
    const cookie = newCookie();
    const once = async () => (await get(`/s/${token}/${file.fileName}`, { cookie })).status;
    const repeatedOut = () =>
      harness.database.transaction((tx) =>
        tx.execute('UPDATE visitor_download SET repetitions = ? WHERE scope_id = ?', [MAX_REPETITIONS - 1, id]),
      );
    expect([await once(), await once(), await used()]).toEqual([302, 302, 1]);
    await repeatedOut();
    expect([await once(), await used()]).toEqual([302, 1]);
    expect([await once(), await once(), await used()]).toEqual([302, 302, 2]);
    await repeatedOut();
    expect([await once(), await once(), await used()]).toEqual([302, 403, 2]);
  });

  it('other bytes under the same name are another download: a used-up link gives none of them', async () => {
    const { ask, used, draft, file } = await shared(1);
    expect([await ask('tester'), await ask('tester')]).toEqual([302, 302]);
    await makeFile(harness, draft.id, { fileName: file.fileName, bytes: Buffer.from('quite other bytes') });
    expect(await ask('tester')).toBe(403);
    expect(await used()).toBe(1);
  });

  it('a used-up link offers its page’s visitor what they have begun, and nobody else, until the time it says', async () => {
    const { token, file, draft } = await shared(1);
    await makeFile(harness, draft.id);
    const [mine, other] = [newCookie(), newCookie()];
    const offered = async (cookie: string): Promise<readonly { fileName: string; finishUntil: string | null }[]> => {
      const client = new Client(harness.baseUrl, { cookie, 'user-agent': 'a browser' });
      const query = 'query($token: String!) { sharedRelease(token: $token) { content { files { fileName finishUntil } } } }';
      const { sharedRelease } = await client.query<{
        sharedRelease: { content: { files: { fileName: string; finishUntil: string | null }[] } };
      }>(query, { token });
      return sharedRelease.content.files.filter(({ finishUntil }) => finishUntil !== null);
    };
    expect(await offered(mine)).toEqual([]);
    const inAnHour = () => new Date(harness.clock.now().getTime() + HOUR * 1_000).toISOString();
    const earliest = inAnHour();
    expect((await get(`/s/${token}/${file.fileName}`, { cookie: mine })).status).toBe(302);
    const [begun, ...more] = await offered(mine);
    expect([begun?.fileName, more]).toEqual([file.fileName, []]);
    expect(begun?.finishUntil != null && begun.finishUntil >= earliest && begun.finishUntil <= inAnHour()).toBe(true);
    expect(await offered(other)).toEqual([]);
    harness.clock.advance({ seconds: HOUR + 1 });
    expect(await offered(mine)).toEqual([]);
    expect((await get(`/s/${token}/${file.fileName}`, { cookie: mine })).status).toBe(403);
  });

  it('people and programs that are known are told apart behind one address, and are one wherever they ask', async () => {
    const { id, file, path } = await openRelease();
    const { id: productId } = await makeProduct(harness.admin, { distribution: 'LICENSED' });
    const [first, second] = [await makeLicense(harness, { productId }), await makeLicense(harness, { productId })];
    for (const { client } of [first, second, first]) expect((await client.fetch(path)).status).toBe(302);
    expect(await countOf(id)).toBe(2);
    expect((await first.client.fetch(path, { headers: { 'x-forwarded-for': '203.0.113.7', 'user-agent': 'another' } })).status).toBe(302);
    await first.client.run('createDownload', { assetId: file.id }, 'download { url }');
    expect(await countOf(id)).toBe(2);
    await get(path);
    expect(await countOf(id)).toBe(3);
  });

  it('the share page’s cookie tells browsers apart that share address and program', async () => {
    const { token, file, used } = await shared(2);
    const cookies = [newCookie(), newCookie(), newCookie()];
    const statuses: number[] = [];
    for (const cookie of [...cookies, ...cookies]) statuses.push((await get(`/s/${token}/${file.fileName}`, { cookie })).status);
    expect(statuses).toEqual([302, 302, 403, 302, 302, 403]);
    expect(await used()).toBe(2);
  });

  // Last: tokens that the tests make end within a day.
  it('a visitor counts again after 24 hours, and not at midnight', async () => {
    const { id, path } = await openRelease();
    const untilMidnight = 24 * HOUR - Math.floor((harness.clock.now().getTime() / 1_000) % (24 * HOUR));
    harness.clock.advance({ seconds: untilMidnight - 60 });
    for (const [seconds, count] of [
      [0, 1],
      [120, 1],
      [23 * HOUR, 1],
      [HOUR, 2],
    ] as const) {
      harness.clock.advance({ seconds });
      await get(path);
      const [row] = await harness.database.query<{ n: number }>('SELECT COUNT(*) AS n FROM download_event WHERE downloadable_id = ?', [id]);
      expect(Number(row?.n)).toBe(count);
    }
  });

  it('are forgotten after two days, and no table ever holds an address', async () => {
    const tables = ['visitor_download', 'visitor_key'];
    const rows = await Promise.all(tables.map((table) => harness.database.query(`SELECT * FROM ${table}`)));
    expect(rows.every((of) => of.length > 0)).toBe(true);
    expect(JSON.stringify(rows)).not.toContain('127.0.0.1');
    harness.clock.advance({ seconds: 49 * HOUR });
    await harness.app.features.sweeper.sweep();
    for (const table of tables) expect(await harness.database.query(`SELECT * FROM ${table}`), table).toEqual([]);
  });
});
