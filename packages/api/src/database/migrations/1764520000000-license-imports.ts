import type { QueryRunner } from 'typeorm';
import { code, createTable, id, instant, int, longText, nullable, text } from '../ddl.js';
import type { Migration } from './migration.js';

/** Files of licenses that are imported, line by line. */
export class LicenseImports1764520000000 implements Migration {
  readonly name = 'LicenseImports1764520000000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'license_import', {
      columns: {
        id,
        file_name: text(200),
        header: longText,
        state: code(16),
        total: int,
        created: int,
        changed: int,
        unchanged: int,
        failed: int,
        problem: nullable(text(500)),
        created_by_kind: code(24),
        created_by: id,
        request_id: code(40),
        created_at: instant,
        ended_at: nullable(instant),
      },
      primary: ['id'],
      indexes: { ix_license_import_state: ['state', 'id'], ix_license_import_created: ['created_at', 'id'] },
    });
    await createTable(runner, 'license_import_line', {
      columns: {
        id,
        import_id: id,
        line: int,
        email_key: text(508),
        content: longText,
        same_as: nullable(int),
        phase: code(16),
        outcome: nullable(code(16)),
        license_id: nullable(id),
        column_name: nullable(code(40)),
        code: nullable(code(40)),
        message: nullable(text(500)),
        changes: nullable(longText),
      },
      primary: ['id'],
      indexes: {
        ix_license_import_line_import: ['import_id', 'id'],
        ix_license_import_line_phase: ['import_id', 'phase', 'id'],
        ix_license_import_line_outcome: ['import_id', 'outcome', 'id'],
        ix_license_import_line_email: ['email_key'],
      },
      references: { import_id: 'license_import' },
    });
  }
}
