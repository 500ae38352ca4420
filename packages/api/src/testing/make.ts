import { newId } from '../kernel/ids.js';
import { Client } from './client.js';
import type { Harness } from './harness.js';

/** Factories: valid by default; a test states only what matters to it. All of them go through the API. */

export interface Made {
  readonly id: string;
}

export interface MadeFile extends Made {
  readonly fileName: string;
  readonly bytes: Buffer;
}

let count = 0;
const next = (): number => (count += 1);

export async function makeProduct(client: Client, input: Record<string, unknown> = {}): Promise<Made & { slug: string }> {
  const name = `Product ${next()}`;
  const { product } = await client.run<{ product: Made & { slug: string } }>('createProduct', { name, ...input }, 'product { id slug }');
  return product;
}

/** A draft downloadable of a new product unless one is given. */
export async function makeDraft(
  client: Client,
  input: { productId?: string; version?: string } & Record<string, unknown> = {},
): Promise<Made & { productId: string; version: string; lockVersion: number }> {
  const productId = input.productId ?? (await makeProduct(client)).id;
  const version = input.version ?? `1.${next()}.0`;
  const { downloadable } = await client.run<{ downloadable: Made & { lockVersion: number } }>(
    'createDownloadable',
    { ...input, productId, version },
    'downloadable { id lockVersion }',
  );
  return { ...downloadable, productId, version };
}

/** A READY file in a draft, sent as curl would send it. */
export async function makeFile(
  harness: Pick<Harness, 'admin'>,
  downloadableId: string,
  file: { fileName?: string; bytes?: Buffer } = {},
): Promise<MadeFile> {
  const fileName = file.fileName ?? `app-${next()}-windows-x64.exe`;
  const bytes = file.bytes ?? Buffer.from(`bytes of ${fileName} ${newId()}`);
  const path = `/api/v1/downloadables/${downloadableId}/files/${fileName}`;
  const send = async (token: Client): Promise<Response> => token.fetch(path, { method: 'PUT', body: new Uint8Array(bytes) });
  let response = await send(await senderOf(harness.admin));
  // The clock of a test may have gone past the end of the token.
  if (response.status === 401) response = await send(await senderOf(harness.admin, 'NEW'));
  // 200: it replaced one of the same name.
  if (!response.ok) throw new Error(`The file was refused: ${await response.text()}`);
  const { id } = (await response.json()) as Made;
  return { id, fileName, bytes };
}

const senders = new WeakMap<Client, Promise<Client>>();

/** Who sends files for an admin: one token for all of them. */
function senderOf(admin: Client, age: 'ANY' | 'NEW' = 'ANY'): Promise<Client> {
  const known = age === 'ANY' ? senders.get(admin) : undefined;
  const sender = known ?? makeToken(admin, { scopes: ['release:read', 'release:write'] });
  senders.set(admin, sender);
  return sender;
}

/** A published downloadable with one file. */
export async function makePublished(
  harness: Pick<Harness, 'admin'>,
  input: { productId?: string; version?: string } & Record<string, unknown> = {},
): Promise<Made & { productId: string; version: string; file: MadeFile }> {
  const draft = await makeDraft(harness.admin, input);
  const file = await makeFile(harness, draft.id);
  await harness.admin.run('publishDownloadable', { id: draft.id }, 'downloadable { id }');
  return { ...draft, file };
}

/** A client with an API token. */
export async function makeToken(
  admin: Client,
  input: { name?: string; scopes: string[]; productId?: string; expiresAt?: string },
): Promise<Client & { tokenId: string }> {
  const expiresAt = input.expiresAt ?? new Date(Date.now() + 86_400_000).toISOString();
  const made = await admin.run<{ token: string; apiToken: Made }>(
    'createApiToken',
    { name: `token ${next()}`, ...input, expiresAt },
    'token apiToken { id }',
  );
  return Object.assign(new Client(admin.baseUrl, { authorization: `Bearer ${made.token}` }), { tokenId: made.apiToken.id });
}

