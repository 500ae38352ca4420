import type { QueryRunner } from 'typeorm';
import { createTable, id } from '../ddl.js';
import type { Migration } from './migration.js';

/** The products that somebody of the staff is limited to. Nobody is yet: whoever has no row works on all of them. */
export class StaffProducts1764400000000 implements Migration {
  readonly name = 'StaffProducts1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'user_product', {
      columns: { user_id: id, product_id: id },
      primary: ['user_id', 'product_id'],
      indexes: { ix_user_product_product: ['product_id', 'user_id'] },
      references: { user_id: 'user_account', product_id: 'product' },
    });
  }
}
