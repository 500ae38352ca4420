import { idOf, sessionTokenOf } from '../data/world.js';
import type { CpuMeter } from './cpu.js';
import { interleave, runRound, type Round } from './load.js';
import { requestOf } from './http-client.js';
import { publicUrlOf } from './servers.js';

/** Not among the versions of the world. */
const VERSION = '12345.6.7';
const FILES = Array.from({ length: 10 }, (_, place) => `setup-${place}-linux-x64.deb`);
const WARM_UP_MS = 600;
const ROUND_MS = 500;
const ROUNDS = 9;
const COOKIE = `slipway=${sessionTokenOf('admin')}`;

/** The product on some data. */
interface Place {
  readonly port: number;
  readonly cpu: CpuMeter;
}

/** What a release of ten files costs to publish, its unpublishing with it, on little and on much data in turn. */
export async function measurePublishing(places: readonly [Place, Place]): Promise<readonly [Round, Round]> {
  const [small, large] = [await prepare(places[0]), await prepare(places[1])];
  for (const target of [small, large]) await runRound(target, { connections: 1, milliseconds: WARM_UP_MS });
  const rounds = await interleave([small, large], { connections: 1, milliseconds: ROUND_MS, rounds: ROUNDS });
  for (const { port, id } of [small, large]) await mutate(port, 'deleteDownloadable', { id, confirmVersion: VERSION });
  return rounds;
}

/** Makes the release. @returns the request that unpublishes and publishes it */
async function prepare({ port, cpu }: Place) {
  const made = await mutate(port, 'createDownloadable', {
    productId: idOf('product', 1),
    version: VERSION,
    fields: 'downloadable { id }',
  });
  const { id } = (made as { readonly downloadable: { readonly id: string } }).downloadable; // as it was asked for
  for (const fileName of FILES)
    await mutate(port, 'addExternalAsset', { downloadableId: id, fileName, url: `https://files.vendor.example/${fileName}`, size: 1_000 });
  await mutate(port, 'publishDownloadable', { id });
  const query = `mutation($u: UnpublishDownloadableInput!, $p: PublishDownloadableInput!) {
    unpublishDownloadable(input: $u) { userErrors { code } } publishDownloadable(input: $p) { userErrors { code } } }`;
  return { port, cpu, id, requests: [requestOf('/graphql', COOKIE, JSON.stringify({ query, variables: { u: { id }, p: { id } } }))] };
}

/** @param fields what is asked for beside the errors; the rest is the input @throws Error when it is refused */
async function mutate(
  port: number,
  name: string,
  { fields = '', ...input }: { readonly fields?: string } & Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { message } } }`;
  const response = await fetch(`${publicUrlOf(port)}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: COOKIE },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const text = await response.text();
  const { data } = JSON.parse(text) as { readonly data?: Readonly<Record<string, { readonly userErrors: readonly object[] }>> | null };
  const payload = data?.[name];
  if (!payload || payload.userErrors.length > 0) throw new Error(`${name} was refused: ${text}`);
  return payload;
}
