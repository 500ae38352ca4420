import { createApp } from '../../app.js';
import type { Config } from '../../config.js';
import type { StoreRefused } from '../../storage/ownership/store-refusal.js';
import { prepareFirstStart } from './first-start.js';
import { openFoundation, type Foundation } from '../foundation/foundation.js';
import { requireFreePort } from './listening.js';
import { startSchedule } from '../schedule.js';
import { shutDown } from './shutdown.js';
import { listenFault } from '../foundation/start-faults.js';
import { startNotes } from './start-notes.js';
import { storeNotes } from './store-notes.js';

export interface ServeUse {
  readonly config: Config;
  /** Folder of the built web app. */
  readonly webFolder: string;
  /** More for the operator to know, a line each. */
  readonly warnings: readonly string[];
  readonly print: (text: string) => void;
  /** The running server has met a store that is not its own, and must stop. */
  readonly onRefused: (refusal: StoreRefused) => void;
}

/** A server that takes requests. */
export interface Serving {
  readonly foundation: Foundation;
  /** Resolves when all that is to be known of the file store was printed. */
  readonly told: Promise<void>;
  /** Ends it without hurting anybody. */
  stop(): Promise<void>;
}

/** Starts the server. What fails leaves neither connections nor a port behind. @throws StartFault, StoreRefused in plain words */
export async function serve(use: ServeUse): Promise<Serving> {
  await requireFreePort(use.config);
  const foundation = await openFoundation(use.config, use.webFolder);
  try {
    return await serveOn(foundation, use);
  } catch (error) {
    await foundation.database.close();
    throw error;
  }
}

async function serveOn(foundation: Foundation, use: ServeUse): Promise<Serving> {
  const { config, print } = use;
  const app = await createApp(foundation);
  const { features } = app;
  const stopWatching = await features.stores.watch(use.onRefused);
  try {
    const welcome = await prepareFirstStart({ config, foundation, features, print });
    await app.server.listen({ port: config.port, host: config.host }).catch((error: unknown) => {
      throw listenFault(config, error);
    });
    const stopAsking = startSchedule(foundation, features);
    print(`\n  Slipway is ready: ${config.publicUrl}\n${welcome}`);
    // What was saved in the console counts as well.
    const used = { ...config, s3: await features.stores.currentSettings() };
    for (const note of [...use.warnings, ...startNotes(used)]) print(`  ${note}`);
    const told = storeNotes({ config: used, features, log: foundation.log }).then((notes) => notes.forEach((note) => print(`  ${note}`)));
    told.catch((error: unknown) => foundation.log.error({ err: error }, 'what the file store needs could not be found out'));
    const stop = async (): Promise<void> => {
      stopWatching();
      stopAsking();
      await told.catch(() => undefined);
      await shutDown({ app, log: foundation.log, drainSeconds: config.stopDrainSeconds, graceSeconds: config.stopGraceSeconds });
      await foundation.database.close();
    };
    return { foundation, told, stop };
  } catch (error) {
    stopWatching();
    await app.close();
    throw error;
  }
}
