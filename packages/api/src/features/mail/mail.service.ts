import { checkEmail, checkMailSettings, checkSetting, SECRET_MARK, type SettingName } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { newEventId } from '../../kernel/ids.js';
import { mayUse } from '../../kernel/policy.js';
import { forbidden, notFound } from '../../kernel/problem/faults.js';
import { FieldProblems, refuse } from '../../kernel/problem/refusal.js';
import type { Audit } from '../../machinery/audit/audit.service.js';
import type { JobRunner } from '../../machinery/jobs/job-runner.js';
import { concludeAttempt } from '../../machinery/mail/mail.job.js';
import { Mail } from '../../machinery/mail/mail.entity.js';
import { askForDelivery } from '../../machinery/mail/outbox.js';
import { sendMail } from '../../machinery/mail/smtp-sender.js';
import type { SettingsService } from '../settings/settings.service.js';
import type { MailBrands } from '../settings/mail-brands.js';
import { allowedFor, routeOf, type MailSettings } from './mail-route.js';
import type { RefusedAddresses } from '../../machinery/mail/refused-addresses.js';
import { mailHtml, mailText, type MailContent } from '../../machinery/mail/mail-template.js';
import type { TestMailValues } from './mail.inputs.js';

export interface MailServiceUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly jobs: JobRunner;
  readonly settings: SettingsService;
  readonly brands: MailBrands;
  readonly refusedAddresses: RefusedAddresses;
  readonly allowedPrivateHosts: readonly string[];
}

const TYPED = [
  'smtpHost',
  'smtpPort',
  'smtpSecurity',
  'smtpUser',
  'smtpPassword',
  'mailFrom',
  'mailReplyTo',
] as const satisfies readonly SettingName[];

/** Sends a mail to try a server out, and sends again by hand what did not arrive. */
export class MailService {
  constructor(private readonly use: MailServiceUse) {}

  /** Sends one mail at once, by the values that are typed; what is left out is as it was saved. @throws Refusal at each field that cannot be */
  async test(context: RequestContext, { to, ...typed }: TestMailValues): Promise<Mail> {
    requireSettings(context);
    const settings = await this.#withTyped(to, typed);
    // An address of the environment is allowed by being there; another one is not by that.
    const isFixed = settings.smtpHost === (await this.use.settings.read()).smtpHost;
    const allowed = isFixed ? allowedFor(this.use.settings, this.use.allowedPrivateHosts) : this.use.allowedPrivateHosts;
    const route = routeOf(settings, allowed);
    if (route.smtp === null) refuse('NAME_REQUIRED', 'SMTP server is missing: enter it.', 'smtpHost');
    const mail = await this.#write(to.trim(), settings.smtpHost);
    const outcome = await sendMail(route.smtp, { ...mail, ...route, to: { address: mail.toAddress, name: mail.toName } }, route.allowed);
    const { database } = this.use;
    // A test is never sent by itself again: whoever asked for it sees what became of it.
    const isLater = outcome.kind === 'LATER' ? { ...outcome, kind: 'NEVER' as const } : outcome;
    await database.transaction((tx) => concludeAttempt(tx, { mail, outcome: isLater, refusedAddresses: this.use.refusedAddresses }));
    return database.read.findOneByOrFail(Mail, { id: mail.id });
  }

  async #withTyped(to: string, typed: Omit<TestMailValues, 'to'>): Promise<MailSettings> {
    const saved = await this.use.settings.read();
    const given = Object.fromEntries(
      TYPED.flatMap((name) => (typed[name] == null || typed[name] === SECRET_MARK ? [] : [[name, typed[name]]])),
    );
    const settings: MailSettings = { ...saved, ...given };
    const problems = new FieldProblems();
    problems.add('to', checkEmail(to.trim()));
    for (const name of TYPED) problems.add(name, checkSetting(name, settings[name]));
    for (const [name, problem] of Object.entries(checkMailSettings(settings))) problems.add(name, problem);
    problems.throwIfAny();
    return settings;
  }

  /** Marked before the server hears of it, as every mail is. */
  async #write(to: string, smtpHost: string): Promise<Mail> {
    const now = this.use.clock.now();
    const id = newEventId(now);
    const brand = await this.use.brands.read();
    const content = testContent(brand.vendorName, smtpHost);
    const mail: Mail = {
      ...TRIAL,
      id,
      dedupeKey: `test:${id}`,
      toAddress: to,
      subject: `Test mail from ${brand.vendorName}`,
      text: mailText(brand, content),
      html: mailHtml(brand, content),
      createdAt: now,
      settledAt: now,
      messageId: `${id.toLowerCase()}.test`,
    };
    await this.use.database.transaction((tx) => tx.manager.insert(Mail, mail));
    return mail;
  }

  /** Queues again what was held, refused, or may not have arrived. @throws Refusal where it is on its way */
  async sendAgain(context: RequestContext, id: string): Promise<Mail> {
    requireSettings(context);
    const { database, audit, jobs } = this.use;
    await database.transaction(async (tx) => {
      const mail = await tx.lock(Mail, { id });
      if (!mail) throw notFound('mail');
      if (!['HELD', 'FAILED', 'UNKNOWN', 'SENT'].includes(mail.state))
        refuse('IDEMPOTENCY_IN_PROGRESS', 'This mail is on its way already: wait to see what becomes of it.', 'id');
      if (mail.isSecret && mail.text === '')
        refuse('MAIL_GONE', 'The link in this mail was for one use and is gone from here: ask for a new one where it came from.', 'id');
      await tx.manager.update(Mail, { id }, { state: 'QUEUED', attempts: 0, problem: null, settledAt: null });
      await askForDelivery(tx, id, 0);
      const entry = { action: 'mail.sendAgain', subjectType: 'mail', subjectId: id } as const;
      await audit.record(tx, context, { ...entry, before: { state: mail.state }, after: { state: 'QUEUED' } });
    });
    jobs.nudge();
    return database.read.findOneByOrFail(Mail, { id });
  }
}

/** What a test mail says of itself: it is on its way at once, and about nobody and nothing. */
const TRIAL = {
  kind: 'TEST',
  state: 'SENDING',
  attempts: 1,
  toName: '',
  userId: null,
  customerId: null,
  downloadableId: null,
  isSecret: false,
  unsubscribeUrl: null,
  link: null,
  answer: null,
  problem: null,
} as const;

const testContent = (vendorName: string, smtpHost: string): MailContent => ({
  title: 'Mail works',
  paragraphs: [`This is a test from ${vendorName}: mail leaves through ${smtpHost} and arrives here.`],
  footer: 'You get this because an administrator tried out the mail settings with your address.',
});

/** Mail belongs to no product. */
function requireSettings({ actor }: RequestContext): void {
  if (!mayUse(actor, 'settings:write', null)) throw forbidden('settings:write');
}
