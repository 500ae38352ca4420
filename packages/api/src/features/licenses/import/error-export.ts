import { MoreThan } from 'typeorm';
import type { Database } from '../../../database/database.js';
import { toCsv } from '../../../kernel/text/csv.js';
import { LicenseImportLine, type LicenseImport } from './license-import.entity.js';
import { headerOf, type LineContents } from './line-content.js';

/** Lines that are read at a time. */
const AT_ONCE = 500;

export interface ErrorExportUse {
  readonly database: Database;
  readonly contents: LineContents;
}

/** The lines that failed, in the columns of the file, with what is wrong: it can be mended and sent again. */
export async function* exportErrors({ database, contents }: ErrorExportUse, found: LicenseImport): AsyncGenerator<string> {
  const header = headerOf(found).map((one) => one.header);
  yield toCsv([[...header, 'line', 'column', 'error']]);
  for (let after = ''; ;) {
    const where = { importId: found.id, outcome: 'ERROR', id: MoreThan(after) } as const;
    const lines = await database.read.find(LicenseImportLine, { where, order: { id: 'ASC' }, take: AT_ONCE });
    const last = lines.at(-1);
    if (!last) return;
    yield toCsv(lines.map((line) => [...fitted(contents.open(line), header.length), line.line, line.column ?? '', line.message ?? '']));
    after = last.id;
  }
}

/** As many cells as there are columns, so that what follows stands in its own. */
const fitted = (cells: readonly string[], count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => cells[index] ?? '');
