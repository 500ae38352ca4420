import type { QueryRunner } from 'typeorm';
import { addIndexes, code, createTable, id, nullable, text } from '../ddl.js';
import type { Migration } from './migration.js';

/** What customers read of a product on their system, and what they downloaded of it last. */
export class Portal1764480000000 implements Migration {
  readonly name = 'Portal1764480000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'product_platform_note', {
      columns: { product_id: id, platform: code(16), requirements: nullable(text(200)), install_note: nullable(text(300)) },
      primary: ['product_id', 'platform'],
      references: { product_id: 'product' },
    });
    await addIndexes(runner, 'download_event', { ix_download_event_customer_product: ['customer_id', 'product_id', 'id'] });
    await addIndexes(runner, 'license_download', { ix_license_download_license: ['license_id', 'counted_at'] });
  }
}
