import type { QueryRunner } from 'typeorm';
import { addColumns, addIndexes, bytes, code, createTable, flag, instant, int, nullable, text } from '../ddl.js';
import type { Migration } from './migration.js';

/** Stores that are saved in the console, and in which of them each object is; one without an id is where all have been so far. */
export class ObjectStores1764384000000 implements Migration {
  readonly name = 'ObjectStores1764384000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'object_store', {
      columns: {
        id: code(16),
        endpoint: nullable(text(500)),
        public_endpoint: nullable(text(500)),
        region: code(64),
        bucket: code(255),
        access_key_id: nullable(code(200)),
        secret_sealed: nullable(code(500)),
        force_path_style: flag,
        is_current: flag,
        lock_version: int,
        came_from: nullable(code(16)),
        problem: nullable(text(500)),
        failures: int,
        left_at: nullable(instant),
      },
      primary: ['id'],
    });
    await createTable(runner, 'left_copy', {
      columns: { store_id: code(16), object_key: code(80), size: bytes, left_at: instant },
      primary: ['store_id', 'object_key'],
    });
    await addColumns(runner, 'stored_object', { store_id: code(16) });
    await addIndexes(runner, 'stored_object', { ix_stored_object_store: ['store_id', 'state', 'id', 'size'] });
  }
}
