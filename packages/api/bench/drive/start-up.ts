import { residentBytes } from './cpu.js';
import { medianOf } from './load.js';
import { startProduct, type ServerPlace } from './servers.js';

const STARTS = 5;
/** After this silence a server counts as idle. */
const IDLE_MS = 4_000;

export interface StartUp {
  readonly startMs: number;
  readonly idleBytes: number;
}

/** Starts the product several times on a database that is there. */
export async function measureStartUp(place: ServerPlace): Promise<StartUp> {
  const starts: number[] = [];
  const memory: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const server = await startProduct(place);
    starts.push(server.startMs);
    if (start < 2) {
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
      memory.push(residentBytes(server.pid));
    }
    await server.stop();
  }
  return { startMs: medianOf(starts), idleBytes: medianOf(memory) };
}
