import { TableForeignKey, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { addColumns, bytes, code, id, makeNullable, nullable, text } from '../ddl.js';

/** Files on the vendor's own server, replacements on their way, and what an unfinished upload is recognized by. */
export class ExternalFiles1763700000000 implements MigrationInterface {
  readonly name = 'ExternalFiles1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'stored_object', { fingerprint: nullable(code(100)) });
    await makeNullable(runner, 'asset', 'stored_object_id');
    await addColumns(runner, 'asset', {
      replacement_object_id: nullable(id),
      external_url: nullable(text(2_048)),
      external_size: nullable(bytes),
      external_sha256: nullable(code(64)),
    });
    await runner.createForeignKey(
      'asset',
      new TableForeignKey({
        name: 'fk_asset_replacement_object_id',
        columnNames: ['replacement_object_id'],
        referencedTableName: 'stored_object',
        referencedColumnNames: ['id'],
        onDelete: 'RESTRICT',
        onUpdate: 'RESTRICT',
      }),
    );
    await runner.createIndex('asset', new TableIndex({ name: 'ix_asset_replacement_object', columnNames: ['replacement_object_id'] }));
  }

  async down(): Promise<void> {
    throw new Error('This migration cannot be taken back: external files would be lost. Restore a backup instead.');
  }
}
