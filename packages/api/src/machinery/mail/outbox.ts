import { randomBytes } from 'node:crypto';
import { toSqlInstant } from '../../database/instants.js';
import type { Transaction } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import { newEventId } from '../../kernel/ids.js';
import { firstCharacters } from '../../kernel/text/first-characters.js';
import { databaseNow, enqueueJob } from '../jobs/job-queue.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import type { MailKind } from './mail.entity.js';
import { MailSeal } from './mail-seal.js';

export const DELIVER_JOB = 'mail.deliver';
const SUBJECT_LENGTH = 200;
const NAME_LENGTH = 200;

/** A mail to be sent. */
export interface NewMail {
  readonly kind: MailKind;
  readonly dedupeKey: string;
  readonly to: { readonly address: string; readonly name: string; readonly userId: string | null };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly link: string | null;
  /** The customer and the release that it is about, where there are any. */
  readonly customerId?: string | null;
  readonly downloadableId?: string | null;
  /** Its link lets in whoever has it. */
  readonly isSecret?: boolean;
  /** News: where one click ends mails like this. */
  readonly unsubscribeUrl?: string | null;
}

/** One line, whatever was typed: a line break would begin another header. */
const inOneLine = (text: string, most: number): string => firstCharacters(text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim(), most);

/** Puts mails into the outbox, in the transaction of what they tell. */
export class Outbox {
  readonly #seal: MailSeal;

  constructor(
    private readonly clock: Clock,
    secrets: Secrets,
  ) {
    this.#seal = new MailSeal(secrets);
  }

  /** @returns its id; null: the same was asked for before */
  async put(tx: Transaction, mail: NewMail): Promise<string | null> {
    const now = this.clock.now();
    const id = newEventId(now);
    const isSecret = mail.isSecret ?? false;
    const { text, html, link } = isSecret ? this.#seal.seal(id, mail) : mail;
    const isNew = await tx.insertIfAbsent('mail', {
      id,
      kind: mail.kind,
      dedupe_key: mail.dedupeKey,
      state: 'QUEUED',
      to_address: mail.to.address,
      to_name: inOneLine(mail.to.name, NAME_LENGTH),
      user_id: mail.to.userId,
      customer_id: mail.customerId ?? null,
      downloadable_id: mail.downloadableId ?? null,
      is_secret: isSecret ? 1 : 0,
      unsubscribe_url: mail.unsubscribeUrl ?? null,
      subject: inOneLine(mail.subject, SUBJECT_LENGTH),
      text,
      html,
      link,
      created_at: toSqlInstant(now),
      attempts: 0,
      // The same for every attempt: a server that has seen it may drop it.
      message_id: `${id.toLowerCase()}.${randomBytes(8).toString('hex')}`,
    });
    if (!isNew) return null;
    await askForDelivery(tx, id, 0);
    return id;
  }
}

/** Asks for an attempt. @param inSeconds from now */
export async function askForDelivery(tx: Transaction, mailId: string, inSeconds: number): Promise<void> {
  const now = await databaseNow(tx);
  const runAt = new Date(now.getTime() + inSeconds * 1_000);
  // An attempt of its own each time: what became of the one before is in the row of the mail.
  const dedupeKey = `${DELIVER_JOB}:${mailId}:${now.getTime()}:${randomBytes(4).toString('hex')}`;
  await enqueueJob(tx, { kind: DELIVER_JOB, dedupeKey, payload: { mailId }, runAt });
}
