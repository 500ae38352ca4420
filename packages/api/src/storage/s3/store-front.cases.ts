import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What stands between a store and us. */
export interface FrontUse {
  /** How much later each request reaches the store. */
  readonly delayMilliseconds?: number;
  /** Answers by itself what the store is not to see. @returns whether it did */
  readonly answer?: (asked: IncomingMessage, reply: ServerResponse) => boolean;
  /** Changes what is sent, in place. */
  readonly alter?: (bytes: Buffer) => void;
}

/** A way to the S3 store under test that is slower than it, or differs in some answers. */
export async function openStoreFront(
  endpoint: string,
  { delayMilliseconds = 0, answer = () => false, alter = () => undefined }: FrontUse,
): Promise<{ readonly endpoint: string; close(): void }> {
  const server = createServer((asked, reply) => {
    if (answer(asked, reply)) return;
    asked.on('data', alter).pause();
    void delay(delayMilliseconds).then(() => pass(endpoint, asked, reply));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { endpoint: `http://127.0.0.1:${portOf(server)}`, close: () => closeAll(server) };
}

/** The host stays the one that was signed. */
function pass(endpoint: string, asked: IncomingMessage, reply: ServerResponse): void {
  const { hostname, port } = new URL(endpoint);
  const target = request({ hostname, port, method: asked.method, path: asked.url, headers: asked.headers }, (answer) => {
    reply.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(reply);
  });
  target.on('error', () => reply.destroy());
  asked.pipe(target);
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port; // it listens on TCP

function closeAll(server: Server): void {
  server.closeAllConnections();
  server.close();
}
