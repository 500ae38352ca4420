import { pino, type Logger } from 'pino';

export type Log = Logger;

/** Query parameters that carry a secret; no log ever shows their values. */
const SECRET_PARAMETERS = /([?&](?:key|signature|X-Amz-[A-Za-z-]+)=)[^&#]*/gi;

/** A URL as a log may show it. */
export function redactUrl(url: string): string {
  return url.replace(SECRET_PARAMETERS, '$1[hidden]');
}

/** Structured log on standard output. @param level pino's level names, or "silent". */
export function createLog(level: string): Log {
  return pino({ level, base: null, redact: ['req.headers.authorization', 'req.headers.cookie'] });
}
