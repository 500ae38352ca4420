import type { Database } from '../../database/database.js';
import type { Clock } from '../../kernel/clock.js';
import { firstIdAt } from '../../kernel/ids.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import { AuditKeys } from '../../machinery/audit/audit-keys.js';
import { letAuditGo } from '../../machinery/audit/audit-retention.js';
import type { SettingsService } from '../settings/settings.service.js';

const DAY_MS = 86_400_000;
/** Rows of one transaction, and transactions of one run: other work comes in between, and the next run goes on. */
const BATCH = 500;
const BATCHES_OF_A_RUN = 40;

export interface LogRetentionUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly settings: SettingsService;
  readonly secrets: Secrets;
}

/** Deletes what the logs have kept for as long as the settings say. Counts, and what a license downloaded before, are elsewhere and stay. */
export class LogRetention {
  constructor(private readonly use: LogRetentionUse) {}

  async forget(): Promise<void> {
    const { downloadLogDays, refusalLogDays, auditLogDays, storeLogDays, mailLogDays } = await this.use.settings.read();
    await this.#deleteBefore('download_event', downloadLogDays);
    await this.#deleteBefore('refusal', refusalLogDays);
    await this.#deleteBefore('store_event', storeLogDays);
    // What waits was not said yet.
    await this.#deleteBefore('mail', mailLogDays, 'AND settled_at IS NOT NULL');
    await this.#letAuditGo(auditLogDays);
  }

  /** From the beginning of the chain, whose head says where it begins now. */
  async #letAuditGo(days: number): Promise<void> {
    const { database, secrets } = this.use;
    const keys = new AuditKeys(secrets);
    const before = this.#daysAgo(days);
    for (let run = 0; run < BATCHES_OF_A_RUN; run += 1) if ((await letAuditGo(database, keys, { before, limit: BATCH })) < BATCH) return;
  }

  #daysAgo(days: number): Date {
    return new Date(this.use.clock.now().getTime() - days * DAY_MS);
  }

  /** Along the ids, which are in the order of time: the oldest go first, and no other row is looked at. */
  async #deleteBefore(table: string, days: number, also = ''): Promise<void> {
    const end = firstIdAt(this.#daysAgo(days));
    for (let run = 0; run < BATCHES_OF_A_RUN; run += 1) {
      const rows = await this.use.database.query<{ id: string }>(`SELECT id FROM ${table} WHERE id < ? ${also} ORDER BY id LIMIT ?`, [
        end,
        BATCH,
      ]);
      const last = rows.at(-1)?.id;
      if (last === undefined) return;
      await this.use.database.transaction((tx) => tx.execute(`DELETE FROM ${table} WHERE id <= ? ${also}`, [last]));
      if (rows.length < BATCH) return;
    }
  }
}
