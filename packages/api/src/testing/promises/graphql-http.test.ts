import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../harness.js';

/** PROMISES.md, row 8: 61 audits, every MUST passes, no error, at most 3 warnings. */
const AUDIT_COUNT = 61;
const MAX_WARNINGS = 3;

const embedded = TEST_SETUPS.slice(0, 1);

describe.each(embedded)('GraphQL over HTTP', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  it('passes the public audit suite', async () => {
    const audits = serverAudits({ url: `${harness.baseUrl}/graphql`, fetchFn: fetch });
    const results = await Promise.all(audits.map((audit) => audit.fn()));
    const failed = results
      .filter((result) => result.status === 'error')
      .map((result) => `${result.name}: ${'reason' in result ? result.reason : ''}`);
    const warned = results.filter((result) => result.status === 'warn').map((result) => result.name);
    expect(results).toHaveLength(AUDIT_COUNT);
    expect(failed).toEqual([]);
    expect(warned.length, warned.join('; ')).toBeLessThanOrEqual(MAX_WARNINGS);
  });
});
