import type { QueryRunner } from 'typeorm';
import { addColumns, code, createTable, id, instant, int, longText } from '../ddl.js';
import type { Migration } from './migration.js';

/** The vendor's logo, and by whom each setting was saved: null in rows that were there before. */
export class Brand1764390000000 implements Migration {
  readonly name = 'Brand1764390000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'setting', { saved_by_kind: code(24), saved_by: code(32), event_id: id });
    await createTable(runner, 'vendor_logo', {
      columns: { digest: code(64), media_type: code(24), width: int, height: int, content: longText, created_at: instant },
      primary: ['digest'],
    });
  }
}
