import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../kernel/limits.js';
import { TEST_SETUPS, type Harness } from '../harness.js';
import { INPUT_LIMITS } from './input-limits.cases.js';

type InputLimit = keyof typeof INPUT_LIMITS;

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('what a request may hold on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  // Object.keys forgets that these are the table's.
  it.each(Object.keys(INPUT_LIMITS) as InputLimit[])('one past %s is refused in one sentence that names it', async (name) => {
    const probe = INPUT_LIMITS[name];
    const refusal = await probe.exceed(harness);
    expect(refusal?.code).toMatch(/^[A-Z_]+$/);
    expect(refusal?.message).toMatch(/^[A-Z].{20,}\.$/);
    expect(refusal?.message).not.toMatch(/[.!?] [A-Z]/);
    expect(refusal?.message.replaceAll(',', '')).toContain('names' in probe ? probe.names : String(LIMITS[name].most));
    expect(refusal?.status).toBeLessThan(500);
  });
});
