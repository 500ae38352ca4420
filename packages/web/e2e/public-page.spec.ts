import { expect, test } from './journey.ts';
import { makeProduct, makeRelease } from './prepared.ts';

const BYTES = Buffer.from('a program for everybody '.repeat(500));

test('a product that is open to everybody is found and previewed by what its page says; others are for nobody to find', async ({
  page,
  product,
  adminApi,
  expectAccessible,
}) => {
  const open = await makeProduct(adminApi);
  await adminApi.run('updateProduct', { id: open.id, distribution: 'OPEN', description: 'Compares builds.' }, 'product { id }');
  await makeRelease(adminApi, product.baseUrl, { productId: open.id, version: '1.6.0', bytes: BYTES });
  const licensed = await makeProduct(adminApi);
  await makeRelease(adminApi, product.baseUrl, { productId: licensed.id, version: '1.0.0', bytes: BYTES });

  const reply = await fetch(`${product.baseUrl}/portal/downloads/${open.slug}`, { headers: { accept: 'text/html' } });
  const html = await reply.text();
  expect([reply.status, reply.headers.get('x-robots-tag')]).toEqual([200, null]);
  expect(html).toContain(`<link rel="canonical" href="${product.baseUrl}/portal/downloads/${open.slug}" />`);
  expect(html).toMatch(new RegExp(`<meta property="og:title" content="${open.name} 1\\.6\\.0[^"]*" />`));
  const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '') as object;
  expect(data).toMatchObject({ '@type': 'SoftwareApplication', name: open.name, softwareVersion: '1.6.0' });
  expect(html).toContain(`<h1 class="text-2xl font-semibold tracking-tight">${open.name} 1.6.0</h1>`);
  expect(await (await fetch(`${product.baseUrl}/sitemap.xml`)).text()).toContain(`/portal/downloads/${open.slug}</loc>`);

  const hidden = await fetch(`${product.baseUrl}/portal/downloads/${licensed.slug}`, { headers: { accept: 'text/html' } });
  expect(hidden.headers.get('x-robots-tag')).toBe('noindex, nofollow');
  expect(await hidden.text()).not.toContain(licensed.name);

  const named = /<title>([^<]*)<\/title>/.exec(html)?.[1];
  await page.goto(`/portal/downloads/${open.slug}`);
  await expect(page.getByRole('link', { name: /Download for Linux/ })).toBeVisible();
  expect(await page.title()).toBe(named);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expectAccessible();
});
