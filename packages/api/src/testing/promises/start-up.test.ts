import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildClientSchema, getIntrospectionQuery, lexicographicSortSchema, printSchema, type IntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../free-port.js';
import { ServerProcess } from '../server-process.js';
import { SERVER_PLACES, type ServerPlace } from './places.js';
import { residentBytes, tellsMemory } from './resident-memory.js';

/** With SHOW_FIGURES the median of so many starts is printed: the aim is 1 s on an idle machine (issue 2). */
const STARTS = process.env['SHOW_FIGURES'] ? 7 : 1;

describe.each(SERVER_PLACES)('the built server on $name', ({ make }) => {
  let place: ServerPlace;
  beforeAll(async () => {
    place = await make();
  });
  afterAll(() => place.drop());

  it('starts again on the database it made, with the committed schema', { timeout: 120_000 }, async () => {
    const server = new ServerProcess(`http://127.0.0.1:${await freePort()}`, place.environment);
    await server.start();
    const introspection = await server.client().query<IntrospectionQuery>(getIntrospectionQuery({ specifiedByUrl: true }));
    await server.kill('SIGTERM');
    const served = printSchema(lexicographicSortSchema(buildClientSchema(introspection)));
    const committed = readFileSync(join(import.meta.dirname, '..', '..', '..', 'schema.graphql'), 'utf8');
    expect(committed).toContain(served);

    const startsMs: number[] = [];
    let idleBytes = 0;
    for (let start = 0; start < STARTS; start += 1) {
      startsMs.push(Math.round(await server.start()));
      if (tellsMemory) idleBytes = await residentBytes(server.pid);
      await server.kill('SIGTERM');
    }
    const medianMs = startsMs.sort((a, b) => a - b)[Math.floor(STARTS / 2)];
    if (process.env['SHOW_FIGURES'])
      process.stderr.write(`median ${medianMs} ms of ${startsMs.join(', ')} ms; idle ${(idleBytes / 1e6).toFixed(1)} MB\n`);
  });
});
