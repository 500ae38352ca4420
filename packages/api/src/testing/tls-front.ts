import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';

/** A server with TLS before one that has none, with a certificate of its own. */
export interface TlsFront {
  readonly url: string;
  /** For `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
  close(): void;
}

/** @param target address of the server behind it @param days how long the certificate is good; `openssl` makes it */
export async function startTlsFront(target: string, days: number): Promise<TlsFront> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-tls-front-'));
  const [key, caFile] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', String(days)];
  const names = ['-subj', '/CN=store', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', ...curve, ...names, '-keyout', key, '-out', caFile], { stdio: 'ignore' });
  const { hostname, port } = new URL(target);
  const server = createServer({ key: readFileSync(key), cert: readFileSync(caFile) }, (socket) => {
    const behind = connect(Number(port), hostname);
    for (const [one, other] of [
      [socket, behind],
      [behind, socket],
    ] as const)
      one.pipe(other).on('error', () => one.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    server.close();
    rmSync(folder, { recursive: true });
  };
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, caFile, close }; // it listens on TCP
}
