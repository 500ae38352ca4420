import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../kernel/log.js';
import { StillClock } from '../../testing/clock.js';
import { TEST_DIALECTS, type TestDatabase } from '../../testing/databases.js';
import { KEPT_PER_CALLER, KEPT_PER_MINUTE, NOT_KEPT, RefusalLog, type NotedRefusal } from './refusal-log.js';

const refused = (noted: Partial<NotedRefusal> = {}): NotedRefusal => ({
  code: 'NOT_FOUND',
  message: 'Nothing is here.',
  status: 404,
  operation: 'GET /d/:assetId/:fileName',
  requestId: 'some-request',
  address: '198.51.100.7',
  client: null,
  ...noted,
});

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('a flood of refusals on $name', ({ create }) => {
  let test: TestDatabase;
  let log: RefusalLog;
  let clock: StillClock;
  beforeEach(async () => {
    test = await create();
    clock = new StillClock();
    log = new RefusalLog({
      database: test.database,
      clock,
      log: createLog('silent'),
      readAddressDetail: async () => 'SHORT',
      findLicenses: async () => new Map([['some license', { customerId: 'some customer', keyHint: 'Q7K2' }]]),
    });
  });
  afterEach(async () => {
    await log.close();
    await test.drop();
  });

  const lines = () =>
    test.database.query<{ code: string; address: string | null; not_kept: number | null; key_ending: string | null; customer_id: string }>(
      'SELECT code, address, not_kept, key_ending, customer_id FROM refusal ORDER BY id',
    );

  it('leaves so many lines a minute and one that says how many more there were, and none of them more of an address than is kept', async () => {
    for (let count = 0; count < KEPT_PER_MINUTE.STRANGERS + 1_240; count += 1) log.note(refused());
    clock.advance({ seconds: 60 });
    log.note(refused({ code: 'AUTH_REQUIRED' }));
    await log.flush();
    const rows = await lines();
    expect(rows).toHaveLength(KEPT_PER_MINUTE.STRANGERS + 2);
    expect(rows.filter(({ code }) => code === NOT_KEPT)).toMatchObject([{ not_kept: 1_240, address: null }]);
    expect(rows.at(-1)).toMatchObject({ code: 'AUTH_REQUIRED', address: '198.51.100.0/24' });
  });

  it('loses nothing that comes while it is being written', async () => {
    for (let count = 0; count < 3; count += 1) log.note(refused({ code: 'FORBIDDEN' }));
    const written = log.flush();
    await Promise.resolve();
    for (let count = 0; count < 4; count += 1) log.note(refused({ code: 'AUTH_REQUIRED' }));
    await written;
    await log.flush();
    expect((await lines()).map(({ code }) => code).toSorted()).toEqual([...Array(4).fill('AUTH_REQUIRED'), ...Array(3).fill('FORBIDDEN')]);
  });

  it('lets no caller crowd out another: of each so many lines a minute are kept', async () => {
    for (let count = 0; count < KEPT_PER_CALLER + 30; count += 1)
      log.note(refused({ code: 'LICENSE_EXPIRED', keyOfLicenseId: 'some license' }));
    log.note(refused({ code: 'LICENSE_SUSPENDED', keyOfLicenseId: 'another license' }));
    await log.close();
    const rows = await lines();
    expect(rows.filter(({ code }) => code === 'LICENSE_EXPIRED')).toHaveLength(KEPT_PER_CALLER);
    expect(rows.filter(({ code }) => code === 'LICENSE_SUSPENDED')).toHaveLength(1);
    expect(rows.find(({ code }) => code === NOT_KEPT)?.not_kept).toBe(30);
  });

  it('does not crowd out what customers are refused, whose key is known by its end', async () => {
    for (let count = 0; count < KEPT_PER_MINUTE.STRANGERS + 10; count += 1) log.note(refused());
    log.note(refused({ code: 'LICENSE_EXPIRED', keyOfLicenseId: 'some license' }));
    await log.flush();
    const known = (await lines()).filter(({ code }) => code === 'LICENSE_EXPIRED');
    expect(known).toMatchObject([{ key_ending: 'Q7K2', customer_id: 'some customer' }]);
  });

  it('is told of when the process stops', async () => {
    for (let count = 0; count < KEPT_PER_MINUTE.STRANGERS + 3; count += 1) log.note(refused());
    await log.close();
    expect((await lines()).at(-1)).toMatchObject({ code: NOT_KEPT, not_kept: 3 });
  });
});
