import type { Features } from './features.js';
import type { Foundation } from './foundation/foundation.js';
import type { OpenStore } from '../storage/stores/file-stores.js';
import { compareStore } from '../features/assets/presence/store-comparison.js';
import { rememberUnknown } from '../storage/stores/saved-stores.js';
import { enqueueJob } from '../machinery/jobs/job-queue.js';

interface RegularWork {
  readonly kind: string;
  readonly everyMs: number;
  readonly run: () => Promise<void>;
}

/** How often each process asks for what is due; whichever asks first, it happens once. */
const ASK_EVERY_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;
/** How long what was done waits for its place in the audit chain. */
const SEAL_EVERY_MS = 5_000;
/** How often it is looked what needs attention, and for how long. */
const ALERT_EVERY_MS = 60_000;

/** Starts the jobs, and asks for the regular work in the lane `upkeep`. @returns stops asking */
export function startSchedule({ database, clock, log }: Pick<Foundation, 'database' | 'clock' | 'log'>, features: Features): () => void {
  const { jobs, sweeper } = features;
  const works: readonly RegularWork[] = [
    { kind: 'sweep', everyMs: ASK_EVERY_MS, run: () => sweeper.sweep() },
    { kind: 'store.compare', everyMs: DAY_MS, run: () => compareAndTell({ database, log }, features) },
  ];
  for (const { kind, run } of works) jobs.register('upkeep', kind, { handler: () => run().then(() => async () => undefined) });
  const ask = async (): Promise<void> => {
    const now = clock.now().getTime();
    await database.transaction(async (tx) => {
      for (const { kind, everyMs } of works) await enqueueJob(tx, { kind, dedupeKey: `${kind}:${Math.floor(now / everyMs)}`, payload: {} });
    });
  };
  const rounds: readonly Round[] = [
    { everyMs: ASK_EVERY_MS, work: ask, fault: 'no upkeep could be asked for', isAtOnce: true },
    {
      everyMs: ASK_EVERY_MS,
      work: () => features.certificates.look(),
      fault: 'the certificates of the store could not be read',
      isAtOnce: true,
    },
    { everyMs: SEAL_EVERY_MS, work: () => features.auditSealer.seal(), fault: 'the audit trail could not be sealed' },
    { everyMs: ALERT_EVERY_MS, work: () => features.alerts.check(), fault: 'what needs attention could not be found out' },
  ];
  const stops = rounds.map((round) => begin(round, log));
  jobs.start();
  return () => stops.forEach((stop) => stop());
}

/** What each process does again and again. */
interface Round {
  readonly everyMs: number;
  readonly work: () => Promise<unknown>;
  /** What the log says where it fails; the next time may be better. */
  readonly fault: string;
  readonly isAtOnce?: true;
}

/** @returns ends it */
function begin({ everyMs, work, fault, isAtOnce }: Round, log: Foundation['log']): () => void {
  const run = (): void => void work().catch((error: unknown) => log.warn({ err: error }, fault));
  if (isAtOnce) run();
  const timer = setInterval(run, everyMs).unref();
  return () => clearInterval(timer);
}

async function compareAndTell(use: Pick<Foundation, 'database' | 'log'>, features: Features): Promise<void> {
  for (const open of await features.stores.inUse()) await compareOne(use, features, open);
}

async function compareOne(
  { database, log }: Pick<Foundation, 'database' | 'log'>,
  { presence, storeEvents }: Features,
  { id: storeId, store, place }: OpenStore,
): Promise<void> {
  const { objects, bytes, unknownCount, missing, healed } = await compareStore({
    database,
    store,
    storeId,
    check: (id) => presence.check(id),
  });
  const unknown = unknownCount.objects + unknownCount.uploads;
  const found = { objects, bytes, unknown, missing: missing.length, healed: healed.length };
  const detail = `${place}: ${objects} objects, ${missing.length} missing, ${healed.length} back, ${unknown} unknown`;
  await database.transaction(async (tx) => {
    await storeEvents.record(tx, { kind: 'COMPARED', size: bytes, detail });
    await rememberUnknown(tx, storeId, unknown);
  });
  if (found.unknown + found.missing === 0) log.info({ ...found, store: place }, 'store and database agree');
  else log.warn({ ...found, store: place }, 'store and database differ; "slipway doctor" tells where');
}
