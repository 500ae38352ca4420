import type { AccessClass } from '../../kernel/policy.js';
import type { Client } from '../client.js';
import type { Release, Viewer } from './matrix-world.js';
import type { expectedAccess } from './matrix.cases.js';

/** What one viewer gets to see of a release by every way there is. */
export async function look(client: Client, release: Release): Promise<ReturnType<typeof expectedAccess>> {
  const permalink = `/d/${release.file.id}/${release.file.fileName}`;
  const [get, head] = [await client.fetch(permalink), await client.fetch(permalink, { method: 'HEAD' })];
  const granted = await client.graphql<{ createDownload: { download: object | null; userErrors: { code: string }[] } }>(
    'mutation($input: CreateDownloadInput!) { createDownload(input: $input) { download { url } userErrors { code } } }',
    { input: { assetId: release.file.id } },
  );
  const seen = await client.graphql<{ downloadable: object | null; asset: object | null; downloadables: { nodes: { id: string }[] } }>(
    'query($id: ID!, $asset: ID!) { downloadable(id: $id) { id } asset(id: $asset) { id } downloadables(first: 100) { nodes { id } } }',
    { id: release.id, asset: release.file.id },
  );
  const payload = granted.data?.createDownload;
  return {
    permalink: get.status,
    head: head.status,
    download: payload?.download ? 'ALLOWED' : (payload?.userErrors[0]?.code ?? granted.errors[0]?.extensions.code ?? 'UNAUTHENTICATED'),
    isVisible: seen.data?.downloadable != null,
    isAssetVisible: seen.data?.asset != null,
    isListed: seen.data?.downloadables.nodes.some((node) => node.id === release.id) ?? false,
  };
}

/** What a viewer must be answered by a root field; NONE: it lets them in. */
export function expectedCode(access: AccessClass, viewer: Viewer): string {
  if (access === 'public' && viewer.hasEndedKey) return 'NONE';
  if (access === 'public') return viewer.client.headers['authorization'] !== undefined && !viewer.isSomebody ? 'UNAUTHENTICATED' : 'NONE';
  if (!viewer.isSomebody) return 'UNAUTHENTICATED';
  return access === 'signed-in' || viewer.scopes.includes(access) ? 'NONE' : 'FORBIDDEN';
}

/** Whoever passes the door may still get the error that the object they name is not theirs. */
export function isInsideRefusal(code: string, access: AccessClass, viewer: Viewer): boolean {
  return expectedCode(access, viewer) === 'NONE' && (code === 'NOT_FOUND' || code === 'BAD_USER_INPUT' || code === 'FORBIDDEN');
}
