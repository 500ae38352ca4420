import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seeAnnouncement, mailThrough, untilOver, writeAnnouncement, type SeenRecipient } from '../../testing/announcement-world.js';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { Mailboxes, type Mailbox } from '../../testing/mailbox.js';
import { makeCustomer, makeDraft, makeFile, makeLicense, makeLimited, makeProduct, makePublished } from '../../testing/make.js';

const LONG_AGO = '2020-01-01';
const SECOND = { secondSubject: 'Renew for {version}', secondBody: 'Updates ended on {updatesUntil}.\n\n{renew}' };

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('an announcement on $name', ({ start }) => {
  let harness: Harness;
  let mailbox: Mailbox;
  const mailboxes = new Mailboxes();
  let productId: string;
  let count = 0;
  beforeAll(async () => {
    harness = await start();
    mailbox = await mailboxes.open();
    await mailThrough(harness.admin, mailbox);
    await harness.admin.run('updateSettings', { renewalUrl: 'https://shop.example/renew?l={license}' }, 'settings { lockVersion }');
    productId = (await makeProduct(harness.admin, { name: 'Aurora', slug: 'aurora' })).id;
    await fill();
  });
  afterAll(async () => {
    await mailboxes.closeAll();
    await harness.close();
  });

  const customer = async (name: string) =>
    (await makeCustomer(harness.admin, { name, email: `${name.toLowerCase()}@customer.example` })).id;
  const license = async (name: string, terms: Record<string, unknown> = {}, change?: string) => {
    const customerId = await customer(name);
    const made = await makeLicense(harness, { productId, customerId, ...terms });
    if (change) await harness.admin.run(change, { id: made.id }, 'license { id }');
    return made;
  };
  async function fill(): Promise<void> {
    const { customerId } = await license('Active');
    await makeLicense(harness, { productId, customerId });
    await license('Ended', { updatesUntil: LONG_AGO });
    await license('Suspended', {}, 'suspendLicense');
    await license('Expired', { expiresAt: '2021-01-01T00:00:00Z' });
    await license('Silent');
    await license('Refused');
    const both = await license('Both', {}, 'suspendLicense');
    await makeLicense(harness, { productId, customerId: both.customerId });
    const { newsChoices, refusedAddresses } = harness.app.features;
    await harness.database.transaction(async (tx) => {
      await newsChoices.chooseNothing(tx, 'silent@customer.example');
      await refusedAddresses.mark(tx, 'refused@customer.example', '550 No such mailbox');
    });
  }
  const publish = (input: Record<string, unknown> = {}) =>
    makePublished(harness, { productId, version: `2.${(count += 1)}.0`, changelog: '- A **timeline**', ...input });
  const send = (id: string, input: Record<string, unknown> = {}) =>
    harness.admin.run('sendAnnouncement', { id, ...input }, 'announcement { state }');
  const byName = (rows: readonly SeenRecipient[]) =>
    Object.fromEntries(rows.map(({ name, state, text, reason, mailState }) => [name, [state, text, reason, mailState]]));

  it('reaches exactly those who may have the release, once each, and lists all others with the reason', async () => {
    const release = await publish();
    const id = await writeAnnouncement(harness.admin, release.id, SECOND);
    await send(id);
    const over = await untilOver(harness, id);
    expect(over).toMatchObject({ state: 'SENT', judged: 9, waiting: 0, mailed: 3, noticeOnly: 2, leftOut: 2 });
    expect(byName(over.recipients.nodes)).toEqual({
      Active: ['MAILED', 'FIRST', null, 'SENT'],
      Both: ['MAILED', 'FIRST', null, 'SENT'],
      Ended: ['MAILED', 'SECOND', null, 'SENT'],
      Suspended: ['LEFT_OUT', 'FIRST', 'LICENSE_SUSPENDED', null],
      Expired: ['LEFT_OUT', 'FIRST', 'LICENSE_EXPIRED', null],
      Silent: ['NOTICE_ONLY', 'FIRST', 'CHOSE_NO_MAIL', null],
      Refused: ['NOTICE_ONLY', 'FIRST', 'ADDRESS_REFUSED', null],
    });
    const mails = mailbox.received.map((mail) => [mail.subject, mail.to && 'text' in mail.to ? mail.to.text : ''].join(' to '));
    expect(mails.toSorted()).toEqual([
      `Aurora ${release.version} is out to "Active" <active@customer.example>`,
      `Aurora ${release.version} is out to "Both" <both@customer.example>`,
      `Renew for ${release.version} to "Ended" <ended@customer.example>`,
    ]);
    const [active] = mailbox.received.filter(({ text }) => text?.includes('Hello Active'));
    expect(active?.html).toMatch(/<li style="[^"]+">A <strong>timeline<\/strong><\/li>/);
    expect(active?.text).toContain(`/portal/downloads/aurora/${release.version}`);
    expect(active?.headers.get('list')).toMatchObject({ unsubscribe: { url: expect.stringContaining('/unsubscribe/') } });
    const [ended] = mailbox.received.filter(({ subject }) => subject?.startsWith('Renew'));
    expect(ended?.text).toMatch(/Updates ended on Jan 1, 2020\.\n\nRenew updates:\nhttps:\/\/shop\.example\/renew\?l=/);
  });

  it('asks before a release is announced again, and leaves out whoever was told', async () => {
    const release = await publish();
    const [first, again] = [await writeAnnouncement(harness.admin, release.id), await writeAnnouncement(harness.admin, release.id, SECOND)];
    await send(first);
    await untilOver(harness, first);
    const { userErrors } = (await harness.admin.mutate('sendAnnouncement', { id: again })) as { userErrors: readonly object[] };
    expect(userErrors).toMatchObject([{ code: 'ALREADY_ANNOUNCED', field: 'excludeAlreadyTold' }]);
    await send(again, { excludeAlreadyTold: true });
    const over = await untilOver(harness, again);
    expect(byName(over.recipients.nodes)).toMatchObject({
      Active: ['LEFT_OUT', 'FIRST', 'ALREADY_TOLD', null],
      Silent: ['LEFT_OUT', 'FIRST', 'ALREADY_TOLD', null],
      Ended: ['MAILED', 'SECOND', null, 'SENT'],
    });
  });

  it('tells nobody whose license was suspended after the audience was worked out, and somebody at their next text', async () => {
    const release = await publish();
    const late = await license('Late');
    const id = await writeAnnouncement(harness.admin, release.id, { ...SECOND, perMinute: 1 });
    await send(id);
    await harness.settle();
    expect(await seeAnnouncement(harness.admin, id)).toMatchObject({ state: 'SENDING', mailed: 1 });
    await harness.admin.run('suspendLicense', { id: late.id }, 'license { id }');
    await harness.database.transaction((tx) => tx.execute('UPDATE announcement SET per_minute = NULL WHERE id = ?', [id]));
    const over = await untilOver(harness, id);
    expect(byName(over.recipients.nodes)['Late']).toEqual(['LEFT_OUT', 'FIRST', 'LICENSE_SUSPENDED', null]);
  });

  it('puts nothing into the outbox after it is stopped, calls back what waits there, and goes on when it is sent again', async () => {
    const limit = (mailsPerMinute: number) => harness.admin.run('updateSettings', { mailsPerMinute }, 'settings { lockVersion }');
    const release = await publish();
    const id = await writeAnnouncement(harness.admin, release.id, { perMinute: 1 });
    const before = mailbox.received.length;
    // So many went out in this minute already: these stay in the outbox.
    await limit(1);
    await send(id);
    await harness.settle();
    expect(await seeAnnouncement(harness.admin, id)).toMatchObject({ state: 'SENDING', mailed: 1 });
    await harness.admin.run('stopAnnouncement', { id }, 'announcement { state }');
    await limit(10_000);
    await harness.settle();
    const stopped = await seeAnnouncement(harness.admin, id);
    expect(stopped).toMatchObject({ state: 'STOPPED', mailed: 0 });
    expect(mailbox.received.length).toBe(before);
    expect(stopped.recipients.nodes.filter(({ state }) => state === 'WAITING')).toHaveLength(stopped.waiting);
    await harness.database.transaction((tx) => tx.execute('UPDATE announcement SET per_minute = NULL WHERE id = ?', [id]));
    await send(id);
    const over = await untilOver(harness, id);
    expect(over).toMatchObject({ state: 'SENT', waiting: 0 });
    expect(mailbox.received.length - before).toBe(over.mailed);
  });

  it('waits for its time, and stops with the reason where the release is not out by then', async () => {
    const draft = await makeDraft(harness.admin, { productId });
    await makeFile(harness, draft.id);
    const soon = new Date(harness.clock.now().getTime() + 3_600_000).toISOString();
    await harness.admin.run('publishDownloadable', { id: draft.id, publishAt: soon }, 'downloadable { id }');
    const id = await writeAnnouncement(harness.admin, draft.id);
    const { userErrors } = (await harness.admin.mutate('sendAnnouncement', { id })) as { userErrors: readonly object[] };
    expect(userErrors).toMatchObject([
      { code: 'RELEASE_NOT_PUBLISHED', message: `Version ${draft.version} is not published: choose a time after it is published.` },
    ]);
    await send(id, { sendAt: soon });
    await harness.settle();
    expect(await seeAnnouncement(harness.admin, id)).toMatchObject({ state: 'SCHEDULED', judged: 0 });
    await harness.database.transaction((tx) =>
      tx.execute(`UPDATE job SET run_at = '2020-01-01' WHERE kind = 'announcement.step' AND finished_at IS NULL`),
    );
    expect(await untilOver(harness, id)).toMatchObject({
      state: 'STOPPED',
      problem: 'The release is not published: publish it, then continue.',
    });
  });

  it('has a preview that counts as the sending does, a part at a time', async () => {
    const release = await publish();
    const { announcementAudience: step } = await harness.admin.query<{ announcementAudience: Step }>(AUDIENCE, { id: release.id });
    expect(step).toMatchObject({ first: { people: 2 }, second: { licenses: 1, people: 1 }, endCursor: null });
    expect(step.judgedLicenses).toBe(step.totalLicenses);
    expect(Object.fromEntries(step.reasons.map(({ reason, people }) => [reason, people]))).toEqual({
      LICENSE_SUSPENDED: 2,
      LICENSE_EXPIRED: 1,
      CHOSE_NO_MAIL: 1,
      ADDRESS_REFUSED: 1,
    });
    const publisher = await makeLimited(harness, 'PUBLISHER', [productId]);
    const { announcementAudience: blind } = await publisher.query<{ announcementAudience: Step }>(AUDIENCE, { id: release.id });
    expect(blind).toMatchObject({ first: step.first, sample: [] });
    const other = await makeLimited(harness, 'PUBLISHER', [(await makeProduct(harness.admin)).id]);
    await expect(other.query(AUDIENCE, { id: release.id })).rejects.toThrow(/not found|no such|downloadable/i);
  });

  it('is shown as somebody gets it, and sent to whoever writes it', async () => {
    const release = await publish();
    const made = await license('Previewed', { updatesUntil: '2090-03-01' });
    const texts = { downloadableId: release.id, subject: 'For {name}', body: 'Until {updatesUntil}: {link}' };
    const { preview } = await harness.admin.run<{ preview: { subject: string; text: string; html: string; to: string } }>(
      'previewAnnouncement',
      { ...texts, licenseId: made.id },
      'preview { subject text html to }',
    );
    expect(preview).toMatchObject({ subject: 'For Previewed', to: 'previewed@customer.example' });
    expect(preview.text).toContain('Until Mar 1, 2090: http://');
    const { mail } = await harness.admin.run<{ mail: { toAddress: string } }>('testAnnouncement', texts, 'mail { toAddress }');
    await harness.settle();
    expect(mailbox.received.at(-1)).toMatchObject({ subject: '[Test] For Alex Example' });
    expect(mail.toAddress).toMatch(/^admin-/);
  });

  it('has all of its recipients as CSV, in which no name is a formula', async () => {
    const release = await publish();
    await makeLicense(harness, {
      productId,
      customerId: (await makeCustomer(harness.admin, { name: '=1+1', email: 'formula@customer.example' })).id,
    });
    const id = await writeAnnouncement(harness.admin, release.id);
    await send(id);
    const over = await untilOver(harness, id);
    const csv = await (await harness.admin.fetch(`/api/v1/announcements/${id}/recipients.csv`)).text();
    expect(csv.trimEnd().split('\r\n')).toHaveLength(over.recipients.totalCount + 1);
    expect(csv).toContain(`'=1+1`);
    const publisher = await harness.makeUser('PUBLISHER');
    expect((await publisher.fetch(`/api/v1/announcements/${id}/recipients.csv`)).status).toBe(403);
  });
});

interface Step {
  readonly judgedLicenses: number;
  readonly totalLicenses: number;
  readonly first: { readonly people: number };
  readonly reasons: readonly { readonly reason: string; readonly people: number }[];
  readonly sample: readonly object[];
}
const AUDIENCE = `query($id: ID!) { announcementAudience(input: { downloadableId: $id, withSecondText: true }) {
  judgedLicenses totalLicenses first { licenses people } second { licenses people } reasons { reason licenses people } sample { name } endCursor } }`;
