import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Somebody else's server with one file, and what it was shown. */
export interface ThirdHost {
  readonly url: string;
  /** The same file, for which it asks everybody for a password, and takes none. */
  readonly askingUrl: string;
  /** Every header of every request that came, in lower case. */
  readonly seen: readonly string[];
  close(): void;
}

const ASKING = '/asks/';

/** An HTTPS server with a certificate of its own; `openssl` makes it. */
export async function startThirdHost(bytes: Buffer): Promise<ThirdHost> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-third-host-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
  execFileSync('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  const seen: string[] = [];
  const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (request, response) => {
    seen.push(JSON.stringify(request.headers).toLowerCase());
    if (request.url?.startsWith(ASKING)) return response.writeHead(401, { 'www-authenticate': 'Basic realm="downloads"' }).end();
    return response.writeHead(200, { 'content-length': bytes.length }).end(request.method === 'HEAD' ? undefined : bytes);
  });
  rmSync(folder, { recursive: true });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Listening on TCP, it has a port.
  const { port } = server.address() as AddressInfo;
  const origin = `https://127.0.0.1:${port}`;
  return { url: `${origin}/app.bin`, askingUrl: `${origin}${ASKING}app.bin`, seen, close: () => void server.close() };
}
