import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { Alerts, type Standing } from './alerts.js';
import { MailBrands } from '../settings/mail-brands.js';

const CLOCK: Standing = {
  kind: 'CLOCK',
  message: 'The clock is off: set it.',
  action: { label: 'Test the store', path: '/admin/settings/storage' },
};
const LATE: Standing = {
  kind: 'JOBS_LATE',
  message: 'Jobs wait: look for errors.',
  action: { label: 'View faults', path: '/admin/logs/store' },
};

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('what needs attention on $name', ({ start }) => {
  let harness: Harness;
  let standing: readonly Standing[] = [];
  let other: string;
  const processes: Alerts[] = [];
  beforeAll(async () => {
    harness = await start();
    const { database, app } = harness;
    const { settings, jobs, presence } = app.features;
    const use = { database, presence, jobs, outbox: app.features.outbox, publicUrl: 'https://downloads.example.com' };
    const concerns = { listForOperators: async () => standing as never };
    const brands = new MailBrands({ database, settings, publicUrl: use.publicUrl });
    for (let count = 0; count < 2; count += 1) processes.push(new Alerts({ ...use, concerns, brands }));
    await harness.makeUser('ADMIN');
    await harness.makeUser('SUPPORT');
    const { users } = await harness.admin.query<{ users: { nodes: { id: string; role: string }[] } }>(
      '{ users(first: 20) { nodes { id role wantsAlerts } } }',
    );
    expect(users.nodes).toContainEqual(expect.objectContaining({ role: 'SUPPORT', wantsAlerts: false }));
    other = users.nodes.filter(({ role }) => role === 'ADMIN').at(-1)?.id ?? '';
  });
  afterEach(async () => {
    standing = [];
    await harness.database.transaction(async (tx) => {
      await tx.execute('DELETE FROM mail');
      await tx.execute('DELETE FROM alert');
    });
  });
  afterAll(() => harness.close());

  const look = () => Promise.all(processes.map((one) => one.check()));
  const wait = (column: 'since' | 'seen_at') =>
    harness.database.transaction((tx) => tx.execute(`UPDATE alert SET ${column} = ?`, ['2020-01-01 00:00:00.000']));
  const mails = () =>
    harness.database.query<{ subject: string; text: string; link: string; user_id: string }>(
      'SELECT subject, text, link, user_id FROM mail',
    );

  it('is told to each administrator once, when it has stood for a quarter of an hour, by one of several processes', async () => {
    standing = [CLOCK];
    await look();
    expect(await mails()).toEqual([]);
    await wait('since');
    await look();
    await look();
    const sent = await mails();
    expect(sent).toHaveLength(2);
    expect(new Set(sent.map(({ user_id: id }) => id)).size).toBe(2);
    expect(sent[0]).toMatchObject({
      subject: 'Needs attention: The clock is off: set it.',
      link: 'https://downloads.example.com/admin/settings/storage',
      text: expect.stringContaining('Test the store:\nhttps://downloads.example.com/admin/settings/storage'),
    });
  });

  it('is one mail where several things stand', async () => {
    standing = [CLOCK, LATE];
    await look();
    await wait('since');
    await processes[0]?.check();
    const [sent] = await mails();
    expect(sent).toMatchObject({ subject: 'Needs attention: 2 things', link: 'https://downloads.example.com/admin' });
    expect(sent?.text).toContain('The clock is off: set it.\n\nJobs wait: look for errors.');
  });

  it('is told anew when it was over, and not while one process alone sees it', async () => {
    standing = [CLOCK];
    await look();
    await wait('since');
    await look();
    standing = [];
    await look();
    standing = [CLOCK];
    await look();
    await wait('since');
    await look();
    expect(await mails(), 'seen a moment ago').toHaveLength(2);
    standing = [];
    await wait('seen_at');
    await look();
    standing = [CLOCK];
    await look();
    await wait('since');
    await look();
    expect(await mails()).toHaveLength(4);
  });

  it('is told to nobody who does not want it', async () => {
    await harness.admin.run('updateUser', { id: other, wantsAlerts: false }, 'user { id wantsAlerts }');
    standing = [LATE];
    await look();
    await wait('since');
    await look();
    expect((await mails()).map(({ user_id: id }) => id)).not.toContain(other);
    const { user } = await harness.admin.run<{ user: { wantsAlerts: boolean } }>(
      'updateUser',
      { id: other, wantsAlerts: true },
      'user { wantsAlerts }',
    );
    expect(user.wantsAlerts).toBe(true);
  });
});
