import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createAccountTables } from './initial/accounts.tables.js';
import { createCustomerTables } from './initial/customers.tables.js';
import { createLedgerTables } from './initial/ledger.tables.js';
import { createReleaseTables } from './initial/releases.tables.js';

/** The first schema: accounts, products and releases, customers and licenses, jobs and the audit trail. */
export class Initial1763683200000 implements MigrationInterface {
  readonly name = 'Initial1763683200000';

  async up(runner: QueryRunner): Promise<void> {
    await createLedgerTables(runner);
    await createReleaseTables(runner);
    await createCustomerTables(runner);
    await createAccountTables(runner);
  }

  async down(): Promise<void> {
    throw new Error('The first migration cannot be taken back: it would drop every table. Restore a backup instead.');
  }
}
