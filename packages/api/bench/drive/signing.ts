import { S3Store } from '../../src/storage/s3/s3-store.js';
import type { S3Access } from '../limit/sign.js';
import { medianOf } from './load.js';

const ROUNDS = 7;
const URLS_PER_ROUND = 4_000;

/** How many URLs the product's S3 store signs in one second of one core. */
export async function signedPerCoreSecond(access: S3Access): Promise<number> {
  const store = new S3Store({ ...access, publicEndpoint: null, forcePathStyle: true });
  const rounds: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const before = process.cpuUsage();
    for (let number = 0; number < URLS_PER_ROUND; number += 1)
      await store.signGet(`objects/01HZBENCH${round}${number}`, { fileName: `aurora-${number}.exe`, expiresInSeconds: 300 });
    const { user, system } = process.cpuUsage(before);
    // The first round warms up.
    if (round > 0) rounds.push((URLS_PER_ROUND / (user + system)) * 1e6);
  }
  return medianOf(rounds);
}
