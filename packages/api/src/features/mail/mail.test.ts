import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { Mailboxes, refusal, SENT_MAIL_FIELDS, type SentMail } from '../../testing/mailbox.js';
import { makeToken } from '../../testing/make.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('mail on $name', ({ start }) => {
  let harness: Harness;
  const mailboxes = new Mailboxes();
  beforeAll(async () => {
    harness = await start();
  });
  afterEach(() => mailboxes.closeAll());
  afterAll(() => harness.close());

  const save = (settings: Record<string, unknown>) => harness.admin.run('updateSettings', settings, 'settings { lockVersion }');
  const hurry = () =>
    harness.database.transaction((tx) => tx.execute('UPDATE job SET run_at = ? WHERE finished_at IS NULL', ['2020-01-01 00:00:00.000']));
  const put = async (dedupeKey: string, subject = 'News'): Promise<string | null> =>
    harness.database.transaction((tx) =>
      harness.app.features.outbox.put(tx, {
        kind: 'TEST',
        dedupeKey,
        to: { address: 'it@sparrow.example', name: 'Ida', userId: null },
        subject,
        text: 'Plain words.',
        html: '<p>Plain words.</p>',
        link: null,
      }),
    );
  const putSecret = (dedupeKey: string): Promise<string | null> =>
    harness.database.transaction((tx) =>
      harness.app.features.outbox.put(tx, {
        kind: 'TEST',
        dedupeKey,
        to: { address: 'it@sparrow.example', name: 'Ida', userId: null },
        subject: 'Sign in',
        text: 'Use https://downloads.example.com/once/topsecret',
        html: '<a href="https://downloads.example.com/once/topsecret">Sign in</a>',
        link: 'https://downloads.example.com/once/topsecret',
        isSecret: true,
      }),
    );
  const find = async (id: string | null): Promise<SentMail> => {
    const { mails } = await harness.admin.query<{ mails: { nodes: SentMail[] } }>(
      '{ mails(first: 50) { nodes { id state problem answer text attempts } } }',
    );
    return mails.nodes.find((mail) => mail.id === id)!;
  };

  it('waits in the outbox without a server, and goes out by hand when there is one', async () => {
    const id = await put('held');
    expect(await put('held')).toBeNull();
    await harness.settle();
    expect(await find(id)).toMatchObject({ state: 'HELD', text: 'Plain words.', attempts: 0 });
    const { port, received } = await mailboxes.open();
    await save({
      smtpHost: '127.0.0.1',
      smtpPort: port,
      smtpSecurity: 'NONE',
      smtpUser: 'sender',
      smtpPassword: 'right',
      mailFrom: 'releases@aurora.example',
    });
    await harness.settle();
    expect(received).toHaveLength(0);
    await harness.admin.run('sendMailAgain', { id }, SENT_MAIL_FIELDS);
    await harness.settle();
    expect(await find(id)).toMatchObject({ state: 'SENT', attempts: 1 });
    expect(received.map(({ text }) => text?.trim())).toEqual(['Plain words.']);
  });

  it('keeps its password sealed, and shows a mark in its place', async () => {
    const { settings } = await harness.admin.query<{ settings: { smtpPassword: string; lockVersion: number } }>(
      '{ settings { smtpPassword lockVersion } }',
    );
    expect(settings.smtpPassword).toBe('••••••••');
    await save({ smtpPassword: settings.smtpPassword, smtpUser: 'sender', lockVersion: settings.lockVersion });
    const tables = await Promise.all(
      ['setting', 'audit_event', 'audit_personal', 'mail'].map((table) => harness.database.query(`SELECT * FROM ${table}`)),
    );
    expect(JSON.stringify(tables)).not.toContain('right');
    expect((await harness.app.features.settings.read()).smtpPassword).toBe('right');
  });

  it('is tried again after a 4xx, and never after a 5xx', async () => {
    let answer: Error | null = refusal(451, 'Try later');
    const { port, received } = await mailboxes.open({ onRcptTo: (_to, _session, done) => done(answer) });
    await save({ smtpPort: port });
    const id = await put('later');
    await harness.settle();
    expect(await find(id)).toMatchObject({ state: 'QUEUED', attempts: 1, problem: expect.stringContaining('451 Try later') });
    answer = null;
    await hurry();
    await harness.settle();
    expect(await find(id)).toMatchObject({ state: 'SENT', attempts: 2, problem: null });
    answer = refusal(550, 'Unknown');
    const other = await put('never');
    await harness.settle();
    await hurry();
    await harness.settle();
    expect(await find(other)).toMatchObject({ state: 'FAILED', attempts: 1 });
    expect(received).toHaveLength(1);
  });

  it('that was in flight at a crash is never sent by itself again', async () => {
    const { port, received } = await mailboxes.open();
    await save({ smtpPort: port });
    const id = await put('crash');
    await harness.database.transaction((tx) => tx.execute(`UPDATE mail SET state = 'SENDING', attempts = 1 WHERE id = ?`, [id]));
    await harness.settle();
    expect(await find(id)).toMatchObject({ state: 'UNKNOWN', problem: expect.stringContaining('ask the recipient') });
    expect(received).toHaveLength(0);
  });

  it('whose process is gone is told to be lost by the next sweep', async () => {
    const id = await put('lost');
    await harness.database.transaction((tx) =>
      tx.execute(`UPDATE mail SET state = 'SENDING', settled_at = ? WHERE id = ?`, ['2020-01-01 00:00:00.000', id]),
    );
    await harness.app.features.sweeper.sweep();
    expect(await find(id)).toMatchObject({ state: 'UNKNOWN' });
  });

  it('goes out no faster than the settings say, and each once', async () => {
    const { port, received } = await mailboxes.open();
    await harness.database.transaction((tx) => tx.execute('DELETE FROM mail'));
    await save({ smtpPort: port, mailsPerMinute: 2 });
    const ids = await Promise.all(['a', 'b', 'c', 'd'].map((key) => put(key)));
    await harness.settle();
    expect(received).toHaveLength(2);
    await harness.database.transaction((tx) =>
      tx.execute('UPDATE mail SET settled_at = ? WHERE settled_at IS NOT NULL', ['2020-01-01 00:00:00.000']),
    );
    await hurry();
    await harness.settle();
    expect(received).toHaveLength(4);
    expect((await Promise.all(ids.map(find))).map(({ state, attempts }) => [state, attempts])).toEqual(ids.map(() => ['SENT', 1]));
  });

  it('with a link that lets in whoever has it is sealed, read by few, and gone once it is sent', async () => {
    const { port, received } = await mailboxes.open({ onRcptTo: (_to, _session, done) => done(refusal(451, 'Later')) });
    await save({ smtpPort: port, mailsPerMinute: 1_000 });
    const id = await putSecret('secret');
    await harness.settle();
    const rows = await harness.database.query('SELECT * FROM mail WHERE id = ?', [id]);
    expect(JSON.stringify(rows)).not.toContain('topsecret');
    expect((await find(id)).text).toContain('topsecret');
    const support = await harness.makeUser('SUPPORT');
    const seen = await support.query<{ mails: { nodes: { id: string; text: string; link: string | null }[] } }>(
      '{ mails(first: 50) { nodes { id text link } } }',
    );
    expect(seen.mails.nodes.find((mail) => mail.id === id)).toEqual({ id, text: '', link: null });
    const open = await mailboxes.open();
    await save({ smtpPort: open.port });
    await hurry();
    await harness.settle();
    expect(received).toHaveLength(0);
    expect(open.received[0]?.text).toContain('https://downloads.example.com/once/topsecret');
    expect(await find(id)).toMatchObject({ state: 'SENT', text: '' });
    const { userErrors } = await harness.admin.mutate('sendMailAgain', { id });
    expect(userErrors.map(({ code }) => code)).toEqual(['MAIL_GONE']);
  });

  it('has one subject, whatever was typed', async () => {
    const { port, received } = await mailboxes.open();
    await save({ smtpPort: port, mailsPerMinute: 1_000 });
    await put('headers', 'News\r\nBcc: everybody@sparrow.example\u2028 <script>');
    await harness.settle();
    expect(received[0]?.subject).toBe('News Bcc: everybody@sparrow.example  <script>');
    expect(received[0]?.bcc).toBeUndefined();
  });

  it('leaves as a file, by state and address', async () => {
    const answer = await harness.admin.fetch('/api/v1/logs/mail.json?state=SENT&search=it@sparrow.example');
    expect(answer.status).toBe(200);
    const lines = (await answer.json()) as { state: string; to: string }[];
    expect(new Set(lines.map(({ state, to }) => `${state} ${to}`))).toEqual(new Set(['SENT it@sparrow.example']));
  });

  it('is listed for those who read logs, and sent by administrators', async () => {
    const support = await harness.makeUser('SUPPORT');
    const list = '{ mails(first: 1) { nodes { id } totalCount } }';
    expect((await support.graphql(list)).errors).toEqual([]);
    for (const client of [
      harness.nobody,
      await harness.makeUser('PUBLISHER'),
      await makeToken(harness.admin, { scopes: ['release:read'] }),
    ])
      expect((await client.graphql(list)).errors[0]?.extensions.code).toMatch(/^(FORBIDDEN|UNAUTHENTICATED)$/);
    const send = 'mutation($input: TestMailInput!) { testMail(input: $input) { userErrors { code } } }';
    expect((await support.graphql(send, { input: { to: 'a@b.example' } })).errors[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
