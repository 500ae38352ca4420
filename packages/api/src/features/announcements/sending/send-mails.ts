import { In } from 'typeorm';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import { groupBy } from '../../../kernel/grouping.js';
import { databaseNow } from '../../../machinery/jobs/job-queue.js';
import type { Outbox } from '../../../machinery/mail/outbox.js';
import type { License } from '../../licenses/license.entity.js';
import type { NewsChoices } from '../../news/news-choices.js';
import { recipientsOf } from '../../news/recipients.js';
import { Announcement, AnnouncementRecipient } from '../announcement.entity.js';
import type { AudienceReader } from '../../downloads/audience/audience-reader.js';
import type { Reach, ToldRelease } from '../audience/reach.js';
import type { RecallTokens } from '../recalls/recall-tokens.js';
import type { Replacements } from '../recalls/replacements.js';
import { composeMail } from '../text/announcement-mail.js';
import { valuesFor, type RecallFacts } from '../text/announcement-values.js';
import { readTelling, type Telling, type ToldFactsUse } from '../text/told-facts.js';
import { endAnnouncement, lockRound, type AnnouncementStep } from './announcement-row.js';
import { hasQueued } from './call-back.js';
import { placed, type PresentPeople } from './placed.js';
import { customerNames, listWaiting, ROWS_AT_ONCE } from './recipient-rows.js';
import { readRoom, settleMinute } from './send-room.js';

export interface SendUse extends ToldFactsUse {
  readonly database: Database;
  readonly audience: AudienceReader;
  readonly reach: Reach;
  readonly outbox: Outbox;
  readonly choices: NewsChoices;
  readonly replacements: Replacements;
  readonly tokens: RecallTokens;
}

/** What a part of the sending came to. */
export type SendOutcome = 'MORE' | 'LATER' | 'OVER';

/** All that is known of those who are next, read right before they are told. */
interface NextPeople extends PresentPeople {
  readonly telling: Telling;
  readonly release: NonNullable<Awaited<ReturnType<AudienceReader['release']>>>;
  readonly names: ReadonlyMap<string, string>;
  readonly replacements: ReadonlyMap<string, string>;
}

/** Tells the next people: each one's row, notice and mail are one transaction, under the lock of the announcement. */
export async function sendSlice(use: SendUse, step: AnnouncementStep): Promise<SendOutcome> {
  const seen = await use.database.read.findOneBy(Announcement, { id: step.announcementId, round: step.round, state: 'SENDING' });
  if (!seen) return 'OVER';
  const ids = await listWaiting(use.database, seen.id, ROWS_AT_ONCE);
  if (ids.length === 0) return use.database.transaction((tx) => endIfDone(tx, step));
  const room = await readRoom(use.database, seen);
  if (room === 0) return 'LATER';
  const next = ids.slice(0, room);
  const people = await readPeople(use, seen, next);
  await use.database.transaction(async (tx) => {
    const announcement = await lockRound(tx, step);
    if (announcement?.state !== 'SENDING') return;
    const waiting = await tx.manager.findBy(AnnouncementRecipient, { id: In([...next]), state: 'WAITING' });
    await tellAll(tx, use, { announcement, people: { ...people, announcement }, waiting });
  });
  return 'MORE';
}

async function endIfDone(tx: Transaction, step: AnnouncementStep): Promise<SendOutcome> {
  const announcement = await lockRound(tx, step);
  if (announcement?.state !== 'SENDING') return 'OVER';
  if ((await listWaiting(tx, announcement.id, 1)).length > 0) return 'MORE';
  if (await hasQueued(tx, announcement.id)) return 'LATER';
  await endAnnouncement(tx, announcement.id);
  return 'OVER';
}

async function readPeople(use: SendUse, announcement: Announcement, ids: readonly string[]): Promise<NextPeople> {
  const rows = await use.database.read.findBy(AnnouncementRecipient, { id: In([...ids]) });
  const customerIds = [...new Set(rows.map(({ customerId }) => customerId))];
  const release = await use.audience.release(announcement.downloadableId);
  if (!release) throw new Error(`The release of announcement ${announcement.id} is gone.`);
  const judged = await use.audience.judge(release, customerIds);
  return {
    announcement,
    release,
    telling: await readTelling(use, release),
    customers: new Map(judged.map((one) => [one.customerId, one])),
    names: await customerNames(use.database, customerIds),
    peopleOf: groupBy(await recipientsOf(use.database, customerIds), ({ customerId }) => customerId),
    replacements: announcement.kind === 'RECALL' ? await use.replacements.of(release, customerIds) : new Map(),
  };
}

