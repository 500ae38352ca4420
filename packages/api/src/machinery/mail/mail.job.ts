import type { SmtpSettings } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import type { Transaction } from '../../database/transaction.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import { firstCharacters } from '../../kernel/text/first-characters.js';
import type { JobHandler } from '../jobs/job-lane.js';
import { databaseNow } from '../jobs/job-queue.js';
import { Mail, type MailState } from './mail.entity.js';
import { MailSeal, NO_WORDS } from './mail-seal.js';
import { askForDelivery } from './outbox.js';
import { RefusedAddresses } from './refused-addresses.js';
import { sendMail, type OutgoingMail, type SendOutcome } from './smtp-sender.js';
import { explainSmtp, isAboutAddress } from './smtp-words.js';

/** How mail goes out at present. */
export interface MailRoute {
  /** Null: there is no server. */
  readonly smtp: SmtpSettings | null;
  readonly from: { readonly address: string; readonly name: string };
  readonly replyTo: string | null;
  readonly perMinute: number;
  /** What private addresses the server may have. */
  readonly allowed: readonly string[] | 'ANY';
}

export interface DeliveryUse {
  readonly database: Database;
  readonly secrets: Secrets;
  readonly readRoute: () => Promise<MailRoute>;
}

/** Attempts wait 1, 2, 4, ... minutes, at most this long, and end after two days. @see https://datatracker.ietf.org/doc/html/rfc5321#section-4.5.4.1 */
const AGAIN_SECONDS = 60;
const AGAIN_MOST_SECONDS = 3_600;
const ATTEMPTS_MAX_COUNT = 50;
const MINUTE_MS = 60_000;
const TEXT_LENGTH = 500;

/** Sends one mail at most once: it is marked before the server hears of it, and what was in flight at a crash is never sent by itself again. */
export function deliverJob(use: DeliveryUse): JobHandler {
  const seal = new MailSeal(use.secrets);
  const refusedAddresses = new RefusedAddresses(use.secrets);
  return async (payload) => {
    const { mailId } = payload as { mailId: string }; // written by `askForDelivery`
    const mail = await use.database.read.findOneBy(Mail, { id: mailId });
    // Another attempt began it and never came back: its job ran out.
    if (mail?.state === 'SENDING') return (tx) => settle(tx, mail, { state: 'UNKNOWN', problem: IN_FLIGHT });
    if (mail?.state !== 'QUEUED') return async () => undefined;
    const route = await use.readRoute();
    if (route.smtp === null) return (tx) => hold(tx, mail);
    if (!(await hasRoom(use.database, route.perMinute))) return (tx) => askForDelivery(tx, mail.id, secondsToWait(route.perMinute));
    if (!(await begin(use.database, mail))) return async () => undefined;
    const outcome = await sendMail(route.smtp, outgoing(mail, { ...route, seal }), route.allowed);
    return (tx) => concludeAttempt(tx, { mail, outcome, refusedAddresses });
  };
}

function outgoing(mail: Mail, { from, replyTo, seal }: Pick<MailRoute, 'from' | 'replyTo'> & { readonly seal: MailSeal }): OutgoingMail {
  const { messageId, subject, unsubscribeUrl } = mail;
  return { messageId, subject, unsubscribeUrl, from, replyTo, to: { address: mail.toAddress, name: mail.toName }, ...seal.open(mail) };
}

/** What is said of a mail that nobody knows of whether it arrived. */
export const IN_FLIGHT = 'It was in flight when the server stopped: ask the recipient, then send it again if it did not arrive.';

/** From here on it counts as sent, whatever happens. @returns false: another process was faster */
function begin(database: Database, mail: Mail): Promise<boolean> {
  return database.transaction(async (tx) => {
    const sql = `UPDATE mail SET state = 'SENDING', attempts = attempts + 1, settled_at = ? WHERE id = ? AND state = 'QUEUED'`;
    return (await tx.execute(sql, [toSqlInstant(await databaseNow(tx)), mail.id])) === 1;
  });
}

/** Whether another one may go out within this minute; all replicas count together. */
async function hasRoom(database: Database, perMinute: number): Promise<boolean> {
  const since = new Date((await databaseNow(database)).getTime() - MINUTE_MS);
  const [row] = await database.query<{ total: number | string }>(
    `SELECT COUNT(*) AS total FROM mail WHERE settled_at > ? AND state IN ('SENDING', 'SENT', 'UNKNOWN')`,
    [toSqlInstant(since)],
  );
  return Number(row?.total ?? 0) < perMinute;
}

const secondsToWait = (perMinute: number): number => Math.max(1, Math.ceil(60 / perMinute));

export interface Concluded {
  readonly mail: Mail;
  readonly outcome: SendOutcome;
  readonly refusedAddresses: RefusedAddresses;
}

/** Writes down what became of an attempt, also at its address, and asks for the next one where there is to be one. */
export async function concludeAttempt(tx: Transaction, { mail, outcome, refusedAddresses }: Concluded): Promise<void> {
  if (outcome.kind === 'SENT') {
    await refusedAddresses.clear(tx, mail.toAddress);
    return settle(tx, mail, { state: 'SENT', problem: null, answer: outcome.answer });
  }
  const { answer } = outcome.fault;
  const problem = explainSmtp(outcome);
  if (outcome.kind === 'UNKNOWN') return settle(tx, mail, { state: 'UNKNOWN', problem, answer });
  if (isAboutAddress(outcome)) await refusedAddresses.mark(tx, mail.toAddress, cut(answer));
  if (outcome.kind === 'NEVER' || mail.attempts + 1 >= ATTEMPTS_MAX_COUNT) return settle(tx, mail, { state: 'FAILED', problem, answer });
  await write(tx, mail.id, { state: 'QUEUED', problem, answer, settledAt: null });
  await askForDelivery(tx, mail.id, Math.min(AGAIN_SECONDS * 2 ** mail.attempts, AGAIN_MOST_SECONDS));
}

const cut = (text: string): string => firstCharacters(text, TEXT_LENGTH);

interface Settled {
  readonly state: MailState;
  readonly problem: string | null;
  readonly answer?: string;
}

async function settle(tx: Transaction, mail: Mail, settled: Settled): Promise<void> {
  await write(tx, mail.id, { ...settled, settledAt: await databaseNow(tx) });
  if (mail.isSecret && settled.state === 'SENT') await tx.manager.update(Mail, { id: mail.id }, NO_WORDS);
}

function hold(tx: Transaction, mail: Mail): Promise<void> {
  return write(tx, mail.id, { state: 'HELD', problem: null, settledAt: null });
}

async function write(
  tx: Transaction,
  id: string,
  { answer, problem, ...row }: Settled & { readonly settledAt: Date | null },
): Promise<void> {
  await tx.manager.update(
    Mail,
    { id },
    { ...row, problem: problem === null ? null : cut(problem), ...(answer === undefined ? {} : { answer: cut(answer) }) },
  );
}
