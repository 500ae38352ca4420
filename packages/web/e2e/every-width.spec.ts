import { checkWidths } from './accessibility.ts';
import type { ApiUser } from './api-user.ts';
import { expect, test } from './journey.ts';
import { forgetMailServer, mailsAbout, receiveMail } from './mail-server.ts';
import { enterKey, fetchByKey, makeDraft, makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';

const PAGES = [
  '',
  '/downloadables',
  '/products',
  '/customers',
  '/licenses',
  '/staff',
  '/logs',
  '/logs/downloads',
  '/logs/refusals',
  '/logs/uploads',
  '/logs/store',
  '/logs/mail',
  '/account',
  '/tokens',
  '/updates',
  '/settings',
  '/settings/limits',
  '/settings/mail',
  '/settings/security',
  '/settings/retention',
].map((path) => `/admin${path}`);

test('no page scrolls sideways, hides a control or breaks a word at any width', async ({ page, product, adminApi, asAdmin }) => {
  const made = await makeProduct(adminApi);
  const input = { productId: made.id, bytes: Buffer.from('one') };
  const release = await makeRelease(adminApi, product.baseUrl, { ...input, version: '1.0.0' });
  const draft = await makeDraft(adminApi, product.baseUrl, { ...input, version: '2024.11.3-beta.1', fileName: 'comet-2.exe' });
  const { key } = await makeLicenseKey(adminApi, { productId: made.id });
  await page.goto('/login');
  await checkWidths(page);
  await asAdmin();
  const tabs = ['', '?tab=revisions', '?tab=sharing', '?tab=downloads', '?tab=history'].map(
    (tab) => `/admin/downloadables/${release.id}${tab}`,
  );
  const { licenses } = await adminApi.query<{ licenses: { nodes: { customer: { id: string } }[] } }>(
    'query { licenses(first: 1) { nodes { customer { id } } } }',
  );
  const customer = `/admin/customers/${licenses.nodes[0]?.customer.id ?? ''}`;
  for (const path of [...PAGES, ...tabs, customer, `/admin/downloadables/${draft.id}`, '/admin/downloadables?new=1', '/admin/nowhere']) {
    await page.goto(path);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await expect(page.getByText('Loading', { exact: true })).toHaveCount(0);
    await checkWidths(page);
  }
  await page.context().clearCookies();
  await enterKey(page, key);
  const ofProduct = ['', '/whats-new?since=0.1', '/versions', '/9.9.9'].map((part) => `/portal/downloads/${made.slug}${part}`);
  for (const path of ['/portal/downloads', ...ofProduct, '/portal/licenses', '/portal/history', '/portal/refused']) {
    await page.goto(path);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await checkWidths(page);
  }
});

test('no page that mails lead to, or that tells of releases, breaks at any width', async ({ page, product, adminApi, asAdmin }) => {
  const server = await receiveMail(adminApi);
  const made = await makeProduct(adminApi);
  const input = { productId: made.id, bytes: Buffer.from('one') };
  const release = await makeRelease(adminApi, product.baseUrl, { ...input, version: '2024.11.3' });
  const bad = await makeRelease(adminApi, product.baseUrl, { ...input, version: '1.0.0' });
  const { key } = await makeLicenseKey(adminApi, { productId: made.id });
  await fetchByKey(product.baseUrl, bad.asset, key);
  await adminApi.run('withdrawDownloadable', { id: bad.id, reason: 'It loses data.', replacementId: release.id }, 'downloadable { id }');
  const texts = { subject: '{product} {version}', body: 'Hello {name}: {link}' };
  const ids = [
    await tell(adminApi, 'createAnnouncement', { downloadableId: release.id, ...texts }),
    await tell(adminApi, 'createRecall', { downloadableId: bad.id, subject: texts.subject, body: '{file}\n\n{acknowledge}' }),
  ];
  await expect.poll(() => mailsAbout(server, made.name).length, { timeout: 30_000 }).toBe(2);
  await server.close();
  await forgetMailServer(adminApi);
  await asAdmin();
  const announce = [release.id, bad.id].map((id) => `/admin/downloadables/${id}/announce`);
  for (const path of [...announce, ...ids.map((id) => `/admin/announcements/${id}`)]) {
    await page.goto(path);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await expect(page.getByText('Loading', { exact: true })).toHaveCount(0);
    await checkWidths(page);
  }
  await page.context().clearCookies();
  const linkTo = (path: string): string =>
    mailsAbout(server, made.name).flatMap(({ text }) => new RegExp(`https?://\\S+${path}[\\w.~-]+`).exec(text ?? '')?.[0] ?? [])[0] ?? path;
  const strange = ['/invitation/x', '/reset/x', '/sign-in/x', '/address/x', '/recall/x', '/unsubscribe/x'];
  await enterKey(page, key);
  const portal = ['/portal/notices', '/portal/notifications', '/portal/account'];
  for (const path of [linkTo('/recall/'), linkTo('/unsubscribe/'), ...strange, ...portal]) {
    await page.goto(path);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await checkWidths(page);
  }
});

async function tell(api: ApiUser, name: 'createAnnouncement' | 'createRecall', input: Record<string, unknown>): Promise<string> {
  const { announcement } = await api.run<{ announcement: { id: string } }>(name, input, 'announcement { id }');
  await api.run('sendAnnouncement', { id: announcement.id }, 'announcement { id }');
  return announcement.id;
}
