import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { addressMatcher } from '../../kernel/text/shown-address.js';

/** What a proxy may call a request: as long as the logs have room for, and nothing that means something to a program. */
const GIVEN_ID = /^[A-Za-z0-9][A-Za-z0-9._:=+-]{7,39}$/;

/** Makes ids of requests: the one that a trusted proxy gives in `X-Request-Id`, so that its log and ours meet; else a new one. */
export function requestIds(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const isTrusted = addressMatcher(trustedProxies);
  return ({ headers, socket }) => {
    const given = headers['x-request-id'];
    const isKept = typeof given === 'string' && GIVEN_ID.test(given) && isTrusted(socket.remoteAddress ?? '');
    return isKept ? given : randomUUID();
  };
}
