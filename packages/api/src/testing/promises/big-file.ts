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

/** Sends a file as curl does: with its length, or in chunks when `isLengthTold` is false. */
export async function putFile(
  client: Client,
  path: string,
  { file, isLengthTold }: { file: BigFile; isLengthTold: boolean },
): Promise<{ status: number; text: string }> {
  const headers = { ...client.headers, ...(isLengthTold ? { 'content-length': String(file.sizeBytes) } : {}) };
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
  const [reply] = await Promise.all([answer, pipeline(Readable.from(file.blocks()), outgoing)]);
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
