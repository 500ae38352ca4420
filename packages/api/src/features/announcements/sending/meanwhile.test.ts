import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seeAnnouncement, mailThrough, untilOver, writeAnnouncement } from '../../../testing/announcement-world.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { Mailboxes, type Mailbox } from '../../../testing/mailbox.js';
import { makeCustomer, makeLicense, makeProduct, makePublished } from '../../../testing/make.js';

const SECOND = { secondSubject: 'Renew for {version}', secondBody: 'Updates ended.' };
const RECALL = { subject: 'Please replace {version}', body: '{file}\n\n{acknowledge}' };

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('an announcement, with what happens meanwhile, on $name', ({ start }) => {
  let harness: Harness;
  let mailbox: Mailbox;
  let worlds = 0;
  const mailboxes = new Mailboxes();
  beforeAll(async () => {
    harness = await start();
    mailbox = await mailboxes.open();
    await mailThrough(harness.admin, mailbox);
  });
  afterAll(async () => {
    await mailboxes.closeAll();
    await harness.close();
  });

  const makeWorld = async () => (await makeProduct(harness.admin, { name: 'Aurora', slug: `aurora-${(worlds += 1)}` })).id;
  const customer = async (email: string) => (await makeCustomer(harness.admin, { name: 'Northlight', email })).id;
  const send = (id: string, input: Record<string, unknown> = {}) =>
    harness.admin.run('sendAnnouncement', { id, ...input }, 'announcement { state }');
  const sqlOf = (sql: string, parameters: string[]) => harness.database.transaction((tx) => tx.execute(sql, parameters));
  const endThrottle = (id: string) => sqlOf('UPDATE announcement SET per_minute = NULL WHERE id = ?', [id]);
  /** Two people of one company, of whom one was told and the other waits. */
  async function makeHalf() {
    const productId = await makeWorld();
    const customerId = await customer(`company-${worlds}@customer.example`);
    const license = await makeLicense(harness, { productId, customerId });
    await harness.makeUser('CUSTOMER', { customerId });
    await harness.makeUser('CUSTOMER', { customerId });
    const release = await makePublished(harness, { productId });
    const id = await writeAnnouncement(harness.admin, release.id, { perMinute: 1 });
    await send(id);
    await harness.settle();
    const seen = await seeAnnouncement(harness.admin, id);
    expect(seen).toMatchObject({ state: 'SENDING', mailed: 1, waiting: 1 });
    return { id, release, license, waiting: seen.recipients.nodes.find(({ state }) => state === 'WAITING')! };
  }

  it('gives an address of two customers the text of the one that may have the release', async () => {
    const productId = await makeWorld();
    const emails = ['one', 'two'].map((name) => `${name}-${worlds}@customer.example`);
    const made = await Promise.all(emails.map(async (email) => ({ email, id: await customer(email) })));
    const [first, second] = made.toSorted((a, b) => a.id.localeCompare(b.id));
    await harness.makeUser('CUSTOMER', { customerId: second!.id });
    await sqlOf('UPDATE user_account SET email = ? WHERE customer_id = ?', [first!.email, second!.id]);
    await makeLicense(harness, { productId, customerId: first!.id, updatesUntil: '2020-01-01' });
    await makeLicense(harness, { productId, customerId: second!.id });
    const release = await makePublished(harness, { productId });
    const id = await writeAnnouncement(harness.admin, release.id, SECOND);
    await send(id);
    const over = await untilOver(harness, id);
    expect(over.recipients.nodes.map(({ state, text }) => [state, text])).toEqual([['MAILED', 'FIRST']]);
  });

  it('tells nobody whose account was disabled since the audience was worked out', async () => {
    const { id, waiting } = await makeHalf();
    await sqlOf(`UPDATE user_account SET disabled_at = '2026-01-01' WHERE email = ?`, [waiting.address]);
    await endThrottle(id);
    const over = await untilOver(harness, id);
    expect(over.recipients.nodes.find(({ address }) => address === waiting.address)).toMatchObject({
      state: 'LEFT_OUT',
      reason: 'ACCOUNT_DISABLED',
    });
  });

  it('goes to the new address of somebody who changed it', async () => {
    const { id, waiting } = await makeHalf();
    const moved = `moved-${worlds}@customer.example`;
    await sqlOf(`UPDATE user_account SET email = ? WHERE email = ?`, [moved, waiting.address]);
    await endThrottle(id);
    await untilOver(harness, id);
    expect(mailbox.received.at(-1)?.to).toMatchObject({ text: expect.stringContaining(moved) });
  });

  it('stops when its release is withdrawn, and says why', async () => {
    const { id, release } = await makeHalf();
    await harness.admin.run('withdrawDownloadable', { id: release.id, reason: 'It loses data.' }, 'downloadable { id }');
    expect(await untilOver(harness, id)).toMatchObject({
      state: 'STOPPED',
      waiting: 1,
      leftOut: 0,
      problem: 'The release was withdrawn: recall it to tell those who have it.',
    });
  });

  it('tells nobody twice whom another announcement of the release told before their turn', async () => {
    const { id, release } = await makeHalf();
    const other = await writeAnnouncement(harness.admin, release.id);
    await send(other, { excludeAlreadyTold: true });
    const [of, before] = [await untilOver(harness, other), mailbox.received.length];
    expect(of).toMatchObject({ mailed: 1, leftOut: 1 });
    await endThrottle(id);
    expect(await untilOver(harness, id)).toMatchObject({ mailed: 1, leftOut: 1, waiting: 0 });
    expect(mailbox.received.length).toBe(before);
  });

  it('of a recall goes out at its time too, and names the last download of an address that has several licenses', async () => {
    const productId = await makeWorld();
    const customerId = await customer(`recalled-${worlds}@customer.example`);
    const release = await makePublished(harness, { productId });
    const licenses = [await makeLicense(harness, { productId, customerId }), await makeLicense(harness, { productId, customerId })];
    for (const { client } of licenses) await client.fetch(`/d/${release.file.id}/${release.file.fileName}`);
    const [first, last] = licenses.map(({ id }) => id).toSorted();
    for (const [at, id] of [
      ['2026-01-01 00:00:00', first!],
      ['2026-02-02 00:00:00', last!],
    ] as const)
      await sqlOf('UPDATE license_download SET counted_at = ? WHERE license_id = ?', [at, id]);
    await harness.admin.run('withdrawDownloadable', { id: release.id, reason: 'It loses data.' }, 'downloadable { id }');
    const { announcement } = await harness.admin.run<{ announcement: { id: string } }>(
      'createRecall',
      { downloadableId: release.id, ...RECALL },
      'announcement { id }',
    );
    await send(announcement.id, { sendAt: new Date(harness.clock.now().getTime() + 3_600_000).toISOString() });
    await sqlOf(`UPDATE job SET run_at = '2020-01-01' WHERE kind = 'announcement.step' AND dedupe_key LIKE ?`, [
      `announcement.step:${announcement.id}:%`,
    ]);
    expect(await untilOver(harness, announcement.id)).toMatchObject({ state: 'SENT', mailed: 1, problem: null });
    const { announcement: seen } = await harness.admin.query<{
      announcement: { recipients: { nodes: { downloadedAt: string; fileName: string }[] } };
    }>('query($id: ID!) { announcement(id: $id) { recipients(first: 5) { nodes { downloadedAt fileName } } } }', { id: announcement.id });
    expect(seen.recipients.nodes).toEqual([{ downloadedAt: '2026-02-02T00:00:00.000Z', fileName: release.file.fileName }]);
  });
});
