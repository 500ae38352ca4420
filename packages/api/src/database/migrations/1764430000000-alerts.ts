import type { QueryRunner } from 'typeorm';
import { addColumns, code, createTable, instant, nullable } from '../ddl.js';
import type { Migration } from './migration.js';

/** What needs attention is told by mail once it has stood for a while, to administrators who have not switched that off. */
export class Alerts1764430000000 implements Migration {
  readonly name = 'Alerts1764430000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'alert', {
      columns: { kind: code(32), since: instant, seen_at: instant, mailed_at: nullable(instant) },
      primary: ['kind'],
    });
    await addColumns(runner, 'user_account', { no_alerts_since: instant });
  }
}
