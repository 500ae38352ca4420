import type { QueryRunner } from 'typeorm';
import { addIndexes, code, createTable } from '../ddl.js';
import type { Migration } from './migration.js';

/** Limits of the whole installation hold under requests that come at once; imports are listed. */
export class LimitLocks1764600000000 implements Migration {
  readonly name = 'LimitLocks1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'limit_lock', { columns: { name: code(40) }, primary: ['name'] });
    await runner.query(`INSERT INTO limit_lock (name) VALUES ('licenseImports'), ('licenseTasks')`);
    await addIndexes(runner, 'license_import', { ix_license_import_creator: ['created_by', 'id'] });
  }
}
