import type { QueryRunner } from 'typeorm';
import { code, createTable, id, instant, int, nullable } from '../ddl.js';
import type { Migration } from './migration.js';

/** Codes of an app beside the password, and codes to come in by without the app. */
export class SecondFactor1764470000000 implements Migration {
  readonly name = 'SecondFactor1764470000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'second_factor', {
      columns: { user_id: id, secret_sealed: code(200), created_at: instant, confirmed_at: nullable(instant), last_step: int },
      primary: ['user_id'],
      references: { user_id: 'user_account' },
    });
    await createTable(runner, 'recovery_code', {
      columns: { user_id: id, code_hash: code(64), used_at: nullable(instant) },
      primary: ['user_id', 'code_hash'],
      references: { user_id: 'user_account' },
    });
  }
}
