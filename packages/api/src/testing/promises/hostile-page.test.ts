import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCOPES } from '@slipway/shared';
import { basicOf } from '../client.js';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { makeDraft, makeFile, makeProduct, makePublished, makeToken } from '../make.js';
import { plainRequest } from '../plain-request.js';

/** PROMISES.md, row 14: what a hostile page makes a browser send, with everything that the browser adds by itself. */
const EVIL = 'https://evil.example';
const UNSAFE = ['POST', 'PUT', 'DELETE'];
const ROUNDS = process.env['PROVE'] ? 20 : 1;

/** How browsers of today, of yesterday, and a page on a neighbouring sub-domain send it. */
const BROWSERS: readonly Readonly<Record<string, string>>[] = [
  { origin: EVIL, referer: `${EVIL}/page`, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'empty' },
  { origin: EVIL, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  { origin: 'https://other.downloads.example', 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
  { origin: EVIL },
  { origin: 'null' },
  { referer: `${EVIL}/page` },
];

const BODIES: readonly (readonly [type: string, body: (query: string) => string])[] = [
  ['application/x-www-form-urlencoded', (query) => new URLSearchParams({ query }).toString()],
  ['text/plain', (query) => JSON.stringify({ query })],
  [
    'multipart/form-data; boundary=x',
    (query) => `--x\r\nContent-Disposition: form-data; name="file"; filename="evil.exe"\r\n\r\n${query}\r\n--x--\r\n`,
  ],
];

/** How a page asks for what it embeds, frames included. */
const EMBEDDED = [
  ['no-cors', 'image'],
  ['cors', 'empty'],
  ...['iframe', 'frame', 'embed', 'object'].map((destination) => ['navigate', destination] as const),
] as const;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('a hostile page on $name', ({ start }) => {
  let harness: Harness;
  let draftId: string;
  let draftFile: string;
  let permalink: string;
  let signIns: Readonly<Record<string, string>>[];
  beforeAll(async () => {
    harness = await start();
    const { id: productId } = await makeProduct(harness.admin);
    draftId = (await makeDraft(harness.admin, { productId })).id;
    draftFile = (await makeFile(harness, draftId)).fileName;
    const { file } = await makePublished(harness, { productId });
    permalink = `/d/${file.id}/${file.fileName}`;
    const token = await makeToken(harness.admin, { scopes: SCOPES.filter((scope) => scope !== 'token:write') });
    signIns = [{ authorization: basicOf(token.headers['authorization'] ?? '') }, { cookie: harness.admin.headers['cookie'] ?? '' }];
  });
  afterAll(() => harness.close());

  /** Everything that could change, as numbers. */
  async function countAll(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const table of [
      'downloadable',
      'revision',
      'asset',
      'stored_object',
      'audit_event',
      'download_event',
      'product',
      'api_token',
      'session',
    ]) {
      const [row] = await harness.database.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`);
      counts[table] = Number(row?.n);
    }
    return counts;
  }

  const paths = (): string[] => [
    '/graphql',
    `/api/v1/downloadables/${draftId}/files/`,
    `/api/v1/downloadables/${draftId}/files/evil.exe`,
    `/api/v1/downloadables/${draftId}/files/${draftFile}`,
  ];

  it('changes nothing by a form, text, multipart or another method, whatever the browser adds by itself', async () => {
    const before = await countAll();
    const query = 'mutation { createProduct(input: { name: "Evil" }) { product { id } } }';
    for (let round = 0; round < ROUNDS; round += 1)
      for (const path of paths())
        for (const method of UNSAFE)
          for (const signIn of signIns)
            for (const browser of BROWSERS)
              for (const [type, body] of BODIES) {
                const headers = { ...browser, ...signIn, 'content-type': type };
                const reply = await plainRequest(harness.baseUrl + path, { method, headers, body: body(query) });
                expect(reply.status, `${method} ${path} as ${type} from ${JSON.stringify(browser)}`).toBeGreaterThanOrEqual(400);
                expect(reply.status).toBeLessThan(500);
              }
    expect(await countAll()).toEqual(before);
  });

  it('changes nothing by addresses that it embeds', async () => {
    const before = await countAll();
    const query = new URLSearchParams({ query: 'mutation { signOut { userErrors { code } } }' }).toString();
    for (const path of [permalink, `/graphql?${query}`])
      for (const signIn of signIns)
        for (const [mode, destination] of EMBEDDED) {
          const fetched = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode, 'sec-fetch-dest': destination };
          const headers = { ...signIn, referer: `${EVIL}/`, ...fetched };
          const { status, headers: answered } = await plainRequest(harness.baseUrl + path, { headers });
          // Who looks at a frame without being known is sent to the page that explains.
          if (answered.location === undefined) expect(status).toBeGreaterThanOrEqual(400);
          else expect(answered.location).toMatch(/^\/portal\/refused/);
        }
    expect(await countAll()).toEqual(before);
  });

  it('and our own page, a followed link and a program do what they ask for', async () => {
    const [basic = {}, cookie = {}] = signIns;
    const own = { origin: harness.baseUrl, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' };
    const path = `${harness.baseUrl}/api/v1/downloadables/${draftId}/files/mine.exe`;
    for (const headers of [{ ...cookie, ...own }, { ...cookie, origin: harness.baseUrl }, { ...basic, ...own }, basic])
      expect([200, 201]).toContain((await plainRequest(path, { method: 'PUT', headers, body: 'mine' })).status);
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', referer: `${EVIL}/` };
    for (const signIn of signIns)
      for (const opened of [link, { ...link, 'sec-fetch-dest': 'document' }])
        expect((await plainRequest(harness.baseUrl + permalink, { headers: { ...signIn, ...opened } })).status).toBe(302);
  });
});
