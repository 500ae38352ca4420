import type { Client } from './client.js';
import type { Made } from './make.js';

/** A link as staff see it. */
export interface SeenLink extends Made {
  readonly url: string | null;
  readonly state: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly downloadsUsed: number;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
  readonly uses: { readonly totalCount: number; readonly nodes: readonly { version: string; fileName: string; counted: boolean }[] };
}

export const LINK_FIELDS = `id url label state channel version downloadable { id } product { id } createdBy { kind name }
  createdAt expiresAt maxDownloads downloadsUsed lastUsedAt revokedAt uses { totalCount nodes { version fileName counted } }`;

/** A share link, with the token that its URL ends in. */
export async function makeShareLink(client: Client, input: Record<string, unknown>): Promise<Made & { url: string; token: string }> {
  const { shareLink } = await client.run<{ shareLink: Made & { url: string } }>('createShareLink', input, 'shareLink { id url }');
  return { ...shareLink, token: shareLink.url.split('/s/')[1] ?? '' };
}
