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

/** Starts the jobs, and asks for the regular work in the lane `upkeep`. @returns stops asking */
export function startSchedule({ database, clock, log }: Pick<Foundation, 'database' | 'clock' | 'log'>, features: Features): () => void {
  const { jobs, sweeper } = features;
  const works: readonly RegularWork[] = [
    { kind: 'sweep', everyMs: ASK_EVERY_MS, run: () => sweeper.sweep() },
    { kind: 'store.compare', everyMs: DAY_MS, run: () => compareAndTell({ database, log }, features) },
  ];
  for (const { kind, run } of works) jobs.register('upkeep', kind, { handler: () => run().then(() => async () => undefined) });
  const ask = (): void => {
    const now = clock.now().getTime();
    const slots = works.map(({ kind, everyMs }) => ({ kind, dedupeKey: `${kind}:${Math.floor(now / everyMs)}`, payload: {} }));
    database
      .transaction(async (tx) => {
        for (const slot of slots) await enqueueJob(tx, slot);
      })
      .catch((error: unknown) => log.warn({ err: error }, 'no upkeep could be asked for'));
    features.certificates
      .look()
      .catch((error: unknown) => log.warn({ err: error }, 'which certificates the file store has could not be found out'));
  };
  ask();
  const timer = setInterval(ask, ASK_EVERY_MS).unref();
  const sealing = setInterval(() => {
    features.auditSealer.seal().catch((error: unknown) => log.error({ err: error }, 'the audit trail could not be sealed'));
  }, SEAL_EVERY_MS).unref();
  jobs.start();
  return () => {
    clearInterval(timer);
    clearInterval(sealing);
  };
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
