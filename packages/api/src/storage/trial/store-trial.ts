import { OutgoingRefused } from '../../kernel/outgoing/outgoing-filter.js';
import { isUploadPreflightAllowed } from '../s3/s3-cors.js';
import type { S3StoreSettings } from '../s3/s3-connection.js';
import { s3FaultOf } from '../s3/s3-faults.js';
import { StorageFault } from '../storage-fault.js';
import { BucketTrial, type TrialUse } from './bucket-trial.js';
import { findPublicAccess } from './public-access.js';
import { failed, passed, skipped, warned, type StoreCheck, type StoreCheckKind, type StoreFinding } from './store-check.js';
import { reachStore } from './store-reach.js';
import { CLOCK_FIX, corsFix, findingOf, privacyFix, versionsFix } from './store-fixes.js';

/** Below it a clock is right; above it S3 refuses what is signed from 15 minutes on. */
const CLOCK_SECONDS = 30;
const AWS_HOST = 's3.amazonaws.com';

/** A check, and those without which it makes no sense. */
interface Step {
  readonly needs: readonly StoreCheckKind[];
  readonly run: (trial: BucketTrial, origin: string) => Promise<StoreFinding>;
}

const STEPS: Readonly<Record<StoreCheckKind, Step>> = {
  REACH: { needs: [], run: reach },
  SIGN_IN: { needs: ['REACH'], run: async (trial) => trial.signIn().then(() => passed('The key may use this bucket.')) },
  WRITE: { needs: ['SIGN_IN'], run: async (trial) => trial.write().then(() => passed('An object was written.')) },
  READ: { needs: ['WRITE'], run: async (trial) => trial.readBack().then(() => passed('The same bytes came back.')) },
  PRIVATE: { needs: ['WRITE'], run: privacy },
  DELETE: { needs: ['WRITE'], run: async (trial) => trial.delete().then(() => passed('It was gone when asked for again.')) },
  MULTIPART: { needs: ['WRITE'], run: async (trial) => trial.multipart().then(() => passed('Two parts were joined to one object.')) },
  CORS: { needs: ['SIGN_IN'], run: cors },
  CLOCK: { needs: ['REACH'], run: async (trial) => clock(trial) },
  VERSIONS: { needs: ['SIGN_IN'], run: versions },
};

/** What was found out about a store, and where a browser can find out whether it may upload there. */
export interface StoreTrialResult {
  readonly checks: readonly StoreCheck[];
  /** Null where the store cannot be used at all. */
  readonly browserProbeUrl: string | null;
}

/**
 * Tries out a bucket from end to end: each check runs that can, and says what is wrong and how to mend it.
 * @param origin of the pages that will send files there
 */
export async function tryStore(settings: S3StoreSettings, use: TrialUse, origin: string): Promise<StoreTrialResult> {
  const trial = new BucketTrial(settings, use);
  const done = new Map<StoreCheckKind, StoreCheck>();
  try {
    for (const [kind, step] of Object.entries(STEPS) as [StoreCheckKind, Step][])
      done.set(kind, await runStep({ kind, step, trial, origin, done })); // the keys of STEPS
    const isUsable = done.get('SIGN_IN')?.verdict === 'PASSED';
    return { checks: [...done.values()], browserProbeUrl: isUsable ? await trial.browserProbe() : null };
  } finally {
    await trial.connection.close();
  }
}

interface Run {
  readonly kind: StoreCheckKind;
  readonly step: Step;
  readonly trial: BucketTrial;
  readonly origin: string;
  readonly done: ReadonlyMap<StoreCheckKind, StoreCheck>;
}

async function runStep({ kind, step, trial, origin, done }: Run): Promise<StoreCheck> {
  const begun = performance.now();
  const hasAll = step.needs.every((needed) => ['PASSED', 'WARNING'].includes(done.get(needed)?.verdict ?? ''));
  const finding = hasAll ? await findingOfRun(step, trial, origin) : skipped('Not tried, because an earlier check failed.');
  return { kind, ...finding, milliseconds: Math.round(performance.now() - begun) };
}

async function findingOfRun(step: Step, trial: BucketTrial, origin: string): Promise<StoreFinding> {
  try {
    return await step.run(trial, origin);
  } catch (error) {
    if (error instanceof OutgoingRefused) return refusedFinding(error);
    if (error instanceof StorageFault) return findingOf(error, trial.settings);
    throw error;
  }
}

const refusedFinding = ({ message }: OutgoingRefused): StoreFinding => failed(message, { field: 'endpoint' });

/** Any answer will do: whose it is, the next check tells. */
async function reach({ settings, use: { filter } }: BucketTrial): Promise<StoreFinding> {
  const url = settings.endpoint ?? `https://${AWS_HOST}`;
  const tls = await reachStore(url, filter).catch((error: unknown) => {
    throw error instanceof OutgoingRefused ? error : s3FaultOf(error);
  });
  if (tls === null) return warned('The store answers without TLS: anyone on the way can read files and links.', { field: 'endpoint' });
  return passed(`${tls.protocol}, certificate until ${tls.validUntil.toISOString().slice(0, 10)}.`);
}

async function cors(trial: BucketTrial, origin: string): Promise<StoreFinding> {
  const address = await trial.address();
  if (await isUploadPreflightAllowed(address, origin, trial.use.filter)) return passed(`Pages of ${origin} may upload.`);
  return failed(`No rule of the bucket allows PUT from ${origin}: uploads of the console go the long way, through this server.`, {
    fix: corsFix(origin),
  });
}

async function privacy(trial: BucketTrial): Promise<StoreFinding> {
  const open = await findPublicAccess(await trial.address(), trial.use.filter);
  if (open === 'UNKNOWN') return skipped('The public endpoint cannot be reached from this server.');
  if (open.length === 0) return passed('Reading, listing and writing without a signature are refused.');
  return failed(`Anyone can ${open.join(' and ')} without a signature: block public access to the bucket.`, {
    field: 'bucket',
    fix: privacyFix(trial.settings.bucket),
  });
}

function clock({ connection }: BucketTrial): StoreFinding {
  const seconds = Math.round(connection.storeClock.offsetMs / 1_000);
  if (Math.abs(seconds) < CLOCK_SECONDS) return passed('This server and the store agree.');
  const way = seconds > 0 ? 'behind' : 'ahead of';
  return warned(`This server is ${Math.abs(seconds).toLocaleString('en-US')} s ${way} the store: signatures are corrected for it.`, {
    fix: CLOCK_FIX,
  });
}

async function versions(trial: BucketTrial): Promise<StoreFinding> {
  const { bucket } = trial.settings;
  switch (await trial.keepsVersions()) {
    case 'LOCK':
      return warned('The bucket locks objects: deleted files stay until their lock ends.', { field: 'bucket' });
    case 'VERSIONS':
      return warned('The bucket keeps old versions: deleted files stay in it until a rule removes them.', {
        field: 'bucket',
        fix: versionsFix(bucket),
      });
    case 'NONE':
      return passed('What is deleted is gone.');
    case null:
      return skipped('This key may not ask whether the bucket keeps old versions.');
  }
}
