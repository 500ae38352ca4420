import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP port in front of a server, which a test shuts and opens again: the network's edge, nothing else. */
export class Gate {
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #port = 0;

  constructor(
    private readonly host: string,
    private readonly targetPort: number,
  ) {}

  get port(): number {
    return this.#port;
  }

  open(): Promise<void> {
    return this.#listen((client) => {
      const target = connect(this.targetPort, this.host);
      for (const socket of [client, target]) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
      }
      client.on('close', () => target.destroy());
      target.on('close', () => client.destroy());
      client.pipe(target).pipe(client);
    });
  }

  /** Cuts every connection, and says nothing to new ones. */
  async silence(): Promise<void> {
    await this.shut();
    await this.#listen((client) => {
      this.#sockets.add(client);
      client.on('error', () => undefined).on('close', () => this.#sockets.delete(client));
    });
  }

  async #listen(meet: (client: Socket) => void): Promise<void> {
    const server = createServer(meet);
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port; // it listens on TCP
  }

  /** Cuts every connection and refuses new ones. */
  async shut(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    this.#server = null;
  }
}
