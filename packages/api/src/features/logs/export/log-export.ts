import type { Database } from '../../../database/database.js';
import { eachEventId, type EventList, type EventQuery } from '../../../database/event-list.js';
import { findByIds } from '../../../database/entity-rows.js';
import { toCsv, type CsvCell } from '../../../kernel/text/csv.js';

/** One line of an export, by the names of its columns. */
export type ExportLine = Readonly<Record<string, CsvCell | boolean>>;

/** A log as it leaves: what of it, and each event as a line. */
export interface LogExport<Row extends { readonly id: string }> {
  readonly list: EventList<Row>;
  readonly query: EventQuery;
  readonly linesOf: (rows: readonly Row[]) => Promise<readonly ExportLine[]>;
}

export type ExportFormat = 'csv' | 'json';

/** The whole of what was asked for, newest first, a batch at a time: memory does not grow with it. */
export async function* exportLog<Row extends { readonly id: string }>(
  database: Database,
  wanted: LogExport<Row>,
  format: ExportFormat,
): AsyncGenerator<string> {
  let count = 0;
  for await (const lines of batchesOf(database, wanted)) {
    yield format === 'csv' ? csvOf(lines, count === 0) : jsonOf(lines, count === 0);
    count += lines.length;
  }
  if (format === 'json') yield count === 0 ? '[]\n' : '\n]\n';
}

async function* batchesOf<Row extends { readonly id: string }>(
  database: Database,
  { list, query, linesOf }: LogExport<Row>,
): AsyncGenerator<readonly ExportLine[]> {
  for await (const ids of eachEventId(database, list, query)) {
    const known = new Map((await findByIds(database, list.entity, ids)).map((row) => [row.id, row]));
    yield await linesOf(ids.flatMap((id) => known.get(id) ?? []));
  }
}

function csvOf(lines: readonly ExportLine[], isFirst: boolean): string {
  const rows = lines.map((line) => Object.values(line).map((value) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : value)));
  return toCsv(isFirst ? [Object.keys(lines[0] ?? {}), ...rows] : rows);
}

const jsonOf = (lines: readonly ExportLine[], isFirst: boolean): string =>
  lines.map((line, index) => `${isFirst && index === 0 ? '[\n' : ',\n'}${JSON.stringify(line)}`).join('');
