import { setTimeout as delay } from 'node:timers/promises';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A balancer of TCP connections over replicas: the next one in turn of those that are in use, or another one when that does not listen. */
export class RoundRobin {
  #server: Server | null = null;
  #next = 0;
  #answered = 0;
  readonly #resting = new Set<number>();

  constructor(private readonly ports: readonly number[]) {}

  /** Uses a replica no more, as soon as its `/readyz` says so. */
  async untilResting(port: number): Promise<void> {
    while (await isReady(port)) await delay(50);
    this.#resting.add(port);
  }

  /** Uses it again. */
  wake(port: number): void {
    this.#resting.delete(port);
  }

  /** Waits until replicas have begun to answer so many connections; an upload's first answer is that it may go on. */
  async untilAnswered(connections: number): Promise<void> {
    while (this.#answered < connections) await delay(20);
  }

  async open(): Promise<string> {
    const server = createServer({ allowHalfOpen: true }, (client) => this.#join(client, this.ports.length));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  #join(client: Socket, tries: number): void {
    client.pause();
    const used = this.ports.filter((one) => !this.#resting.has(one));
    const port = used[this.#next % used.length] ?? 0;
    this.#next += 1;
    const replica = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    replica.once('error', () => (tries > 1 ? this.#join(client, tries - 1) : client.destroy()));
    replica.once('connect', () => {
      for (const [socket, other] of [[client, replica] as const, [replica, client] as const]) {
        socket.removeAllListeners('error');
        socket.on('error', () => other.destroy());
        socket.on('close', () => other.destroySoon());
      }
      replica.once('data', () => (this.#answered += 1));
      client.pipe(replica).pipe(client);
    });
  }
}

async function isReady(port: number): Promise<boolean> {
  const headers = { connection: 'close' };
  return fetch(`http://127.0.0.1:${port}/readyz`, { headers }).then(
    (response) => response.ok,
    () => false,
  );
}
