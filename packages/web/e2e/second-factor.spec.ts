import { Secret, TOTP } from 'otpauth';
import { expect, test } from './journey.ts';
import { makeStaff } from './prepared.ts';

/** The app on a phone: it knows the secret, and the time. */
const codeOf = (secret: string, inSteps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + inSteps * 30_000 });

test('somebody of the staff sets up a second factor in three steps, signs in with it and with a recovery code, and an administrator ends it', async ({
  page,
  browser,
  product,
  adminApi,
  asAdmin,
  expectAccessible,
}) => {
  const { email, password, name } = await makeStaff(adminApi, 'PUBLISHER');
  const desk = await browser.newContext({ baseURL: product.baseUrl, viewport: { width: 1440, height: 900 } });
  const person = await desk.newPage();
  const enter = async (): Promise<void> => {
    await person.goto('/login');
    await person.getByLabel('Email').fill(email);
    await person.getByLabel('Password').fill(password);
    await person.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  await enter();
  await person.waitForURL(/\/admin/);

  await person.goto('/admin/account');
  await person.getByRole('button', { name: 'Set up' }).click();
  await person.getByLabel('Your password').fill('not this');
  await person.getByRole('button', { name: 'Continue' }).click();
  await expect(person.getByText('This is not the password you have now', { exact: false })).toBeVisible();
  await person.getByLabel('Your password').fill(password);
  await person.getByRole('button', { name: 'Continue' }).click();
  await expect(person.getByRole('img', { name: 'The picture for your authenticator app' })).toBeVisible();
  await person.getByText('No camera? Type the secret').click();
  const secret = (await person.getByRole('textbox', { name: 'Secret' }).textContent())?.trim() ?? '';
  await person.getByLabel('Code of the app').fill('000000');
  await person.getByRole('button', { name: 'Turn on' }).click();
  await expect(person.getByText('This code is not right', { exact: false })).toBeVisible();
  await person.getByLabel('Code of the app').fill(codeOf(secret, -1));
  await person.getByRole('button', { name: 'Turn on' }).click();
  const codes = person.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  const recovery = (await codes.first().textContent()) ?? '';
  await person.getByRole('button', { name: 'I have kept them' }).click();
  await expect(person.getByText('10 recovery codes left.')).toBeVisible();

  await desk.clearCookies();
  await enter();
  await expect(person.getByLabel('Code of your app')).toBeFocused();
  await person.getByLabel('Code of your app').fill('000000');
  await person.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(person.getByText('This code is not right', { exact: false })).toBeVisible();
  await person.getByLabel('Code of your app').fill(codeOf(secret));
  await person.getByRole('button', { name: 'Sign in', exact: true }).click();
  await person.waitForURL(/\/admin/);

  await desk.clearCookies();
  await enter();
  await person.getByLabel('Code of your app').fill(recovery);
  await person.getByRole('button', { name: 'Sign in', exact: true }).click();
  await person.waitForURL(/\/admin/);
  await person.goto('/admin/account');
  await expect(person.getByText('9 recovery codes left.')).toBeVisible();

  await asAdmin(`/admin/staff?q=${encodeURIComponent(email)}`);
  await expect(page.getByText('Second factor', { exact: true })).toBeVisible();
  await expectAccessible();
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'End second factor…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End second factor' }).click();
  await expect(page.getByText('signs in without a code now', { exact: false })).toBeVisible();
  await enter();
  await person.waitForURL(/\/admin/);
  await desk.close();
});
