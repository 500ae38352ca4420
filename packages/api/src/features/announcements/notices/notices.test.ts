import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seeAnnouncement, mailThrough, untilOver, writeAnnouncement } from '../../../testing/announcement-world.js';
import type { Client } from '../../../testing/client.js';
import { TEST_SETUPS, type Harness } from '../../../testing/harness.js';
import { Mailboxes, type Mailbox } from '../../../testing/mailbox.js';
import { makeCustomer, makeLicense, makeProduct, makePublished } from '../../../testing/make.js';

interface SeenNotice {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly html: string;
  readonly hint: string | null;
  readonly readAt: string | null;
  readonly replacementVersion: string | null;
}
const NOTICES = '{ notices { nodes { id kind title html hint readAt replacementVersion } totalCount } unreadNotices { count } }';
const RECALL = { subject: 'Please replace {product} {version}', body: '{reason} {file} {replacement}\n\n{replace}\n\n{acknowledge}' };

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('notices and recalls on $name', ({ start }) => {
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

  const notices = (client: Client) =>
    client.query<{ notices: { nodes: SeenNotice[]; totalCount: number }; unreadNotices: { count: number } }>(NOTICES);
  const send = async (id: string) => {
    await harness.admin.run('sendAnnouncement', { id }, 'announcement { state }');
    return untilOver(harness, id);
  };
  /** A product with a company of two people, and a customer without any. */
  async function makeWorld() {
    const { id: productId } = await makeProduct(harness.admin, { name: 'Aurora', slug: `aurora-${(worlds += 1)}` });
    const company = (await makeCustomer(harness.admin, { name: 'Northlight' })).id;
    const license = await makeLicense(harness, { productId, customerId: company });
    const [ann, ben] = [
      await harness.makeUser('CUSTOMER', { customerId: company }),
      await harness.makeUser('CUSTOMER', { customerId: company }),
    ];
    const alone = await makeLicense(harness, { productId });
    return { productId, license, ann, ben, alone };
  }

  it('are of each person by itself: read by one, they are unread for the other, and nobody else has them', async () => {
    const { productId, ann, ben, alone } = await makeWorld();
    const release = await makePublished(harness, { productId, changelog: '- New' });
    await send(await writeAnnouncement(harness.admin, release.id));
    const [notice] = (await notices(ann)).notices.nodes;
    expect(notice).toMatchObject({
      title: `Aurora ${release.version} is out`,
      html: expect.stringContaining('<li>New</li>'),
      hint: null,
      readAt: null,
    });
    await ann.run('markNoticesRead', { ids: [notice!.id] }, 'unreadNotices { count }');
    expect([(await notices(ann)).unreadNotices.count, (await notices(ben)).unreadNotices.count]).toEqual([0, 1]);
    const [ofBen] = (await notices(ben)).notices.nodes;
    await ann.run('markNoticesRead', { ids: [ofBen!.id] }, 'unreadNotices { count }');
    expect((await notices(ben)).unreadNotices.count).toBe(1);
    expect((await notices(alone.client)).notices.nodes).toHaveLength(1);
    const stranger = await makeLicense(harness, { productId: (await makeProduct(harness.admin)).id });
    expect(await notices(stranger.client)).toMatchObject({ notices: { nodes: [] }, unreadNotices: { count: 0 } });
    expect(await notices(harness.admin)).toMatchObject({ notices: { nodes: [] }, unreadNotices: { count: 0 } });
    await ben.run('markNoticesRead', {}, 'unreadNotices { count }');
    expect((await notices(ben)).unreadNotices.count).toBe(0);
  });

  it('say so when the release is open to them no more', async () => {
    const { productId, license, ann } = await makeWorld();
    const release = await makePublished(harness, { productId });
    await send(await writeAnnouncement(harness.admin, release.id));
    await harness.admin.run('suspendLicense', { id: license.id }, 'license { id }');
    expect((await notices(ann)).notices.nodes[0]?.hint).toMatch(/suspended/);
    await harness.admin.run('withdrawDownloadable', { id: release.id, reason: 'It loses data.' }, 'downloadable { id }');
    await harness.admin.run('reinstateLicense', { id: license.id }, 'license { id }');
    expect((await notices(ann)).notices.nodes[0]?.hint).toMatch(/withdrawn/);
  });

  it('of a recall reach exactly those who downloaded the release, with what they may use instead', async () => {
    const { productId, license, ann, ben, alone } = await makeWorld();
    const [bad, fixed] = [
      await makePublished(harness, { productId, version: '2.3.1' }),
      await makePublished(harness, { productId, version: '2.3.2' }),
    ];
    await license.client.fetch(`/d/${bad.file.id}/${bad.file.fileName}`);
    const early = await harness.admin.mutate('createRecall', { downloadableId: bad.id, ...RECALL });
    expect(early).toMatchObject({ userErrors: [{ code: 'RELEASE_NOT_WITHDRAWN' }] });
    const withdrawal = { id: bad.id, reason: 'It has a security fault.', severity: 'SECURITY', replacementId: fixed.id };
    await harness.admin.run('withdrawDownloadable', withdrawal, 'downloadable { id }');
    const { announcement } = await harness.admin.run<{ announcement: { id: string } }>(
      'createRecall',
      { downloadableId: bad.id, ...RECALL },
      'announcement { id }',
    );
    const { announcementAudience: audience } = await harness.admin.query<{ announcementAudience: object }>(AUDIENCE, { id: bad.id });
    expect(audience).toEqual({ first: { people: 2, licenses: 1 }, reasons: [], endCursor: null });
    const before = mailbox.received.length;
    const over = await send(announcement.id);
    expect(over).toMatchObject({ state: 'SENT', mailed: 2, leftOut: 0, judged: 1 });
    expect(over.recipients.nodes.map(({ fileName }) => fileName)).toEqual([bad.file.fileName, bad.file.fileName]);
    expect((await notices(alone.client)).notices.nodes).toEqual([]);
    expect((await notices(ann)).notices.nodes[0]).toMatchObject({ kind: 'RECALL', replacementVersion: '2.3.2', hint: null });
    const mail = mailbox.received[before];
    expect(mail?.text).toContain(`It has a security fault. ${bad.file.fileName} 2.3.2`);
    const token = /\/recall\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    await acknowledgeByLink(token, announcement.id);
    const [notice] = (await notices(ben)).notices.nodes;
    await expect(license.client.query(ACKNOWLEDGE, { input: { id: notice?.id } })).rejects.toThrow(/recall/);
    await ben.run('acknowledgeRecall', { id: notice!.id }, 'recall { acknowledgedAt }');
    const seen = await seeAnnouncement(harness.admin, announcement.id);
    expect(seen.recipients.nodes.filter(({ acknowledgedAt }) => acknowledgedAt !== null)).toHaveLength(2);
  });

  it('of a recall are listed with who downloaded: the person while the log knows, else the license', async () => {
    const { productId, license, ann, alone } = await makeWorld();
    const bad = await makePublished(harness, { productId });
    await ann.fetch(`/d/${bad.file.id}/${bad.file.fileName}`);
    await alone.client.fetch(`/d/${bad.file.id}/${bad.file.fileName}`);
    await harness.admin.run('withdrawDownloadable', { id: bad.id, reason: 'It loses data.' }, 'downloadable { id }');
    const { announcement } = await harness.admin.run<{ announcement: { id: string } }>(
      'createRecall',
      { downloadableId: bad.id, ...RECALL },
      'announcement { id }',
    );
    await send(announcement.id);
    expect(await downloadersOf(announcement.id)).toEqual([`License …${alone.key.slice(-4)}`, 'Test CUSTOMER', 'Test CUSTOMER']);
    const csv = await (await harness.admin.fetch(`/api/v1/announcements/${announcement.id}/recipients.csv`)).text();
    expect(csv.match(/,Test CUSTOMER,/g)).toHaveLength(2);
    await harness.database.transaction((tx) => tx.execute('DELETE FROM download_event WHERE downloadable_id = ?', [bad.id]));
    expect(await downloadersOf(announcement.id)).not.toContain('Test CUSTOMER');
    expect(await downloadersOf(announcement.id)).toContain(`License …${license.key.slice(-4)}`);
  });

  async function downloadersOf(id: string): Promise<readonly string[]> {
    const { announcement } = await harness.admin.query<{ announcement: { recipients: { nodes: { downloadedBy: string }[] } } }>(
      'query($id: ID!) { announcement(id: $id) { recipients { nodes { downloadedBy } } } }',
      { id },
    );
    return announcement.recipients.nodes.map(({ downloadedBy }) => downloadedBy).toSorted((a, b) => a.localeCompare(b));
  }

  /** Looking changes nothing; a forged link finds nothing. */
  async function acknowledgeByLink(token: string, announcementId: string): Promise<void> {
    const look = (text: string) =>
      harness.nobody.query<{ recallNotice: object | null }>(
        'query($t: String!) { recallNotice(token: $t) { version reason replacementVersion acknowledgedAt } }',
        { t: text },
      );
    expect((await look(token)).recallNotice).toMatchObject({ version: '2.3.1', replacementVersion: '2.3.2', acknowledgedAt: null });
    for (const forged of ['', 'x', `${token}0`, token.slice(0, -1), `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`])
      expect((await look(forged)).recallNotice).toBeNull();
    expect(
      (await seeAnnouncement(harness.admin, announcementId)).recipients.nodes.every(({ acknowledgedAt }) => acknowledgedAt === null),
    ).toBe(true);
    await harness.nobody.run('acknowledgeRecall', { token }, 'recall { acknowledgedAt }');
  }
});

const AUDIENCE = `query($id: ID!) { announcementAudience(input: { downloadableId: $id, withSecondText: true }) {
  first { people licenses } reasons { reason } endCursor } }`;
const ACKNOWLEDGE = 'mutation($input: AcknowledgeRecallInput!) { acknowledgeRecall(input: $input) { recall { version } } }';
