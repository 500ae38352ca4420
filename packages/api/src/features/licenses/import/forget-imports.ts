import { In, LessThan } from 'typeorm';
import type { Database } from '../../../database/database.js';
import type { Clock } from '../../../kernel/clock.js';
import { LicenseImport, LicenseImportLine } from './license-import.entity.js';

/** Lines have what people gave somebody else: they are kept no longer than it takes to look at them. */
const KEPT_DAYS = 7;
const DAY_MS = 86_400_000;
/** Imports, and lines of one, that one sweep forgets at a time. */
const IMPORTS_AT_ONCE = 100;
const LINES_AT_ONCE = 5_000;

/** Lets go of imports that were sent long ago, whether or not anybody started them. */
export class ImportRetention {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async forget(): Promise<void> {
    const createdAt = LessThan(new Date(this.clock.now().getTime() - KEPT_DAYS * DAY_MS));
    const where = { createdAt, state: In(['CHECKED', 'DONE', 'STOPPED']) };
    for (const { id } of await this.database.read.find(LicenseImport, { where, take: IMPORTS_AT_ONCE })) await this.#remove(id);
  }

  async #remove(id: string): Promise<void> {
    const rows = await this.database.query<{ id: string }>('SELECT id FROM license_import_line WHERE import_id = ? LIMIT ?', [
      id,
      LINES_AT_ONCE,
    ]);
    await this.database.transaction(async (tx) => {
      for (const row of rows) await tx.manager.delete(LicenseImportLine, { id: row.id });
      if (rows.length < LINES_AT_ONCE) await tx.manager.delete(LicenseImport, { id });
    });
  }
}
