import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { makeProduct, makePublished } from '../../testing/make.js';
import { sitemapXml, withPublicPage } from './public-head.js';

const HTML = `<!doctype html><html><head><meta name="description" content="Software" />
    <title>Downloads</title></head><body><div id="app"><div>frame</div></div>
    <script nomodule src="/old-browser.js"></script></body></html>`;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('pages for search engines on $name', ({ start }) => {
  let harness: Harness;
  let open: { id: string; slug: string };
  let licensed: { id: string; slug: string };

  beforeAll(async () => {
    harness = await start();
    await harness.admin.run(
      'updateSettings',
      { vendorName: 'Aurora <Software>', lockVersion: await lockVersion() },
      'settings { vendorName }',
    );
    open = await makeProduct(harness.admin, { name: 'Borealis "CLI"', description: 'Compares </script><b>builds', distribution: 'OPEN' });
    licensed = await makeProduct(harness.admin, { name: 'Studio' });
    for (const version of ['1.5', '1.6', '2.0-beta.1'])
      await makePublished(harness, { productId: open.id, version, changelog: `## Notes of ${version}\n<img src=x onerror=alert(1)>` });
    await makePublished(harness, { productId: licensed.id, version: '1.0' });
  });
  afterAll(() => harness.close());

  async function lockVersion(): Promise<number> {
    const { settings } = await harness.admin.query<{ settings: { lockVersion: number } }>('{ settings { lockVersion } }');
    return settings.lockVersion;
  }
  const find = (path: string) => harness.app.features.publicPages.find(path);

  it('a product that is open to everybody is described with its newest version, at one address', async () => {
    const page = await find(`/portal/downloads/${open.slug}`);
    expect(page).toMatchObject({
      title: 'Borealis "CLI" 1.6 · Aurora <Software>',
      description: 'Download Borealis "CLI" 1.6 for Windows from Aurora <Software>. Compares </script><b>builds',
      canonicalUrl: `${harness.baseUrl}/portal/downloads/${open.slug}`,
      data: { '@type': 'SoftwareApplication', softwareVersion: '1.6', operatingSystem: 'Windows', offers: { price: 0 } },
      links: [{ text: expect.stringMatching(/\.exe$/), url: expect.stringContaining('/d/') }],
    });
    expect((await find(`/portal/downloads/${open.slug}/v1.6.0`))?.canonicalUrl).toBe(page?.canonicalUrl);
    expect((await find(`/portal/downloads/${open.slug}/1.5`))?.canonicalUrl).toBe(`${page?.canonicalUrl}/1.5`);
  });

  it('nothing that is typed becomes markup of the page', async () => {
    const page = await find(`/portal/downloads/${open.slug}`);
    const html = page ? withPublicPage(HTML, page) : '';
    expect(html).toContain('<title>Borealis &quot;CLI&quot; 1.6 · Aurora &lt;Software&gt;</title>');
    expect(html.match(/<meta name="description"/g)).toHaveLength(1);
    expect(html).not.toMatch(/<b>builds|onerror="?alert|<Software>/);
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    const data = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
    expect(JSON.parse(data)).toMatchObject({ publisher: { name: 'Aurora <Software>' } });
    expect(html).toMatch(/<div id="app"><div>frame<\/div><main.*<h1.*<\/main><\/div>/s);
  });

  it.each([
    ['a product for customers', () => `/portal/downloads/${licensed.slug}`],
    ['a version that is not there', () => `/portal/downloads/${open.slug}/9.9`],
    ['a version that strangers may not have', () => `/portal/downloads/${open.slug}/2.0-beta.1`],
    ['a product that is not there', () => '/portal/downloads/nothing'],
    ['a part of a product’s pages', () => `/portal/downloads/${open.slug}/versions`],
    ['the console', () => '/admin'],
    ['what cannot be read', () => '/portal/downloads/%E0%A4%A'],
  ])('%s is not described', async (_what, path) => {
    expect(await find(path())).toBeNull();
  });

  it('the sitemap names what is open to everybody, and nothing else', async () => {
    const empty = await makeProduct(harness.admin, { distribution: 'OPEN' });
    const beta = await makeProduct(harness.admin, { distribution: 'OPEN' });
    await makePublished(harness, { productId: beta.id, version: '1.0-beta.1' });
    const reply = await harness.nobody.fetch('/sitemap.xml');
    const text = await reply.text();
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/xml; charset=utf-8']);
    expect(text).toContain(`<loc>${harness.baseUrl}/portal/downloads/${open.slug}</loc>`);
    for (const { slug } of [licensed, empty, beta]) expect(text).not.toContain(`/${slug}<`);
    const { updatedAt } = (
      await harness.admin.query<{ product: { latest: { updatedAt: string } } }>(
        `{ product(slug: "${open.slug}") { latest { updatedAt } } }`,
      )
    ).product.latest;
    expect(text).toContain(`<lastmod>${updatedAt}</lastmod>`);
    expect(sitemapXml([{ url: 'https://a.example/?a&b', changedAt: new Date(0) }])).toContain('<loc>https://a.example/?a&amp;b</loc>');
  });
});
