import { LOST_FILES } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { toSqlInstant } from '../../database/instants.js';
import type { Transaction } from '../../database/transaction.js';
import { databaseNow } from '../../machinery/jobs/job-queue.js';
import type { JobRunner } from '../../machinery/jobs/job-runner.js';
import type { Outbox } from '../../machinery/mail/outbox.js';
import type { FilePresence } from '../assets/presence/file-presence.js';
import type { SystemConcerns } from '../storage/system-concerns.js';
import type { MailBrands } from '../settings/mail-brands.js';
import { mailHtml, mailText, type MailBrand, type MailContent } from '../../machinery/mail/mail-template.js';

/** What stands for so long is not gone by itself. */
const TOLD_AFTER_MS = 15 * 60_000;
/** What nobody has seen for so long is over; one of several processes may look at another time than the others. */
const OVER_AFTER_MS = 5 * 60_000;
const FAILED_SCHEDULES = '/admin/downloadables?status=DRAFT';

export interface AlertsUse {
  readonly database: Database;
  readonly concerns: Pick<SystemConcerns, 'listForOperators'>;
  readonly presence: Pick<FilePresence, 'countMissing'>;
  readonly outbox: Outbox;
  readonly brands: MailBrands;
  readonly jobs: JobRunner;
  readonly publicUrl: string;
}

/** Something that needs attention, and the page where something can be done about it. */
export interface Standing {
  readonly kind: string;
  readonly message: string;
  readonly action: { readonly label: string; readonly path: string };
}

/** Tells administrators by mail, once, what has needed attention for a quarter of an hour. */
export class Alerts {
  constructor(private readonly use: AlertsUse) {}

  /** Looks what there is; each process does so every minute, and whoever is first tells. */
  async check(): Promise<void> {
    const { database, brands, jobs } = this.use;
    const [found, brand] = [await this.#find(), await brands.read()];
    const isTold = await database.transaction(async (tx) => {
      const due = await settle(tx, found);
      if (due.length > 0) await this.#tell(tx, brand, due);
      return due.length > 0;
    });
    if (isTold) jobs.nudge();
  }

  async #find(): Promise<readonly Standing[]> {
    const { concerns, presence } = this.use;
    const system = (await concerns.listForOperators()).map(({ kind, message, action }) => ({
      kind,
      message,
      action: action ?? { label: 'Open the overview', path: '/admin' },
    }));
    const missing = await presence.countMissing();
    const failed = await this.#countFailedSchedules();
    const files = missing === 1 ? '1 file is' : `${missing.toLocaleString('en-US')} files are`;
    const releases = failed === 1 ? '1 release' : `${failed.toLocaleString('en-US')} releases`;
    return [
      ...(missing > 0
        ? [{ kind: 'FILES_MISSING', message: `${files} missing from the store: put them back from a backup.`, action: LOST_FILES }]
        : []),
      ...system,
      ...(failed > 0
        ? [
            {
              kind: 'SCHEDULE_FAILED',
              message: `${releases} could not be published at the set time: see why on the page of each.`,
              action: { label: 'View drafts', path: FAILED_SCHEDULES },
            },
          ]
        : []),
    ];
  }

  async #countFailedSchedules(): Promise<number> {
    const [row] = await this.use.database.query<{ total: number | string }>(
      `SELECT COUNT(*) AS total FROM downloadable WHERE status = 'DRAFT' AND schedule_failure IS NOT NULL`,
    );
    return Number(row?.total ?? 0);
  }

  async #tell(tx: Transaction, brand: MailBrand, due: readonly Standing[]): Promise<void> {
    const admins = await tx.query<{ id: string; email: string; name: string }>(
      `SELECT id, email, name FROM user_account WHERE role = 'ADMIN' AND disabled_at IS NULL AND no_alerts_since IS NULL ORDER BY id`,
    );
    const content = contentOf(due, this.use.publicUrl);
    const at = (await databaseNow(tx)).getTime();
    for (const { id, email, name } of admins)
      await this.use.outbox.put(tx, {
        kind: 'ALERT',
        dedupeKey: `alert:${at}:${id}`,
        to: { address: email, name, userId: id },
        subject: `Needs attention: ${content.title}`,
        text: mailText(brand, content),
        html: mailHtml(brand, content),
        link: content.button?.url ?? null,
      });
  }
}

/** Writes down what stands and what is over. @returns what is to be told now, and by nobody else */
async function settle(tx: Transaction, found: readonly Standing[]): Promise<readonly Standing[]> {
  const now = await databaseNow(tx);
  const ago = (milliseconds: number): string => toSqlInstant(new Date(now.getTime() - milliseconds));
  const at = toSqlInstant(now);
  const due: Standing[] = [];
  for (const standing of found) {
    await tx.insertIfAbsent('alert', { kind: standing.kind, since: at, seen_at: at });
    await tx.execute('UPDATE alert SET seen_at = ? WHERE kind = ?', [at, standing.kind]);
    const told = await tx.execute('UPDATE alert SET mailed_at = ? WHERE kind = ? AND mailed_at IS NULL AND since <= ?', [
      at,
      standing.kind,
      ago(TOLD_AFTER_MS),
    ]);
    if (told === 1) due.push(standing);
  }
  await tx.execute('DELETE FROM alert WHERE seen_at < ?', [ago(OVER_AFTER_MS)]);
  return due;
}

function contentOf(due: readonly Standing[], publicUrl: string): MailContent {
  const [first] = due;
  const isOne = due.length === 1 && first !== undefined;
  const action = isOne ? first.action : { label: 'Open the overview', path: '/admin' };
  return {
    title: isOne ? first.message : `${due.length} things`,
    paragraphs: isOne ? [] : due.map(({ message }) => message),
    button: { label: action.label, url: `${publicUrl}${action.path}` },
    footer: 'You get this as an administrator; it can be switched off at your account under Staff.',
  };
}
