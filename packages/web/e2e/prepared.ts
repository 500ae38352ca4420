import type { Page } from '@playwright/test';
import type { ApiUser } from './api-user.ts';

const DAY_MS = 86_400_000;
/** What the browser of the journeys runs on, so that the portal offers it first. */
const FILE_FOR_LINUX = (version: string): string => `comet-${version}-linux-x64.tar.gz`;

export interface PreparedProduct {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

export interface PreparedRelease {
  readonly id: string;
  readonly version: string;
  readonly asset: { readonly id: string; readonly fileName: string };
}

let made = 0;

/** A LICENSED product of this journey's own. */
export async function makeProduct(api: ApiUser): Promise<PreparedProduct> {
  made += 1;
  const slug = `comet-${Date.now()}-${made}`;
  const { product } = await api.run<{ product: { id: string } }>('createProduct', { name: `Comet ${slug}`, slug }, 'product { id }');
  return { id: product.id, slug, name: `Comet ${slug}` };
}

/** A draft with one file. @param input.fileName what it is called; for Linux unless given */
export async function makeDraft(
  api: ApiUser,
  baseUrl: string,
  input: { productId: string; version: string; bytes: Buffer; fileName?: string; releaseDate?: string },
): Promise<PreparedRelease> {
  const { productId, version, bytes, releaseDate = null } = input;
  const { downloadable } = await api.run<{ downloadable: { id: string } }>(
    'createDownloadable',
    { productId, version, changelog: '- Faster on **Linux**', releaseDate },
    'downloadable { id }',
  );
  const expiresAt = new Date(Date.now() + DAY_MS).toISOString();
  const scopes = ['release:read', 'release:write'];
  const { token } = await api.run<{ token: string }>('createApiToken', { name: 'ci', scopes, expiresAt }, 'token');
  const fileName = input.fileName ?? FILE_FOR_LINUX(version);
  const response = await fetch(`${baseUrl}/api/v1/downloadables/${downloadable.id}/files/${fileName}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}` },
    body: new Uint8Array(bytes),
  });
  if (response.status !== 201) throw new Error(`The file was refused: ${await response.text()}`);
  return { id: downloadable.id, version, asset: (await response.json()) as PreparedRelease['asset'] };
}

/** A published release with one file for Linux. */
export async function makeRelease(
  api: ApiUser,
  baseUrl: string,
  input: { productId: string; version: string; bytes: Buffer; releaseDate?: string },
): Promise<PreparedRelease> {
  const draft = await makeDraft(api, baseUrl, input);
  await api.run('publishDownloadable', { id: draft.id }, 'downloadable { status }');
  return draft;
}

/** What the API says of a downloadable's status. */
export async function statusOf(api: ApiUser, id: string): Promise<string | null> {
  const { downloadable } = await api.query<{ downloadable: { status: string } | null }>(
    'query($id: ID!) { downloadable(id: $id) { status } }',
    { id },
  );
  return downloadable?.status ?? null;
}

/** How far the files of a downloadable have come. */
export async function filesOf(api: ApiUser, id: string): Promise<readonly string[]> {
  const { downloadable } = await api.query<{ downloadable: { assets: { state: string }[] } }>(
    'query($id: ID!) { downloadable(id: $id) { assets { state } } }',
    { id },
  );
  return downloadable.assets.map(({ state }) => state);
}

/** A license of a new customer. */
export async function makeLicenseKey(api: ApiUser, license: Record<string, unknown>): Promise<{ id: string; key: string }> {
  made += 1;
  const email = `customer-${Date.now()}-${made}@customer.example`;
  const { customer } = await api.run<{ customer: { id: string } }>('createCustomer', { name: 'A customer', email }, 'customer { id }');
  const created = await api.run<{ license: { id: string }; key: string }>(
    'createLicense',
    { customerId: customer.id, ...license },
    'license { id } key',
  );
  return { id: created.license.id, key: created.key };
}

/** Asks for a file by its permalink with a license key. */
export function fetchByKey(baseUrl: string, asset: PreparedRelease['asset'], key: string): Promise<Response> {
  return fetch(`${baseUrl}/d/${asset.id}/${asset.fileName}`, { headers: { authorization: `License ${key}` } });
}

/** Signs a customer in on the page with the license key, whoever was signed in before. */
export async function enterKey(page: Page, key: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto('/login');
  await page.getByRole('tab', { name: 'License key' }).click();
  await page.getByRole('textbox', { name: 'License key' }).fill(key);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(/\/portal/);
}

/** Somebody of the staff, who signs in with a password. */
export async function makeStaff(api: ApiUser, role: string): Promise<{ name: string; email: string; password: string }> {
  const name = `Staff ${Date.now()}`;
  const email = `${name.toLowerCase().replace(' ', '-')}@vendor.example`;
  const { initialPassword } = await api.run<{ initialPassword: string }>('createUser', { email, name, role }, 'initialPassword');
  return { name, email, password: initialPassword };
}

/** A customer's account with a license of each product. */
export async function makeAccount(
  api: ApiUser,
  productIds: readonly string[],
): Promise<{ readonly email: string; readonly password: string }> {
  made += 1;
  const email = `account-${Date.now()}-${made}@customer.example`;
  const { customer } = await api.run<{ customer: { id: string } }>('createCustomer', { name: 'A customer', email }, 'customer { id }');
  for (const productId of productIds) await api.run('createLicense', { customerId: customer.id, productId }, 'license { id }');
  const account = { name: 'Ada', email, role: 'CUSTOMER', customerId: customer.id };
  const { initialPassword: password } = await api.run<{ initialPassword: string }>('createUser', account, 'initialPassword');
  return { email, password };
}
