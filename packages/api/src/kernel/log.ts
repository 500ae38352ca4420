import { pino, type Logger } from 'pino';

export type Log = Logger;

/** Query parameters that carry a secret; no log ever shows their values. */
const SECRET_PARAMETERS = /([?&](?:key|signature|X-Amz-[A-Za-z-]+)=)[^&#]*/gi;

/** A share link is a secret as a whole, however it is spelled. */
const SHARE_LINK = /^((?:https?:\/\/[^/]+)?\/+(?:s|%73|%53)\/+)[^/?#]+/i;

/** A URL as a log may show it. */
export function redactUrl(url: string): string {
  return url.replace(SHARE_LINK, '$1[hidden]').replace(SECRET_PARAMETERS, '$1[hidden]');
}

/** Structured log on standard output. @param level pino's level names, or "silent". */
export function createLog(level: string): Log {
  return pino({ level, base: null, serializers: { err: describeError }, redact: ['req.headers.authorization', 'req.headers.cookie'] });
}

/** An error without the values that were in its statement: they hold hashes, sealed keys and addresses. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as NodeJS.ErrnoException;
  return { type: error.name, message: error.message, stack: error.stack, ...(code === undefined ? {} : { code }) };
}
