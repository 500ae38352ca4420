import type { Platform } from '@slipway/shared';
import { createServer, type IncomingMessage } from 'node:http';
import { listForAdmin } from './admin-list.js';
import { openMysql, openSqlite, type LimitDatabase } from './connection.js';
import { grantDownload } from './download.js';
import { listForCustomer } from './portal-list.js';
import { searchForAdmin } from './search.js';
import { findViewer } from './session.js';
import { checkUpdate } from './update-check.js';
import { signerOfDisk, signerOfS3, type S3Access } from './sign.js';

/**
 * What Slipway is measured against: node:http, the driver, hand-written SQL and JSON.stringify, with the same session
 * look-up, license rules and download record. It validates nothing and is no server for people.
 */
export interface LimitSettings {
  readonly port: number;
  /** Of the product: permalinks and embedded objects lie there. */
  readonly publicUrl: string;
  readonly appSecret: string;
  /** mysql://..., or the path of a SQLite file. */
  readonly database: string;
  readonly s3: S3Access | null;
}

// The driver of the benchmark wrote it.
const settings = JSON.parse(process.env['LIMIT_SETTINGS'] ?? '') as LimitSettings;
const database: LimitDatabase = settings.database.startsWith('mysql:') ? openMysql(settings.database) : openSqlite(settings.database);
const sign = settings.s3 ? signerOfS3(settings.s3) : signerOfDisk(settings.appSecret, settings.publicUrl);

async function answer(request: IncomingMessage): Promise<object> {
  const viewer = await findViewer(database, request.headers.cookie ?? '');
  if (!viewer) throw new Error('No session.');
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://limit');
  const text = (name: string): string => searchParams.get(name) ?? '';
  switch (pathname) {
    case '/list': {
      const [platform, after] = [searchParams.get('platform'), searchParams.get('after')];
      return { downloadables: await listForAdmin(database, { productId: text('product'), status: text('status'), platform, after }) };
    }
    case '/search':
      return { downloadables: await searchForAdmin(database, text('word')) };
    case '/portal':
      return { downloadables: await listForCustomer(database, viewer, settings.publicUrl) };
    case '/update': {
      const program = { slug: text('product'), version: text('version'), platform: text('platform') as Platform }; // the driver names one
      return { updateCheck: await checkUpdate(database, program, { viewer, publicUrl: settings.publicUrl }) };
    }
    case '/download':
      return { createDownload: await grantDownload(database, { viewer, assetId: text('asset'), sign }) };
    default:
      throw new Error(`There is no ${pathname}.`);
  }
}

createServer((request, response) => {
  const send = (status: number, body: object): void => {
    const text = JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
  };
  answer(request).then(
    (data) => send(200, { data }),
    (error: unknown) => send(500, { errors: [String(error)] }),
  );
}).listen(settings.port, '127.0.0.1');
