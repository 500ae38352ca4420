import { expect, test } from './journey.ts';
import { forgetMailServer, mailsAbout, receiveMail } from './mail-server.ts';
import { makeLicenseKey, makeProduct, makeRelease } from './prepared.ts';

test.afterEach(({ adminApi }) => forgetMailServer(adminApi));

test('whoever wants no mail leaves by one click, in the mail program or on the page, and gets none of the next release', async ({
  page,
  product,
  adminApi,
  expectAccessible,
}) => {
  const server = await receiveMail(adminApi);
  const made = await makeProduct(adminApi);
  await makeLicenseKey(adminApi, { productId: made.id });
  const announce = async (version: string): Promise<string> => {
    const release = await makeRelease(adminApi, product.baseUrl, { productId: made.id, version, bytes: Buffer.from(version) });
    const { announcement } = await adminApi.run<{ announcement: { id: string } }>(
      'createAnnouncement',
      { downloadableId: release.id, subject: `{product} {version}`, body: 'It is out.' },
      'announcement { id }',
    );
    await adminApi.run('sendAnnouncement', { id: announcement.id }, 'announcement { state }');
    return announcement.id;
  };
  await announce('1.0.0');
  await expect.poll(() => mailsAbout(server, made.name).length, { timeout: 30_000 }).toBe(1);
  const [mail] = mailsAbout(server, made.name);
  const headers = mail?.headers.get('list') as { unsubscribe?: { url?: string } } | undefined;
  const address = headers?.unsubscribe?.url ?? '';
  expect(mail?.headerLines.find(({ key }) => key === 'list-unsubscribe-post')?.line).toContain('List-Unsubscribe=One-Click');
  expect(mail?.text).toContain(address);

  // Opening the link of the mail changes nothing; the page has the button.
  await page.goto(address);
  await expect(page.getByRole('heading', { name: 'Mail about releases' })).toBeVisible();
  const { vendor } = await adminApi.query<{ vendor: { name: string } }>('{ vendor { name } }');
  await expect(page).toHaveTitle(`Mail about releases · ${vendor.name}`);
  await expectAccessible();
  await page.getByRole('button', { name: 'Unsubscribe from all of it' }).click();
  await expect(page.getByText('No more mail about releases goes to this address')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('radio', { name: 'All releases' })).toBeChecked();
  await page.getByRole('radio', { name: 'Security only' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Your choice is saved.')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Security only' })).toBeChecked();

  // What a mail program sends when its own button is pressed.
  const click = await page.request.post(address, { form: { 'List-Unsubscribe': 'One-Click' } });
  expect(click.status()).toBe(200);
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Nothing' })).toBeChecked();

  const id = await announce('2.0.0');
  await expect
    .poll(
      async () => {
        const read = 'query($id: ID!) { announcement(id: $id) { state recipients(first: 5) { nodes { state reason } } } }';
        return adminApi.query(read, { id });
      },
      { timeout: 30_000 },
    )
    .toMatchObject({ announcement: { state: 'SENT', recipients: { nodes: [{ reason: 'CHOSE_NO_MAIL' }] } } });
  expect(mailsAbout(server, made.name)).toHaveLength(1);
  await server.close();

  await page.goto(`${address}x`);
  await expect(page.getByRole('heading', { name: 'This link is not complete' })).toBeVisible();
  await expectAccessible();
});
