import { ROLE_SCOPES, SCOPES, type Scope } from '@slipway/shared';
import { basicOf, Client } from '../client.js';
import type { Harness } from '../harness.js';
import {
  makeCustomer,
  makeDraft,
  makeFile,
  makeLicense,
  makeLimited,
  makeMachineKey,
  makeProduct,
  makePublished,
  makeToken,
  type MadeFile,
} from '../make.js';
import type { ReleaseState, ViewerName } from './matrix.cases.js';

/** Somebody who looks, and what they may do. */
export interface Viewer {
  readonly client: Client;
  readonly scopes: readonly Scope[];
  readonly isSomebody: boolean;
  /** Shows a key that nobody holds any more: it opens nothing, and closes nothing that is for everybody. */
  readonly hasEndedKey?: true;
}

/** A release in one state, with its one file. */
export interface Release {
  readonly id: string;
  readonly file: MadeFile;
}

/** A month from now: longer than any test. */
export const FOREVER = new Date(Date.now() + 30 * 86_400_000).toISOString();

/** One of every kind of viewer. */
export async function makeViewers(harness: Harness, productId: string): Promise<Map<ViewerName, Viewer>> {
  const { admin } = harness;
  const viewers = new Map<ViewerName, Viewer>();
  const customer = async (name: ViewerName, license: Record<string, unknown> | null, change?: string): Promise<void> => {
    const { id: customerId } = await makeCustomer(admin);
    if (license) {
      const made = await makeLicense(harness, { productId, customerId, ...license });
      if (change) await admin.run(change, { id: made.id }, 'license { status }');
    }
    viewers.set(name, { client: await harness.makeUser('CUSTOMER', { customerId }), scopes: [], isSomebody: true });
  };
  viewers.set('nobody', { client: harness.nobody, scopes: [], isSomebody: false });
  await customer('customer with an active license', {});
  await customer('customer with an expired license', { expiresAt: new Date(Date.now() - 86_400_000).toISOString() });
  await customer('customer with a suspended license', {}, 'suspendLicense');
  await customer('customer of another product', { productId: (await makeProduct(admin)).id });
  await customer('customer without a license', null);
  const byBasic = (client: Client): Client =>
    new Client(harness.baseUrl, { authorization: basicOf(client.headers['authorization'] ?? '') });
  viewers.set('holder of a license key', { client: (await makeLicense(harness, { productId })).client, scopes: [], isSomebody: true });
  for (const [name, viewer] of await makeMachines(harness, productId)) viewers.set(name, viewer);
  const token = async (name: ViewerName, scopes: Scope[]): Promise<void> =>
    void viewers.set(name, { client: await makeToken(admin, { scopes, expiresAt: FOREVER }), scopes, isSomebody: true });
  viewers.set('holder of a license key by Basic', {
    client: byBasic((await makeLicense(harness, { productId })).client),
    scopes: [],
    isSomebody: true,
  });
  await token('token that reads', ['release:read']);
  await token('token that writes', ['release:read', 'release:write']);
  const writer = viewers.get('token that writes');
  if (writer) viewers.set('token that writes by Basic', { ...writer, client: byBasic(writer.client) });
  const revoked = await makeToken(admin, { scopes: [...SCOPES] });
  await admin.run('revokeApiToken', { id: revoked.tokenId }, 'apiToken { id }');
  viewers.set('revoked token', { client: revoked, scopes: [], isSomebody: false });
  viewers.set('revoked token by Basic', { client: byBasic(revoked), scopes: [], isSomebody: false });
  const expiresAt = new Date(harness.clock.now().getTime() + 60_000).toISOString();
  viewers.set('expired token', { client: await makeToken(admin, { scopes: [...SCOPES], expiresAt }), scopes: [], isSomebody: false });
  harness.clock.advance({ seconds: 61 });
  viewers.set('token of a demoted creator', {
    client: await tokenOfDemoted(harness),
    scopes: ROLE_SCOPES.SUPPORT,
    isSomebody: true,
  });
  viewers.set('support', { client: await harness.makeUser('SUPPORT'), scopes: ROLE_SCOPES.SUPPORT, isSomebody: true });
  viewers.set('publisher', { client: await harness.makeUser('PUBLISHER'), scopes: ROLE_SCOPES.PUBLISHER, isSomebody: true });
  for (const role of ['SUPPORT', 'PUBLISHER'] as const) {
    const client = await makeLimited(harness, role, [productId]);
    viewers.set(`${role === 'SUPPORT' ? 'support' : 'publisher'} limited to the product`, {
      client,
      scopes: ROLE_SCOPES[role],
      isSomebody: true,
    });
  }
  viewers.set('admin', { client: admin, scopes: SCOPES, isSomebody: true });
  return viewers;
}

