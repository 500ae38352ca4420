/**
 * Streams bytes through a store in a process of its own and prints the resident memory, idle and at its peak, in bytes.
 *     node --expose-gc --import tsx memory-probe.cases.ts disk|s3 <MiB>
 */
import { request } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openDiskStore, openS3Store, s3TestSettings, type ContractStore } from './contract-stores.cases.js';
import { openUpload } from './contract-uploads.cases.js';

const MIB = 1024 * 1024;
const PART_BYTES = 64 * MIB;
/** Four whole parts: what the heap grows to while bytes pass belongs to a server at rest, which has moved some before. */
const WARM_UP_BYTES = 4 * PART_BYTES;
const BUFFERED_PART_BYTES = 8 * MIB;
/** One for the whole upload, as the upload route does it: fresh ones pile up faster than they are collected. */
const BUFFER = Buffer.alloc(BUFFERED_PART_BYTES, 7);
const CHUNK = Buffer.alloc(64 * 1024, 7);

async function main(kind: string, totalBytes: number): Promise<void> {
  const contract = await openNamed(kind);
  await roundTrip(contract, WARM_UP_BYTES);
  global.gc?.();
  const idle = process.memoryUsage().rss;
  let peak = idle;
  const sampler = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 10);
  const startedAt = performance.now();
  await roundTrip(contract, totalBytes);
  const seconds = (performance.now() - startedAt) / 1000;
  clearInterval(sampler);
  await contract.close();
  process.stdout.write(`${JSON.stringify({ idle, peak, seconds })}\n`);
}

async function openNamed(kind: string): Promise<ContractStore> {
  if (kind === 'disk') return openDiskStore();
  const settings = s3TestSettings();
  if (!settings) throw new Error('The environment names no S3 store.');
  return openS3Store(settings);
}

/** In through signed URLs (disk) or `putPart` (S3), out through `read` and, from disk, a signed GET. */
async function roundTrip(contract: ContractStore, totalBytes: number): Promise<void> {
  const { store, kind } = contract;
  const upload = await openUpload(store);
  const stepBytes = kind === 'disk' ? PART_BYTES : BUFFERED_PART_BYTES;
  for (let sent = 0, partNumber = 1; sent < totalBytes; sent += stepBytes, partNumber += 1) {
    const sizeBytes = Math.min(stepBytes, totalBytes - sent);
    if (kind === 'disk') await putStream(await store.signPart(upload, { partNumber, sizeBytes, expiresInSeconds: 300 }), sizeBytes);
    else await store.putPart(upload, partNumber, BUFFER.subarray(0, sizeBytes));
  }
  await store.completeUpload(upload, (await store.listParts(upload)) ?? []);
  await requireBytes((await store.read(upload.objectKey)) ?? [], totalBytes);
  if (kind === 'disk')
    await requireBytes(await getStream(await store.signGet(upload.objectKey, { fileName: 'big.bin', expiresInSeconds: 300 })), totalBytes);
  await store.delete(upload.objectKey);
}

function putStream(url: string, sizeBytes: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'PUT', headers: { 'content-length': sizeBytes } }, (answer) => {
      answer.resume().once('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`PUT answered ${answer.statusCode}.`))));
    });
    outgoing.once('error', reject);
    void sendChunks(outgoing, sizeBytes);
  });
}

async function sendChunks(outgoing: ReturnType<typeof request>, sizeBytes: number): Promise<void> {
  for (let sent = 0; sent < sizeBytes; sent += CHUNK.length) {
    const isFlowing = outgoing.write(CHUNK.subarray(0, Math.min(CHUNK.length, sizeBytes - sent)));
    if (!isFlowing) await new Promise((resolve) => outgoing.once('drain', resolve));
  }
  outgoing.end();
}

function getStream(url: string): Promise<AsyncIterable<Buffer>> {
  return new Promise((resolve, reject) => {
    request(url, (answer) => resolve(answer))
      .once('error', reject)
      .end();
  });
}

async function requireBytes(body: AsyncIterable<Buffer> | Iterable<Buffer>, expectedBytes: number): Promise<void> {
  let received = 0;
  for await (const chunk of body) {
    received += chunk.length;
    if (received % (16 * MIB) === 0) await nextTurn();
  }
  if (received !== expectedBytes) throw new Error(`Expected ${expectedBytes} bytes, got ${received}.`);
}

await main(process.argv[2] ?? 'disk', Number(process.argv[3] ?? 256) * MIB);
