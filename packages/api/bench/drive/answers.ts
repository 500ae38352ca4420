import { isDeepStrictEqual } from 'node:util';
import type { SignUrl } from '../limit/sign.js';
import { HttpClient } from './http-client.js';
import type { Work } from './works.js';

export interface ComparedServers {
  readonly productPort: number;
  readonly limitPort: number;
  readonly sign: SignUrl;
}

interface Granted {
  url: string;
  expiresAt: string;
}

/** Asks both servers every question of a work. @throws Error with the place where two answers differ */
export async function requireSameAnswers(work: Work, servers: ComparedServers): Promise<void> {
  const [product, limit] = await Promise.all([HttpClient.open(servers.productPort), HttpClient.open(servers.limitPort)]);
  for (const question of work.questions) {
    if (question.limit === null) continue;
    const [ours, theirs] = [await dataOf(product, question.product), await dataOf(limit, question.limit)];
    checkUrl(ours, servers.sign);
    checkUrl(theirs, servers.sign);
    if (!isDeepStrictEqual(ours, theirs))
      throw new Error(`${work.name}: two answers differ.\n${firstDifference(JSON.stringify(ours), JSON.stringify(theirs))}`);
  }
  product.close();
  limit.close();
}

/** Some characters of both from where they part. */
function firstDifference(ours: string, theirs: string): string {
  const at = [...ours].findIndex((character, index) => character !== theirs[index]);
  const from = Math.max(0, at - 100);
  return `  product: ${ours.slice(from, at + 200)}\n  limit:   ${theirs.slice(from, at + 200)}`;
}

async function dataOf(client: HttpClient, request: Buffer): Promise<unknown> {
  const { status, body } = await client.send(request);
  const parsed = JSON.parse(body) as { data?: unknown; errors?: unknown };
  if (status !== 200 || parsed.errors !== undefined || parsed.data == null) throw new Error(`Status ${status}: ${body.slice(0, 2_000)}`);
  return parsed.data;
}

/** A signed URL holds the time of its making: it is signed once more for that time, must be the same, and is then left out. */
function checkUrl(data: unknown, sign: SignUrl): void {
  const { createDownload } = data as { createDownload?: { download: (Granted & { fileName: string }) | null } };
  if (!createDownload) return;
  const { download } = createDownload;
  if (!download) throw new Error(`A download was refused: ${JSON.stringify(data)}`);
  const { pathname, searchParams } = new URL(download.url);
  const objectKey = pathname.slice(pathname.indexOf('objects/', '/store/objects'.length * Number(pathname.startsWith('/store/'))));
  const at = signedAt(searchParams);
  if (Math.abs(at.getTime() - Date.now()) > 5_000 || sorted(sign(objectKey, download.fileName, at)) !== sorted(download.url))
    throw new Error(`This URL is not signed as the limit signs it: ${download.url}`);
  if (Math.abs(Date.parse(download.expiresAt) - at.getTime() - 300_000) > 2_000)
    throw new Error(`It does not end when it says: ${download.expiresAt}`);
  download.url = '';
  download.expiresAt = '';
}

/** The signature covers the parameters in their alphabetical order, whatever order they are sent in. */
function sorted(text: string): string {
  const url = new URL(text);
  url.searchParams.sort();
  return url.href;
}

function signedAt(query: URLSearchParams): Date {
  const date = query.get('X-Amz-Date');
  if (date === null) return new Date((Number(query.get('expires')) - 300) * 1_000);
  return new Date(date.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