/** Machine keys of customers in good order, and of others. */
async function makeMachines(harness: Harness, productId: string): Promise<ReadonlyMap<ViewerName, Viewer>> {
  const { admin } = harness;
  const { customerId } = await makeLicense(harness, { productId });
  const other = await makeLicense(harness, { productId: (await makeProduct(admin)).id });
  const suspended = await makeLicense(harness, { productId, customerId });
  await admin.run('suspendLicense', { id: suspended.id }, 'license { status }');
  const { client } = await makeMachineKey(admin, { customerId });
  const revoked = await makeMachineKey(admin, { customerId });
  await admin.run('revokeMachineKey', { id: revoked.id }, 'machineKey { id }');
  const expired = await makeMachineKey(admin, { customerId, expiresAt: new Date(harness.clock.now().getTime() + 1_000).toISOString() });
  harness.clock.advance({ seconds: 2 });
  const lives = (made: Client): Viewer => ({ client: made, scopes: [], isSomebody: true });
  const ended = (made: Client): Viewer => ({ client: made, scopes: [], isSomebody: false, hasEndedKey: true });
  const basic = new Client(harness.baseUrl, { authorization: basicOf(client.headers['authorization'] ?? '') });
  return new Map([
    ['machine key', lives(client)],
    ['machine key by Basic', lives(basic)],
    ['machine key of another customer', lives((await makeMachineKey(admin, { customerId: other.customerId })).client)],
    ['machine key of a suspended license', lives((await makeMachineKey(admin, { customerId, licenseId: suspended.id })).client)],
    ['revoked machine key', ended(revoked.client)],
    ['expired machine key', ended(expired.client)],
  ]);
}

/** A token with every right, made by an admin who is one of the support now. */
async function tokenOfDemoted(harness: Harness): Promise<Client> {
  const creator = await harness.makeUser('ADMIN');
  const token = await makeToken(creator, { scopes: [...SCOPES], expiresAt: FOREVER });
  const { viewer } = await creator.query<{ viewer: { user: { id: string } } }>('{ viewer { user { id } } }');
  await harness.admin.run('updateUser', { id: viewer.user.id, role: 'SUPPORT' }, 'user { role }');
  return token;
}

/** One release of a product in every state. */
export async function makeReleases(harness: Harness, productId: string): Promise<Map<ReleaseState, Release>> {
  const { admin } = harness;
  const draft = await makeDraft(admin, { productId });
  const unpublished = await makePublished(harness, { productId });
  await admin.run('unpublishDownloadable', { id: unpublished.id }, 'downloadable { status }');
  const deleted = await makePublished(harness, { productId });
  await admin.run('deleteDownloadable', { id: deleted.id, confirmVersion: deleted.version }, 'deletedId');
  await harness.settle();
  const scheduled = await makeDraft(admin, { productId });
  const scheduledFile = await makeFile(harness, scheduled.id);
  await admin.run('publishDownloadable', { id: scheduled.id, publishAt: FOREVER }, 'downloadable { status }');
  const archived = await makePublished(harness, { productId });
  await admin.run('archiveDownloadable', { id: archived.id }, 'downloadable { status }');
  const withdrawn = await makePublished(harness, { productId });
  await admin.run('withdrawDownloadable', { id: withdrawn.id, reason: 'For the matrix.' }, 'downloadable { status }');
  const revised = await makePublished(harness, { productId });
  await admin.run('reviseDownloadable', { id: revised.id }, 'downloadable { id }');
  const nextFile = await makeFile(harness, revised.id);
  return new Map<ReleaseState, Release>([
    ['published with an open revision', { id: revised.id, file: nextFile }],
    ['scheduled', { id: scheduled.id, file: scheduledFile }],
    ['archived', archived],
    ['withdrawn', withdrawn],
    ['draft', { id: draft.id, file: await makeFile(harness, draft.id) }],
    ['published', await makePublished(harness, { productId })],
    ['unpublished', unpublished],
    ['deleted', deleted],
  ]);
}
