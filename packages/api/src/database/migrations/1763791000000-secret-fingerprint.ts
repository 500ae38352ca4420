import type { MigrationInterface, QueryRunner } from 'typeorm';
import { code, createTable, instant } from '../ddl.js';

/** By what the APP_SECRET of this database is known again. */
export class SecretFingerprint1763791000000 implements MigrationInterface {
  readonly name = 'SecretFingerprint1763791000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'secret_fingerprint', {
      columns: { name: code(16), fingerprint: code(64), noted_at: instant },
      primary: ['name'],
    });
  }

  async down(): Promise<void> {
    throw new Error('This migration cannot be taken back: another APP_SECRET would be taken for the right one. Restore a backup instead.');
  }
}
