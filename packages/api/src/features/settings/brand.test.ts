import { LOGO_MAX_BYTES } from '@slipway/shared';
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeToken } from '../../testing/make.js';

const CHUNK_BYTES = 12;

function chunk(kind: string, data: Buffer): Buffer {
  const whole = Buffer.alloc(CHUNK_BYTES + data.length);
  whole.writeUInt32BE(data.length);
  whole.write(kind, 4, 'latin1');
  data.copy(whole, 8);
  return whole;
}

/** A gray PNG; `padding` bytes of text make it larger. */
function makePng(width: number, height: number, padding = 0): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const pixels = deflateSync(Buffer.alloc((width + 1) * height));
  const parts = [chunk('IHDR', header), chunk('tEXt', Buffer.alloc(padding)), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]);
}

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const [WIDE, SQUARE] = [makePng(400, 100), makePng(64, 64)];

interface Saved {
  readonly name: string;
  readonly savedAt: string;
  readonly savedBy: { readonly kind: string; readonly name: string } | null;
  readonly event: { readonly id: string; readonly requestId: string | null } | null;
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the brand on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterEach(() => update({ logo: null, accentColor: null, vendorName: null, websiteUrl: null }));
  afterAll(() => harness.close());

  const update = (input: Record<string, unknown>, client: Client = harness.admin) =>
    client.run<{ settings: { logo: string; accentColor: string } }>('updateSettings', input, 'settings { logo accentColor }');
  const errorsOf = async (input: object): Promise<readonly { code: string; field: string | null; message: string }[]> => {
    const mutation = 'mutation($input: UpdateSettingsInput!) { updateSettings(input: $input) { userErrors { code message field } } }';
    const { data } = await harness.admin.graphql<{ updateSettings: { userErrors: [] } }>(mutation, { input });
    return data?.updateSettings.userErrors ?? [];
  };
  const logoOf = async (client = harness.nobody) =>
    (
      await client.query<{ vendor: { logo: { url: string; width: number; height: number } | null } }>(
        '{ vendor { logo { url width height } } }',
      )
    ).vendor.logo;
  const saved = async (client = harness.admin): Promise<readonly Saved[]> =>
    (
      await client.query<{ settings: { saved: readonly Saved[] } }>(
        '{ settings { saved { name savedAt savedBy { kind name } event { id requestId } } } }',
      )
    ).settings.saved;

