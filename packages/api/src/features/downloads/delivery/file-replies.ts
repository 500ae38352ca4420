import type { FastifyReply, FastifyRequest } from 'fastify';
import { PublicFault } from '../../../kernel/problem/faults.js';
import type { StoredAsset } from '../../assets/stored-asset.js';

/** What both stores say of every file: browsers save it, whatever its name ends in. */
const CONTENT_TYPE = 'application/octet-stream';

/** File names are ASCII without quotes or separators (the file name rule), so they need no escaping here. */
export function describeFile(reply: FastifyReply, asset: StoredAsset): FastifyReply {
  return reply
    .header('Cache-Control', 'no-store')
    .header('Content-Disposition', `attachment; filename="${asset.fileName}"`)
    .header('Referrer-Policy', 'no-referrer');
}

/**
 * Answers HEAD by itself: what GET leads to, without leading there. A signed URL for HEAD would refuse the GET that follows, one
 * for GET would give uncounted bytes, and so would the address of an external file. No ETag: the stores have their own.
 */
export function answerHead(reply: FastifyReply, asset: StoredAsset): FastifyReply {
  describeFile(reply, asset).header('Content-Type', CONTENT_TYPE).header('Content-Length', String(asset.size));
  if (asset.externalUrl !== null) return reply.send();
  reply.header('Accept-Ranges', 'bytes');
  if (asset.sha256 !== null) reply.header('Repr-Digest', `sha-256=:${Buffer.from(asset.sha256, 'hex').toString('base64')}:`);
  return reply.send();
}

/** Whether a person looks at the answer, in a browser. */
export function wantsPage({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers['sec-fetch-mode'] === 'navigate' || headers.accept?.startsWith('text/html') === true;
}

/** The page for a person who wants a file that the store has lost; programs get the fault itself. */
export function missingPage(request: Pick<FastifyRequest, 'headers'>, error: unknown, addressOf: (code: string) => string): string {
  if (error instanceof PublicFault && error.code === 'FILE_MISSING' && wantsPage(request)) return addressOf(error.code);
  throw error;
}
