import type { FastifyRequest } from 'fastify';
import { refuse } from '../../../kernel/problem/refusal.js';

/**
 * Refuses headers that change what the body means: a part of a file, or a compressed one, would be stored, hashed and published
 * as if it were the file (RFC 9110, sections 14.5 and 8.4). A condition that cannot be judged is not met (section 13.1.1).
 */
export function requireWholeBody({ headers }: Pick<FastifyRequest, 'headers'>): void {
  if (headers['content-range'] !== undefined)
    refuse(
      'CONTENT_RANGE_NOT_SUPPORTED',
      'A part of a file (Content-Range) is not taken: send the whole file, with curl -T and without -C.',
      'file',
    );
  if (headers['if-match'] !== undefined)
    refuse(
      'PRECONDITION_FAILED',
      'Files here have no ETag to compare (If-Match): leave the header out to replace a file, or send If-None-Match: * to replace none.',
      'file',
    );
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && !isIdentity(encoding))
    refuse(
      'CONTENT_ENCODING_NOT_SUPPORTED',
      'An encoded body (Content-Encoding) is not taken: send the bytes of the file as they are, without this header.',
      'file',
    );
  if (!/^\s*chunked\s*$/i.test(headers['transfer-encoding'] ?? 'chunked'))
    refuse(
      'CONTENT_ENCODING_NOT_SUPPORTED',
      'An encoded body (Transfer-Encoding) is not taken: send the bytes of the file as they are, chunked at most.',
      'file',
    );
}

const isIdentity = (encoding: string): boolean => encoding.split(',').every((one) => /^\s*(?:identity)?\s*$/i.test(one));
