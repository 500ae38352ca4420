import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../free-port.js';
import { ServerProcess } from '../server-process.js';
import { SERVER_PLACES, type ServerPlace } from './places.js';
import { residentBytes, tellsMemory } from './resident-memory.js';

const STARTS = 5;
/** The aim is 1 s on an idle machine (issue 2); a busy one decides no test. */
const GENEROUS_MS = 5_000;

describe.each(SERVER_PLACES)('the built server on $name', ({ make }) => {
  let place: ServerPlace;
  beforeAll(async () => {
    place = await make();
  });
  afterAll(() => place.drop());

  it('answers soon after a start on an existing database', { timeout: 120_000 }, async () => {
    const server = new ServerProcess(`http://127.0.0.1:${await freePort()}`, place.environment);
    await server.start();
    await server.kill('SIGTERM');
    const startsMs: number[] = [];
    let idleBytes = 0;
    for (let start = 0; start < STARTS; start += 1) {
      startsMs.push(Math.round(await server.start()));
      if (tellsMemory) idleBytes = await residentBytes(server.pid);
      await server.kill('SIGTERM');
    }
    const medianMs = startsMs.sort((a, b) => a - b)[Math.floor(STARTS / 2)] ?? Infinity;
    const figures = `median ${medianMs} ms of ${startsMs.join(', ')} ms; idle ${(idleBytes / 1e6).toFixed(1)} MB`;
    if (process.env['SHOW_FIGURES']) process.stderr.write(`${figures}\n`);
    expect(medianMs, figures).toBeLessThan(GENEROUS_MS);
  });
});
