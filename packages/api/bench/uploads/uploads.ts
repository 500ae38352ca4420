import { say } from '../drive/progress.js';
import { measureUploads, type SentUploads } from './measure.js';
import { diskPlace, s3Place, type UploadPlace } from './places.js';

/** Rounds of each size, by its megabytes. */
const SIZES = '500:5 2000:3';

/**
 * Uploads through the API against plain ones, to the embedded store and to the S3 store that the environment names:
 * TEST_S3_ENDPOINT, TEST_S3_ACCESS_KEY_ID, TEST_S3_SECRET_ACCESS_KEY   a store on this machine; without it S3 is skipped
 * BENCH_UPLOADS   rounds of each size in MB, 500:5 2000:3 when absent; three times the largest has to be free
 * BENCH_STORES    which stores, S3 disk when absent
 */
export async function compareUploads(env: NodeJS.ProcessEnv, port: number): Promise<SentUploads[]> {
  const sizes = (env['BENCH_UPLOADS'] ?? SIZES).split(' ').map((part) => part.split(':').map(Number));
  const rounds = new Map(sizes.map(([megabytes = 0, count = 1]) => [megabytes, count]));
  const results: SentUploads[] = [];
  for (const open of placesOf(env)) {
    const place = await open();
    try {
      say(`Uploads to ${place.name}`);
      results.push(...(await measureUploads(place, rounds, port)));
    } finally {
      await place.close();
    }
  }
  return results;
}

function placesOf(env: NodeJS.ProcessEnv): (() => Promise<UploadPlace>)[] {
  const wanted = (env['BENCH_STORES'] ?? 'S3 disk').split(' ');
  const { TEST_S3_ENDPOINT: endpoint, TEST_S3_ACCESS_KEY_ID: accessKeyId, TEST_S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  const places: (() => Promise<UploadPlace>)[] = wanted.includes('disk') ? [async () => diskPlace()] : [];
  if (!wanted.includes('S3')) return places;
  if (endpoint && accessKeyId && secretAccessKey)
    return [() => s3Place({ endpoint, region: 'us-east-1', accessKeyId, secretAccessKey }), ...places];
  say('SKIPPED: uploads to S3, because TEST_S3_ENDPOINT and its keys are not set.');
  return places;
}