/** Somebody of the staff who is limited to products. */
export async function makeLimited(
  harness: Pick<Harness, 'admin' | 'makeUser'>,
  role: 'PUBLISHER' | 'SUPPORT',
  productIds: readonly string[],
): Promise<Client & { userId: string }> {
  const client = await harness.makeUser(role);
  const { viewer } = await client.query<{ viewer: { user: Made } }>('{ viewer { user { id } } }');
  await harness.admin.run('updateUser', { id: viewer.user.id, productIds }, 'user { id }');
  return Object.assign(client, { userId: viewer.user.id });
}

export async function makeCustomer(client: Client, input: Record<string, unknown> = {}): Promise<Made> {
  const { customer } = await client.run<{ customer: Made }>(
    'createCustomer',
    { name: 'A customer', email: `customer-${next()}@customer.example`, ...input },
    'customer { id }',
  );
  return customer;
}

/** A license of a new customer, with its key and a client that uses the key. */
export async function makeLicense(
  harness: Pick<Harness, 'admin' | 'baseUrl'>,
  input: { productId: string; customerId?: string } & Record<string, unknown>,
): Promise<Made & { key: string; customerId: string; client: Client }> {
  const customerId = input.customerId ?? (await makeCustomer(harness.admin)).id;
  const { license, key } = await harness.admin.run<{ license: Made; key: string }>(
    'createLicense',
    { ...input, customerId },
    'license { id } key',
  );
  return { id: license.id, key, customerId, client: new Client(harness.baseUrl, { authorization: `License ${key}` }) };
}

/** A machine key of a customer's, with a client that uses it. @param maker an owner, or staff who name the customer */
export async function makeMachineKey(
  maker: Client,
  input: { name?: string; customerId?: string; licenseId?: string; expiresAt?: string } = {},
): Promise<Made & { key: string; client: Client }> {
  const named = { name: `machine ${next()}`, ...input };
  const made = await maker.run<{ machineKey: Made; key: string }>('createMachineKey', named, 'machineKey { id } key');
  return { id: made.machineKey.id, key: made.key, client: new Client(maker.baseUrl, { authorization: `License ${made.key}` }) };
}

/** Somebody who only downloads for a customer. */
export async function makeMember(harness: Pick<Harness, 'admin' | 'makeUser'>, customerId: string): Promise<Client> {
  const client = await harness.makeUser('CUSTOMER', { customerId });
  const { viewer } = await client.query<{ viewer: { user: Made } }>('{ viewer { user { id } } }');
  await harness.admin.run('updatePerson', { id: viewer.user.id, memberRole: 'MEMBER' }, 'person { id }');
  return client;
}

/** Uploads through the store in parts, as the browser does. @returns the asset's id; VERIFYING until `harness.settle()` */
export async function uploadInParts(
  client: Client,
  input: { downloadableId: string; fileName: string; bytes: Buffer; sha256?: string },
): Promise<string> {
  const { bytes, ...declared } = input;
  const { upload } = await client.run<{ upload: { id: string; partSize: number; partCount: number; asset: Made } }>(
    'createUpload',
    { ...declared, size: bytes.length },
    'upload { id partSize partCount asset { id } }',
  );
  const partNumbers = Array.from({ length: upload.partCount }, (_, index) => index + 1);
  const { parts } = await client.run<{ parts: { number: number; url: string }[] }>(
    'signUploadParts',
    { uploadId: upload.id, partNumbers },
    'parts { number url }',
  );
  for (const { number, url } of parts) {
    const body = bytes.subarray((number - 1) * upload.partSize, number * upload.partSize);
    const response = await fetch(url, { method: 'PUT', body: new Uint8Array(body) });
    if (!response.ok) throw new Error(`Part ${number} was refused: ${response.status} ${await response.text()}`);
  }
  await client.run('completeUpload', { uploadId: upload.id }, 'asset { id state }');
  return upload.asset.id;
}
