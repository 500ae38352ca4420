import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS, type LimitName } from '../../kernel/limits/limits.js';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { INPUT_LIMITS } from './input-limits.cases.js';
import { PEOPLE_COUNTS } from './people-limits.cases.js';
import type { CountProbe, LimitProbe, SeenRefusal } from './probe.js';
import { QUERY_LIMITS } from './query-limits.cases.js';
import { REQUEST_LIMITS } from './request-limits.cases.js';
import { RELEASE_COUNTS, RELEASE_LIMITS } from './release-limits.cases.js';

/** How many want the last place at once. */
const RIVALS = 4;

const limits = { ...QUERY_LIMITS, ...INPUT_LIMITS, ...REQUEST_LIMITS, ...RELEASE_LIMITS };
const counts = { ...RELEASE_COUNTS, ...PEOPLE_COUNTS };
/** Every limit has a probe: one without does not compile. */
const probes: Readonly<Record<LimitName, LimitProbe | CountProbe>> = { ...limits, ...counts };

/** One sentence with a code, which names the limit; thousands may be set apart. */
function expectRefusal(refusal: SeenRefusal | null, named: string): void {
  expect(refusal?.code).toMatch(/^[A-Z_]+$/);
  expect(refusal?.message).toMatch(/^[A-Z].{20,}\.$/);
  expect(refusal?.message).not.toMatch(/[.!?] [A-Z]/);
  expect(refusal?.message.replaceAll(',', '')).toContain(named.replaceAll(',', ''));
  expect(refusal?.status).toBeLessThan(500);
}

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('the table of limits on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  it('has a probe for each limit, and no other', () => {
    expect(Object.keys(probes).sort()).toEqual(Object.keys(LIMITS).sort());
  });

  it.each(Object.entries<LimitProbe>(limits))('one past %s is refused in a sentence that names it', async (name, probe) => {
    // The keys of `limits` are names of limits: `probes` compiles.
    const { most } = LIMITS[name as LimitName];
    expectRefusal(await probe.exceed(harness), probe.names ?? String(most));
  });

  it.each(Object.entries<CountProbe>(counts))(
    'the last place of %s is taken once, however many want it at once',
    async (name, { fill }) => {
      const { most } = LIMITS[name as LimitName];
      const takeOne = await fill(harness, most - 1);
      const outcomes = await Promise.all(Array.from({ length: RIVALS }, takeOne));
      const refusals = outcomes.filter((outcome) => outcome !== null);
      for (const refusal of refusals) expectRefusal(refusal, String(most));
      expect({ taken: RIVALS - refusals.length, codes: new Set(refusals.map(({ code }) => code)) }).toEqual({
        taken: 1,
        codes: new Set(['TOO_MANY']),
      });
      expectRefusal(await takeOne(), String(most));
    },
  );
});
