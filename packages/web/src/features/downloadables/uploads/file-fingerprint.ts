/** Recognizes a file that was chosen before: an unfinished upload is continued with that very file only. */

/** Where a file is looked at: its beginning, its end, and places spread between. */
const SAMPLES = 64;
const SAMPLE_BYTES = 4096;

/** The parts of the `File` interface that are needed. */
export interface Recognizable {
  readonly size: number;
  readonly lastModified: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/**
 * Size, date of the last change and a digest of up to 256 kB spread over the file. Quick for any size, and works where
 * `crypto.subtle` does not (plain http in a company network); nobody gains by deceiving it, so it needs no secrecy.
 */
export async function fingerprintOf(file: Recognizable): Promise<string> {
  const lanes = makeLanes();
  for (const start of sampleStarts(file.size)) {
    lanes.add(new Uint8Array(await file.slice(start, Math.min(start + SAMPLE_BYTES, file.size)).arrayBuffer()));
  }
  return `v1-${file.size.toString(36)}-${file.lastModified.toString(36)}-${lanes.digest()}`;
}

/** Offsets of the samples, ascending and at most one per place. */
function sampleStarts(size: number): number[] {
  const last = Math.max(0, size - SAMPLE_BYTES);
  return [...new Set(Array.from({ length: SAMPLES }, (_, index) => Math.floor((last * index) / (SAMPLES - 1))))];
}

/** Four 32-bit FNV-1a sums with different beginnings. @see http://www.isthe.com/chongo/tech/comp/fnv/ */
function makeLanes() {
  const sums = new Uint32Array([0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35]);
  const primes = [0x01000193, 0x01000193, 0x0100019d, 0x010001a5];
  return {
    add(bytes: Uint8Array): void {
      primes.forEach((prime, lane) => {
        let sum = sums[lane] ?? 0;
        for (const byte of bytes) sum = Math.imul(sum ^ byte, prime);
        sums[lane] = sum;
      });
    },
    digest: (): string => [...sums].map((sum) => sum.toString(16).padStart(8, '0')).join(''),
  };
}
