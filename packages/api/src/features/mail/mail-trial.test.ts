import type { SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TEST_SETUPS, type Harness } from '../../testing/harness.js';
import { cutAll, Mailboxes, refusal, SENT_MAIL_FIELDS, type SentMail } from '../../testing/mailbox.js';

describe.each(TEST_SETUPS.filter((setup) => setup.isAvailable))('a mail server that is tried out on $name', ({ start }) => {
  let harness: Harness;
  const mailboxes = new Mailboxes();
  beforeAll(async () => {
    harness = await start();
  });
  afterEach(() => mailboxes.closeAll());
  afterAll(() => harness.close());

  const inputOf = (port: number, more: object = {}): Record<string, unknown> => ({
    to: 'it@sparrow.example',
    smtpHost: '127.0.0.1',
    smtpPort: port,
    smtpSecurity: 'NONE',
    smtpUser: 'sender',
    smtpPassword: 'right',
    mailFrom: 'releases@aurora.example',
    ...more,
  });
  const tryOut = (port: number, more: object = {}) =>
    harness.admin.mutate<{ mail: SentMail }>('testMail', inputOf(port, more), SENT_MAIL_FIELDS);

  it('is tried out by what is typed: one mail arrives, in text and HTML of the same words', async () => {
    const { port, received } = await mailboxes.open();
    const { mail, userErrors } = await tryOut(port);
    expect(userErrors).toEqual([]);
    expect(mail).toMatchObject({ state: 'SENT', problem: null, toAddress: 'it@sparrow.example', subject: 'Test mail from Slipway' });
    expect(received).toHaveLength(1);
    const [arrived] = received;
    expect(arrived?.from?.value).toEqual([{ address: 'releases@aurora.example', name: 'Slipway' }]);
    expect(arrived?.text).toContain('mail leaves through 127.0.0.1 and arrives here.');
    expect(String(arrived?.html)).toContain('mail leaves through 127.0.0.1 and arrives here.');
    expect(arrived?.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it.each([
    ['a wrong password', {}, { smtpPassword: 'wrong' }, 'FAILED', /refuses user and password/],
    [
      'an unknown recipient',
      { onRcptTo: (_to, _session, done) => done(refusal(550, 'No such person here')) },
      {},
      'FAILED',
      /refuses the recipient: 550 No such person here/,
    ],
    [
      'a full mailbox',
      { onRcptTo: (_to, _session, done) => done(refusal(452, 'Mailbox full')) },
      {},
      'FAILED',
      /refuses the recipient: 452 Mailbox full/,
    ],
    [
      'a sender that may not',
      { onMailFrom: (_from, _session, done) => done(refusal(553, 'Not your address')) },
      {},
      'FAILED',
      /does not let this user send from that address: 553 Not your address/,
    ],
    ['no STARTTLS', {}, { smtpSecurity: 'STARTTLS' }, 'FAILED', /offers no STARTTLS/],
    [
      'a connection that ends before the answer',
      { onData: (stream) => void stream.on('end', cutAll).resume() },
      {},
      'UNKNOWN',
      /ended before the server said/,
    ],
  ] as [string, SMTPServerOptions, object, string, RegExp][])('tells of %s in words', async (_name, options, more, state, problem) => {
    const { port } = await mailboxes.open({ ...options, hidePIPELINING: true });
    const { mail } = await tryOut(port, more);
    expect(mail).toMatchObject({ state, problem: expect.stringMatching(problem) });
  });

  it.each([
    ['whose certificate nobody trusts', { secure: true }, { smtpSecurity: 'TLS' }, /certificate of the server is not valid/],
    ['of another port', null, {}, /Nothing answers at that port/],
    ['that does not exist', null, { smtpHost: 'mail.invalid', smtpUser: '' }, /no server of that name/],
    ['of the cloud itself', null, { smtpHost: '169.254.169.254', smtpUser: '' }, /no setting may lead there/],
    ['of the private network', null, { smtpHost: '10.1.2.3', smtpUser: '' }, /ALLOWED_PRIVATE_HOSTS/],
  ] as [string, SMTPServerOptions | null, object, RegExp][])('tells of a server %s', async (_name, options, more, problem) => {
    const { port } = options ? await mailboxes.open({ ...options, disabledCommands: [] }) : { port: 1 };
    expect((await tryOut(port, more)).mail).toMatchObject({ state: 'FAILED', problem: expect.stringMatching(problem) });
  });

  it('gets no password without encryption, unless it is on this machine', async () => {
    const { userErrors } = await tryOut(25, { smtpHost: 'smtp.example.com' });
    expect(userErrors).toMatchObject([
      { field: 'smtpSecurity', message: 'A password is not sent without encryption: choose STARTTLS or TLS.' },
    ]);
  });

  it('is refused at its field where a value cannot be', async () => {
    const { userErrors } = await tryOut(99_999, { to: 'nobody', smtpHost: 'smtp://x', mailFrom: '', smtpUser: '' });
    expect(new Set(userErrors.map(({ field }) => field))).toEqual(new Set(['mailFrom', 'smtpHost', 'smtpPort', 'to']));
  });
});