  it.each([
    ['bare base64', WIDE.toString('base64')],
    ['a data: URL', `data:image/png;base64,${WIDE.toString('base64')}`],
    ['a data: URL that calls it something else', `data:text/html;base64,${WIDE.toString('base64')}`],
  ])('has a logo that was sent as %s, which everybody gets with its size, for ever and as nothing but a picture', async (_, logo) => {
    expect((await update({ logo })).settings.logo).toBe(digestOf(WIDE));
    expect(await logoOf()).toEqual({ url: `/vendor/logo/${digestOf(WIDE)}`, width: 400, height: 100 });
    const reply = await harness.nobody.fetch(`/vendor/logo/${digestOf(WIDE)}`);
    expect(Buffer.from(await reply.arrayBuffer()).equals(WIDE)).toBe(true);
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; sandbox/),
      etag: `"${digestOf(WIDE)}"`,
    });
    const again = await harness.nobody.fetch(`/vendor/logo/${digestOf(WIDE)}`, { headers: { 'if-none-match': `"${digestOf(WIDE)}"` } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('keeps the logo before this one for pages that are open, and no other', async () => {
    const third = makePng(32, 32);
    const statusOf = async (bytes: Buffer) => (await harness.nobody.fetch(`/vendor/logo/${digestOf(bytes)}`)).status;
    for (const bytes of [third, WIDE, SQUARE]) await update({ logo: bytes.toString('base64') });
    const rows = await harness.database.query<{ digest: string }>('SELECT digest FROM vendor_logo');
    expect(rows.map(({ digest }) => digest).sort()).toEqual([digestOf(WIDE), digestOf(SQUARE)].sort());
    expect([await statusOf(SQUARE), await statusOf(WIDE), await statusOf(third)]).toEqual([200, 200, 404]);
    await update({ logo: digestOf(WIDE) });
    expect(await logoOf()).toMatchObject({ width: 400 });
    await update({ logo: null });
    expect(await logoOf()).toBeNull();
  });

  it('takes a logo as large as it may be, to the byte', async () => {
    const largest = makePng(16, 16, LOGO_MAX_BYTES - makePng(16, 16).length);
    expect(largest).toHaveLength(LOGO_MAX_BYTES);
    await update({ logo: `data:image/png;base64,${largest.toString('base64')}` });
    const reply = await harness.nobody.fetch(`/vendor/logo/${digestOf(largest)}`);
    expect(digestOf(Buffer.from(await reply.arrayBuffer()))).toBe(digestOf(largest));
  });

  it('refuses what is no good logo at its field, in one sentence, and saves nothing with it', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    const cases: readonly (readonly [string, string])[] = [
      ['not an image', 'The logo is not in base64: encode the bytes of the image.'],
      [
        `data:image/svg+xml;base64,${svg.toString('base64')}`,
        'An SVG can carry scripts, and mail programs do not show it: save the logo as PNG, JPEG or WebP.',
      ],
      [Buffer.from('GIF89a').toString('base64'), 'This is not a PNG, JPEG or WebP image: choose another file.'],
      [WIDE.subarray(0, -1).toString('base64'), 'The image is cut off or damaged: export it again.'],
      [makePng(15, 15).toString('base64'), 'The logo has 15 × 15 pixels: save it with 16 to 2,048 in width and height.'],
      [makePng(16, 16, LOGO_MAX_BYTES).toString('base64'), 'The logo is larger than 256 kB: save it with fewer pixels.'],
      ['0'.repeat(64), 'There is no logo with this digest: send the image itself, in base64.'],
    ];
    for (const [logo, message] of cases)
      expect(await errorsOf({ logo, websiteUrl: 'https://saved.example' })).toEqual([{ code: 'VALUE_INVALID', field: 'logo', message }]);
    expect(await saved()).toEqual([]);
    expect(await errorsOf({ accentColor: 'teal', logo: 'x' })).toMatchObject([
      { field: 'logo' },
      { field: 'accentColor', message: '"teal" is not a color: write it like #0b6e69.' },
    ]);
  });

  it('tells the audit trail the digests of the logos and nothing of their bytes', async () => {
    await update({ logo: WIDE.toString('base64') });
    await update({ logo: SQUARE.toString('base64'), accentColor: '#0B6E69' });
    const { auditEvents } = await harness.admin.query<{ auditEvents: { nodes: unknown[] } }>(
      '{ auditEvents(first: 1, filter: { subjectType: SETTINGS, subjectId: "settings" }) { nodes { change { before after } } } }',
    );
    expect(auditEvents.nodes).toEqual([
      {
        change: {
          before: { logo: digestOf(WIDE), accentColor: '#3a4fd8' },
          after: { logo: digestOf(SQUARE), accentColor: '#0b6e69' },
        },
      },
    ]);
  });

  it('of two admins who send a logo at once the second hears of the first, and its image is not kept', async () => {
    const { settings } = await harness.admin.query<{ settings: { lockVersion: number } }>('{ settings { lockVersion } }');
    const { lockVersion } = settings;
    const outcomes = await Promise.all([WIDE, SQUARE].map((bytes) => errorsOf({ logo: bytes.toString('base64'), lockVersion })));
    expect(outcomes.flat().map(({ code }) => code)).toEqual(['EDIT_CONFLICT']);
    const rows = await harness.database.query<{ digest: string }>('SELECT digest FROM vendor_logo');
    const kept = rows.map(({ digest }) => digest).filter((digest) => digest === digestOf(WIDE) || digest === digestOf(SQUARE));
    expect(kept).toContain((await logoOf())?.url.slice('/vendor/logo/'.length));
  });

  it('colors the portal and draws its logo by a stylesheet, which is empty without a brand', async () => {
    const read = async (headers: Record<string, string> = {}) => harness.nobody.fetch('/vendor/style.css', { headers });
    const plain = await read();
    expect([plain.status, plain.headers.get('content-type'), await plain.text()]).toEqual([200, 'text/css; charset=utf-8', '']);
    await update({ accentColor: '#FFD400', logo: WIDE.toString('base64') });
    const branded = await read({ 'if-none-match': plain.headers.get('etag') ?? '' });
    const css = await branded.text();
    expect(branded.status).toBe(200);
    expect(branded.headers.get('cache-control')).toBe('no-cache');
    expect(css).toMatch(/^html\[data-brand='vendor'\]\{--accent:#[0-9a-f]{6};--accent-hover:#[0-9a-f]{6};--on-accent:#ffffff;/);
    expect(css).toContain("@media screen{html[data-brand='vendor'][data-theme='dark']{--accent:#");
    expect(css).toContain(`width:112px;height:28px;background:url(/vendor/logo/${digestOf(WIDE)})`);
    expect((await read({ 'if-none-match': branded.headers.get('etag') ?? '' })).status).toBe(304);
  });

  it('says of each changed setting who saved it, when, and where the audit trail tells of it', async () => {
    await update({ accentColor: '#0b6e69' });
    const token = await makeToken(harness.admin, { name: 'Deploys', scopes: ['settings:write'] });
    harness.clock.advance({ seconds: 60 });
    await update({ vendorName: 'Comet Works' }, token);
    const [name, color, ...rest] = await saved();
    expect(rest).toEqual([]);
    expect(name).toMatchObject({
      name: 'VENDOR_NAME',
      savedBy: { kind: 'TOKEN', name: 'Deploys' },
    });
    expect(color).toMatchObject({ name: 'ACCENT_COLOR', savedBy: { kind: 'USER', name: 'Test ADMIN' } });
    expect(Date.parse(name?.savedAt ?? '') - Date.parse(color?.savedAt ?? '')).toBeGreaterThanOrEqual(60_000);
    expect(color?.event?.requestId).toMatch(/./);
    // A token that may not read the logs gets the name, and no event.
    expect(await saved(token)).toMatchObject([{ event: null }, { event: null, savedBy: { name: 'Test ADMIN' } }]);
    await update({ accentColor: '#0b6e69', vendorName: null });
    expect(await saved()).toEqual([color]);
  });

  it('says nothing false of who saved what the program or an older one wrote, and of an actor who is gone', async () => {
    await harness.database.transaction((tx) => harness.app.features.settings.write(tx, 'vendorName', 'Older'));
    expect(await saved()).toMatchObject([{ name: 'VENDOR_NAME', savedBy: null, event: null }]);
    await harness.database.transaction((tx) =>
      tx.execute("UPDATE setting SET saved_by_kind = 'USER', saved_by = '0', event_id = '0' WHERE name = 'vendorName'"),
    );
    expect(await saved()).toMatchObject([{ savedBy: { name: 'Somebody who is gone' }, event: null }]);
  });
});
