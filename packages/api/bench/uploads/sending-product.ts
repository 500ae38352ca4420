import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APP_SECRET } from '../data/claim.js';
import { publicUrlOf, startProduct } from '../drive/servers.js';

const ADMIN = { email: 'admin@slipway.example', password: 'correct horse battery' };
const FILE_NAME = 'app.bin';

/** The built product on an empty database, with a draft that takes files. */
export interface SendingProduct {
  readonly pid: number;
  /** Where `curl -T` sends a file of the draft, and what it has to say. */
  readonly url: string;
  readonly authorization: string;
  /** Deletes what was sent. */
  drop(): Promise<void>;
  stop(): Promise<void>;
}

/** @param environment which store it has; empty: its own folder */
export async function startSendingProduct(port: number, environment: Readonly<Record<string, string>>): Promise<SendingProduct> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-uploads-'));
  const owner = { APP_SECRET, DATA_DIR: folder, ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password };
  const server = await startProduct({ port, environment: { ...owner, ...environment } });
  const admin = await signIn(port);
  const { token, draftId } = await makeDraft(admin);
  return {
    pid: server.pid,
    url: `${publicUrlOf(port)}/api/v1/downloadables/${draftId}/files/${FILE_NAME}`,
    authorization: `Authorization: Bearer ${token}`,
    drop: () => deleteFiles(admin, draftId),
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a mutation with the fields that are wanted of its payload. */
type Run = <T>(mutation: string, input: Record<string, unknown>, fields: string) => Promise<T>;

interface Admin {
  readonly run: Run;
  readonly ask: <T>(query: string, variables: Record<string, unknown>) => Promise<T>;
}

async function signIn(port: number): Promise<Admin> {
  const post = (body: object, cookie: string): Promise<Response> =>
    fetch(`${publicUrlOf(port)}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    });
  const query = 'mutation($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }';
  const signedIn = await post({ query, variables: { input: ADMIN } }, '');
  const cookie = signedIn.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
  const ask = async <T>(text: string, variables: Record<string, unknown>): Promise<T> => {
    const reply = await (await post({ query: text, variables }, cookie)).text();
    const { data } = JSON.parse(reply) as { data?: T };
    if (!data || reply.includes('"userErrors":[{')) throw new Error(reply.slice(0, 500));
    return data;
  };
  const run: Run = async (mutation, input, fields) => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const text = `mutation($input: ${type}!) { ${mutation}(input: $input) { ${fields} userErrors { message } } }`;
    const data = await ask<Record<string, never>>(text, { input });
    return data[mutation] ?? fail(mutation);
  };
  return { run, ask };
}

function fail(mutation: string): never {
  throw new Error(`${mutation} gave nothing.`);
}

async function makeDraft({ run }: Admin): Promise<{ token: string; draftId: string }> {
  const { product } = await run<{ product: { id: string } }>('createProduct', { name: 'Aurora' }, 'product { id }');
  const draft = { productId: product.id, version: '1.0.0' };
  const { downloadable } = await run<{ downloadable: { id: string } }>('createDownloadable', draft, 'downloadable { id }');
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const wanted = { name: 'uploads', scopes: ['release:read', 'release:write'], expiresAt };
  const { token } = await run<{ token: string }>('createApiToken', wanted, 'token');
  return { token, draftId: downloadable.id };
}

async function deleteFiles({ run, ask }: Admin, id: string): Promise<void> {
  const query = 'query($id: ID!) { downloadable(id: $id) { assets { id } } }';
  const { downloadable } = await ask<{ downloadable: { assets: { id: string }[] } }>(query, { id });
  for (const asset of downloadable.assets) await run('removeAsset', { id: asset.id }, '');
}
