import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { TEST_DIALECTS, type TestDatabase } from '../../testing/databases.js';
import { Audit } from '../../machinery/audit/audit.service.js';
import { TEST_SECRETS } from '../../testing/test-secrets.js';
import { SettingsService } from './settings.service.js';

describe.each(TEST_DIALECTS.filter((dialect) => dialect.isAvailable))('settings on $name', ({ create }) => {
  let test: TestDatabase;
  let nowMs: number;
  let settings: SettingsService;
  beforeAll(async () => {
    test = await create();
  });
  afterAll(() => test.drop());
  beforeEach(() => {
    vi.restoreAllMocks();
    nowMs = Date.UTC(2026, 0, 1);
    const clock = { now: () => new Date(nowMs) };
    settings = new SettingsService({
      database: test.database,
      clock,
      audit: new Audit(clock, TEST_SECRETS),
      secrets: TEST_SECRETS,
      fixed: {},
    });
  });

  it('are read once for all who ask within two seconds, also at the same time', async () => {
    const query = vi.spyOn(test.database, 'query');
    await Promise.all(Array.from({ length: 10 }, () => settings.read()));
    nowMs += 1_999;
    await settings.read();
    expect(query).toHaveBeenCalledTimes(1);
    nowMs += 1;
    await settings.read();
    expect(query).toHaveBeenCalledTimes(2);
  });

  it('are read again at once after they were written, and after a reading failed', async () => {
    await settings.read();
    await test.database.transaction((tx) => settings.write(tx, 'vendorName', 'Comet Works'));
    expect(await settings.read()).toMatchObject({ vendorName: 'Comet Works' });
    nowMs += 3_000;
    vi.spyOn(test.database, 'query').mockRejectedValueOnce(new Error('away'));
    await expect(settings.read()).rejects.toThrow('away');
    expect(await settings.read()).toMatchObject({ vendorName: 'Comet Works' });
  });
});
