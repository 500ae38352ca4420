import type { QueryRunner } from 'typeorm';
import { addColumns, int } from '../ddl.js';
import type { Migration } from './migration.js';

/** What the last comparison found in each store that belongs to no release: null until there was one. */
export class Concerns1764410000000 implements Migration {
  readonly name = 'Concerns1764410000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'object_store', { unknown_objects: int });
  }
}
