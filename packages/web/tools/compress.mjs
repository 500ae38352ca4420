// Puts a brotli and a gzip form beside every text of the build, so that the server sends them small without work of its own.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
/** Below this the headers outweigh what is saved. */
const LEAST_BYTES = 512;
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:html|js|css|svg)$/.test(name))) {
  const bytes = readFileSync(dist + file);
  if (bytes.length < LEAST_BYTES) continue;
  writeFileSync(`${dist}${file}.br`, brotliCompressSync(bytes, BROTLI));
  writeFileSync(`${dist}${file}.gz`, gzipSync(bytes, { level: 9 }));
}
