import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../../config.js';
import { listenFault } from './start-faults.js';

/** Makes sure that the server will be able to listen, before anything is made in database and store. @throws StartFault */
export async function requireFreePort({ host, port }: Pick<Config, 'host' | 'port'>): Promise<void> {
  const server = createServer();
  try {
    const listening = once(server, 'listening');
    server.listen({ host, port });
    await listening;
  } catch (error) {
    throw listenFault({ host, port }, error);
  }
  const closed = once(server, 'close');
  server.close();
  await closed;
}
