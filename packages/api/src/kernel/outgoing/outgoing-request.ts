import { request as requestHttp, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { OutgoingFilter } from './outgoing-filter.js';

export interface OutgoingRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'OPTIONS';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly filter: OutgoingFilter;
  readonly milliseconds: number;
}

/** The head of an answer; bodies are not read. */
export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** For example `TLSv1.3`, and the end of the certificate; null without TLS. */
  readonly tls: { readonly protocol: string; readonly validUntil: Date } | null;
}

/**
 * Sends one request through the filter, on a connection of its own, following no redirect.
 * @throws Error of the network or of TLS, `OutgoingRefused`, or `ETIMEDOUT` when no answer came in time
 */
export async function sendOutgoing({ method, url, headers, body = '', filter, milliseconds }: OutgoingRequest): Promise<OutgoingAnswer> {
  const target = new URL(url);
  filter.requireAllowed(target.hostname);
  const options: RequestOptions = { method, headers: { ...headers, 'content-length': Buffer.byteLength(body) }, agent: false };
  return new Promise((resolve, reject) => {
    const send = target.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(target, { ...options, lookup: filter.lookup, signal: AbortSignal.timeout(milliseconds) }, (answer) => {
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, tls: tlsOf(answer.socket) });
      answer.destroy();
    });
    request.once('error', (error) => reject(error.name === 'TimeoutError' ? timedOut() : error));
    request.end(body);
  });
}

function tlsOf(socket: unknown): OutgoingAnswer['tls'] {
  if (!(socket instanceof TLSSocket)) return null;
  return { protocol: socket.getProtocol() ?? '', validUntil: new Date(socket.getPeerCertificate().valid_to) };
}

const timedOut = (): NodeJS.ErrnoException => Object.assign(new Error('No answer came in time.'), { code: 'ETIMEDOUT' });
