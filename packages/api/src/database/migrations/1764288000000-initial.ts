import type { QueryRunner } from 'typeorm';
import { createAccountTables } from './initial/accounts.tables.js';
import { createCustomerTables } from './initial/customers.tables.js';
import { createDownloadTables } from './initial/downloads.tables.js';
import { createLedgerTables } from './initial/ledger.tables.js';
import { createProjectionTables } from './initial/projections.tables.js';
import { createReleaseTables } from './initial/releases.tables.js';
import type { Migration } from './migration.js';

/** Every table as it was when the migrations before were put together into this one. */
export class Initial1764288000000 implements Migration {
  readonly name = 'Initial1764288000000';

  async up(runner: QueryRunner): Promise<void> {
    await createLedgerTables(runner);
    await createReleaseTables(runner);
    await createCustomerTables(runner);
    await createAccountTables(runner);
    await createProjectionTables(runner);
    await createDownloadTables(runner);
  }
}
