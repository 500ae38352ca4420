import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, code, createTable, flag, instant, text } from '../ddl.js';

/** Which guesses were made, where keys were accepted, which keys are of our own making, and which visitors were counted. */
export class RightCredentials1763790000000 implements MigrationInterface {
  readonly name = 'RightCredentials1763790000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'wrong_guess', {
      columns: { bucket: text(80), guess_hash: text(64), is_wrong: flag, counted_at: instant },
      primary: ['bucket', 'guess_hash'],
    });
    await createTable(runner, 'accepted_key', {
      columns: { bucket: text(80), key_hash: text(64), accepted_at: instant },
      primary: ['bucket', 'key_hash'],
      indexes: { ix_accepted_key_accepted_at: ['accepted_at'] },
    });
    await createTable(runner, 'visitor_key', { columns: { day: text(10), secret: code(64) }, primary: ['day'] });
    await createTable(runner, 'visitor_download', {
      columns: { scope_id: text(26), asset_id: text(26), visitor_hash: text(64), counted_at: instant },
      primary: ['scope_id', 'asset_id', 'visitor_hash'],
      indexes: { ix_visitor_download_counted_at: ['counted_at'] },
    });
    // Licenses from before keep null: their key is told by its form.
    await addColumns(runner, 'license', { key_origin: code(16) });
  }

  async down(): Promise<void> {
    throw new Error('This migration cannot be taken back: keys that were accepted would be refused. Restore a backup instead.');
  }
}
