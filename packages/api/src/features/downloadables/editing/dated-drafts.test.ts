import { calendarDate } from '@slipway/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { makeDraft } from '../../../testing/make.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('a draft without a date on $name', ({ start }) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await start();
  });
  afterAll(() => harness.close());

  // 25 hours apart: at any time one of them has another day than UTC.
  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC'])(
    'stands in lists under the day on which it was made in %s',
    async (timeZone) => {
      await harness.database.transaction((tx) => harness.app.features.settings.write(tx, 'timeZone', timeZone));
      const { id } = await makeDraft(harness.admin);
      const { downloadable } = await harness.admin.query<{ downloadable: { createdAt: string } }>(
        'query($id: ID!) { downloadable(id: $id) { createdAt } }',
        { id },
      );
      expect(await harness.database.query('SELECT sort_date AS day FROM downloadable WHERE id = ?', [id])).toEqual([
        { day: calendarDate(new Date(downloadable.createdAt), timeZone) },
      ]);
    },
  );
});