interface NextTelling {
  readonly announcement: Announcement;
  readonly people: NextPeople;
  readonly waiting: readonly AnnouncementRecipient[];
}

async function tellAll(tx: Transaction, use: SendUse, { announcement, people, waiting }: NextTelling): Promise<void> {
  const told = { kind: announcement.kind, row: people.release.row };
  const next = await withoutTold(tx, use, { told, next: waiting.map((recipient) => placed(recipient, people)), announcement });
  const addresses = next.map(({ address }) => address);
  const barred = await use.reach.barred(tx, addresses, told);
  const at = await databaseNow(tx);
  const counts = { MAILED: 0, NOTICE_ONLY: 0, LEFT_OUT: 0 };
  for (const recipient of next) {
    const reason = recipient.reason ?? barred.get(recipient.address) ?? null;
    const state = recipient.reason !== null ? 'LEFT_OUT' : reason === null ? 'MAILED' : 'NOTICE_ONLY';
    const mailId = state === 'MAILED' ? await putMail(tx, use, { people, recipient }) : null;
    const { text, licenseId, address, name } = recipient;
    const change = { state, reason, mailId, text, licenseId, address, name, toldAt: state === 'LEFT_OUT' ? null : at } as const;
    const { affected } = await tx.manager.update(AnnouncementRecipient, { id: recipient.id, state: 'WAITING' }, change);
    if (affected !== 0) counts[state] += 1;
  }
  await tx.manager.update(
    Announcement,
    { id: announcement.id },
    {
      waiting: announcement.waiting - counts.MAILED - counts.NOTICE_ONLY - counts.LEFT_OUT,
      mailed: announcement.mailed + counts.MAILED,
      noticeOnly: announcement.noticeOnly + counts.NOTICE_ONLY,
      leftOut: announcement.leftOut + counts.LEFT_OUT,
      ...settleMinute(announcement, at, counts.MAILED),
    },
  );
}

interface BeforeTelling {
  readonly announcement: Announcement;
  readonly told: ToldRelease;
  readonly next: readonly AnnouncementRecipient[];
}

/** Leaves out whom another announcement told since the audience was worked out, where nobody is told twice. */
async function withoutTold(tx: Transaction, { reach }: SendUse, { announcement, told, next }: BeforeTelling) {
  if (!announcement.isToldExcluded) return next;
  const before = await reach.told(tx, told, { announcementId: announcement.id, hashes: next.map(({ addressHash }) => addressHash) });
  return next.map((one) => (one.reason === null && before.has(one.addressHash) ? { ...one, reason: 'ALREADY_TOLD' as const } : one));
}

async function putMail(
  tx: Transaction,
  use: SendUse,
  { people, recipient }: { readonly people: NextPeople; readonly recipient: AnnouncementRecipient },
): Promise<string | null> {
  const { announcement, telling, names, release } = people;
  const person = { name: recipient.name, customer: names.get(recipient.customerId) ?? '', license: licenseOf(people, recipient) };
  const unsubscribeUrl = use.choices.unsubscribeUrl(recipient.address);
  const mail = composeMail({
    brand: telling.brand,
    kind: announcement.kind,
    text: textOf(announcement, recipient.text),
    values: valuesFor(telling.told, person, announcement.kind === 'RECALL' ? recallOf(use, people, recipient) : null),
    unsubscribeUrl,
  });
  return use.outbox.put(tx, {
    ...mail,
    kind: announcement.kind,
    dedupeKey: `announcement:${announcement.id}:${recipient.addressHash}`,
    to: { address: recipient.address, name: recipient.name, userId: recipient.userId },
    customerId: recipient.customerId,
    downloadableId: release.row.id,
    unsubscribeUrl,
  });
}

function recallOf({ tokens, publicUrl }: SendUse, { replacements }: NextPeople, recipient: AnnouncementRecipient): RecallFacts {
  return {
    fileName: recipient.fileName,
    downloadedAt: recipient.downloadedAt,
    replacement: replacements.get(recipient.customerId) ?? null,
    acknowledgeUrl: `${publicUrl}/recall/${tokens.of(recipient.id)}`,
  };
}

function licenseOf({ customers }: NextPeople, { customerId, licenseId }: AnnouncementRecipient): License | null {
  return customers.get(customerId)?.licenses.find(({ id }) => id === licenseId) ?? null;
}

function textOf({ subject, body, secondSubject, secondBody }: Announcement, text: AnnouncementRecipient['text']) {
  return text === 'SECOND' ? { subject: secondSubject ?? subject, body: secondBody ?? body } : { subject, body };
}
