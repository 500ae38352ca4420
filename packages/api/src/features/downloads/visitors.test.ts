import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeShareLink } from '../../testing/make-share-link.js';
import { makeDraft, makeFile, makeProduct, makePublished, type MadeFile } from '../../testing/make.js';

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

  it('the share page’s cookie tells browsers apart that share address and program', async () => {
    const { token, file, used } = await shared(2);
    const cookies: string[] = [];
    for (let browser = 0; browser < 3; browser += 1) {
      const page = await get(`/s/${token}`, { accept: 'text/html' });
      // The tests serve no web app: its routes alone set the cookie.
      cookies.push(page.headers.getSetCookie()[0]?.split(';')[0] ?? `slipway-visitor=${String(browser).repeat(22)}`);
    }
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
