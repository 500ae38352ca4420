import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from '../client.js';

const BLOCK_BYTES = 1_000_000;

/** Bytes that no two blocks share, made when they are asked for. */
export class BigFile {
  readonly #block = randomBytes(BLOCK_BYTES);

  /** @param sizeBytes a multiple of 1,000,000 */
  constructor(readonly sizeBytes: number) {}

  /** The bytes from `start` to before `end`. */
  *blocks(start = 0, end = this.sizeBytes): Generator<Buffer> {
    for (let at = start; at < end;) {
      const index = Math.floor(at / BLOCK_BYTES);
      const block = Buffer.from(this.#block);
      block.writeUInt32BE(index);
      const first = at - index * BLOCK_BYTES;
      const slice = block.subarray(first, Math.min(BLOCK_BYTES, first + end - at));
      at += slice.length;
      yield slice;
    }
  }

  slice(start: number, end: number): Buffer {
    return Buffer.concat([...this.blocks(start, end)]);
  }

  sha256(): string {
    const hash = createHash('sha256');
    for (const block of this.blocks()) hash.update(block);
    return hash.digest('hex');
  }
}

/** As curl sends a file: with its length (`-T file`), in chunks (`-T -`), or in a form (`-F file=@file`). */
export type SendingWay = 'LENGTH' | 'CHUNKS' | 'FORM';

const BOUNDARY = 'boundary-of-the-test';
const FORM_HEAD = Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="big"\r\n\r\n`);
const FORM_TAIL = Buffer.from(`\r\n--${BOUNDARY}--\r\n`);

function* bodyOf(file: BigFile, way: SendingWay): Generator<Buffer> {
  if (way === 'FORM') yield FORM_HEAD;
  yield* file.blocks();
  if (way === 'FORM') yield FORM_TAIL;
}

function headersOf(file: BigFile, way: SendingWay): Record<string, string> {
  if (way === 'CHUNKS') return {};
  if (way === 'LENGTH') return { 'content-length': String(file.sizeBytes) };
  const length = FORM_HEAD.length + file.sizeBytes + FORM_TAIL.length;
  return { 'content-length': String(length), 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
}

/** Sends a file through the API. */
export async function putFile(
  client: Client,
  path: string,
  { file, way }: { file: BigFile; way: SendingWay },
): Promise<{ status: number; text: string }> {
  const headers = { ...client.headers, ...headersOf(file, way) };
  const outgoing = request(`${client.baseUrl}${path}`, { method: 'PUT', headers });
  const answer = new Promise<{ status: number; text: string }>((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
  });
  const [reply] = await Promise.all([answer, pipeline(Readable.from(bodyOf(file, way)), outgoing)]);
  return reply;
}

/** Sends a file straight to the store, part by part. @returns the asset's id; it is VERIFYING from then on */
export async function sendInParts(client: Client, downloadableId: string, fileName: string, file: BigFile): Promise<string> {
  const { upload } = await client.run<{ upload: { id: string; partSize: number; partCount: number; asset: { id: string } } }>(
    'createUpload',
    { downloadableId, fileName, size: file.sizeBytes },
    'upload { id partSize partCount asset { id } }',
  );
  for (let number = 1; number <= upload.partCount; number += 1) {
    const input = { uploadId: upload.id, partNumbers: [number] };
    const { parts } = await client.run<{ parts: { url: string }[] }>('signUploadParts', input, 'parts { url }');
    const body = file.slice((number - 1) * upload.partSize, Math.min(number * upload.partSize, file.sizeBytes));
    const response = await fetch(parts[0]?.url ?? '', { method: 'PUT', body: new Uint8Array(body) });
    if (!response.ok) throw new Error(`Part ${number} was refused: ${response.status} ${await response.text()}`);
  }
  await client.run('completeUpload', { uploadId: upload.id }, 'asset { id }');
  return upload.asset.id;
}
