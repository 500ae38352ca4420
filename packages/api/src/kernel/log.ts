import { pino, stdTimeFunctions, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import { redactUrl } from './text/redact-url.js';

export type Log = Logger;

/** Structured log on standard output. @param level pino's level names, or "silent". @param destination another place than standard output */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options: LoggerOptions = {
    level,
    base: null,
    // As people and collectors read them: `info`, not 30, and the time as ISO 8601.
    formatters: { level: (label) => ({ level: label }) },
    timestamp: stdTimeFunctions.isoTime,
    // Of a request nothing but what `redactUrl` has looked at: its headers and its address may hold credentials.
    serializers: { err: describeError, req: describeRequest },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** A request without its headers, and with no secret in its address. */
const describeRequest = ({ method, url = '' }: { method?: string; url?: string }): object => ({ method, url: redactUrl(url) });

/** An error without the values that were in its statement: they hold hashes, sealed keys and addresses. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as NodeJS.ErrnoException;
  return { type: error.name, message: error.message, stack: error.stack, ...(code === undefined ? {} : { code }) };
}
