import { createConnection, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

const HEADERS_END = '\r\n\r\n';

/** One kept-alive connection, one request at a time, as little work as possible: the load must not be the bottleneck. */
export class HttpClient {
  #received: Buffer = Buffer.alloc(0);
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | null = null;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => this.#waiting?.reject(new Error('The server closed the connection.')));
  }

  static async open(port: number): Promise<HttpClient> {
    const socket = createConnection(port, '127.0.0.1');
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new HttpClient(socket);
  }

  send(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.#waiting = null;
    this.socket.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const end = this.#received.indexOf(HEADERS_END);
    if (end < 0) return;
    const head = this.#received.toString('latin1', 0, end);
    const length = Number(/content-length: *(\d+)/i.exec(head)?.[1]);
    const from = end + HEADERS_END.length;
    if (Number.isNaN(length)) this.#waiting?.reject(new Error(`An answer without a length:\n${head}`));
    if (this.#received.length < from + length) return;
    const answer = { status: Number(head.slice(9, 12)), body: this.#received.toString('utf8', from, from + length) };
    this.#received = Buffer.alloc(0);
    this.#waiting?.resolve(answer);
  }
}

/** The bytes of a request. @param body null: GET */
export function requestOf(path: string, cookie: string, body: string | null): Buffer {
  const lines = [`${body === null ? 'GET' : 'POST'} ${path} HTTP/1.1`, 'host: bench', `cookie: ${cookie}`];
  if (body !== null) lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${lines.join('\r\n')}${HEADERS_END}${body ?? ''}`);
}
