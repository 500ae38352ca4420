import { parse, type CsvError, type Options } from 'csv-parse';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import { columnOf, type ImportColumn } from '../csv/license-columns.js';

/** A header as the file has it, and what it was understood as; null: nothing that is imported. */
export interface ImportHeader {
  readonly header: string;
  readonly column: ImportColumn | null;
}

export interface CsvLine {
  /** Where it begins in the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface LicenseFile {
  readonly header: readonly ImportHeader[];
  readonly lines: readonly CsvLine[];
}

/** What spreadsheets write between cells, the standard's own first. */
const SEPARATORS = [',', ';', '\t'] as const;
/** Bytes that are parsed before others have their turn. */
const PIECE = 65_536;

const LENIENT: Options = { bom: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true };

/** Reads a file of licenses. @throws Refusal, with one sentence, when it is none as a whole */
export async function readLicenseFile(bytes: Buffer): Promise<LicenseFile> {
  const [head, ...lines] = await readLines(bytes, separatorOf(textOf(bytes)));
  if (!head || lines.length === 0)
    return refuse('FILE_EMPTY', 'The file has no licenses: send a line with the columns, then a line for each license.', 'file');
  return { header: headerOf(head.cells), lines };
}

function textOf(bytes: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Answered below, as other bytes that are no text.
  }
  return refuse('VALUE_INVALID', 'The file is not UTF-8 text: save it as “CSV UTF-8” in your spreadsheet, then send it again.', 'file');
}

/** The one that makes most columns of the first line. */
function separatorOf(text: string): string {
  const end = text.search(/[\r\n]/);
  const first = end < 0 ? text : text.slice(0, end);
  const counts = SEPARATORS.map((separator) => ({ separator, count: first.split(separator).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).separator;
}

async function readLines(bytes: Buffer, delimiter: string): Promise<CsvLine[]> {
  const parser = parse({ ...LENIENT, delimiter, info: true, max_record_size: LIMITS.importBytes.most });
  const lines: CsvLine[] = [];
  const begins = lineCounter(bytes);
  try {
    const feeding = feed(parser, bytes);
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { bytes: number } }>) {
      const line = begins(info.bytes);
      if (record.length > LIMITS.importColumns.most) refuseTooWide(line);
      if (record.some((cell) => cell.trim() !== '')) lines.push({ line, cells: record });
      if (lines.length > LIMITS.importLines.most + 1) refuseTooMany();
    }
    await feeding;
    return lines;
  } catch (error) {
    if (!isCsvError(error)) throw error;
    return refuse('VALUE_INVALID', `The file cannot be read from line ${lastLine(lines) + 1} on: check the quotes there.`, 'file');
  }
}

const refuseTooMany = (): never =>
  refuse(
    'TOO_MANY',
    `A file has at most ${LIMITS.importLines.most.toLocaleString('en')} lines: send the licenses in several files.`,
    'file',
  );

const refuseTooWide = (line: number): never =>
  refuse('TOO_MANY', `Line ${line} has more than ${LIMITS.importColumns.most} cells: remove the columns that are not needed.`, 'file');

/** Piece by piece: other requests are answered meanwhile. As bytes: a piece of text may end within a character. */
async function feed(parser: ReturnType<typeof parse>, bytes: Buffer): Promise<void> {
  for (let from = 0; from < bytes.length && !parser.destroyed; from += PIECE) {
    parser.write(bytes.subarray(from, from + PIECE));
    await new Promise(setImmediate);
  }
  if (!parser.destroyed) parser.end();
}

const [LF, CR] = [10, 13];

/** Counts lines as text editors do. @returns a function that says on which line the record begins that ends at a byte */
function lineCounter(bytes: Buffer): (end: number) => number {
  let [at, line] = [0, 1];
  const isBreak = (index: number): boolean => bytes[index] === LF || (bytes[index] === CR && bytes[index + 1] !== LF);
  return (end) => {
    for (; bytes[at] === LF || bytes[at] === CR; at += 1) if (isBreak(at)) line += 1;
    const begin = line;
    for (; at < end; at += 1) if (isBreak(at)) line += 1;
    return begin;
  };
}

const lastLine = (lines: readonly CsvLine[]): number => lines.at(-1)?.line ?? 0;
const isCsvError = (error: unknown): error is CsvError =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');

function headerOf(cells: readonly string[]): readonly ImportHeader[] {
  const header = cells.map((cell) => ({ header: cell.trim().slice(0, 100), column: columnOf(cell) }));
  for (const column of ['email', 'product'] as const)
    if (!header.some((one) => one.column === column))
      refuse(
        'VALUE_INVALID',
        `The first line names no column “${column}”: every license needs one, so add it and send the file again.`,
        'file',
      );
  const twice = header.find(({ column }, index) => column !== null && header.findIndex((one) => one.column === column) < index);
  if (twice) refuse('VALUE_INVALID', `Two columns are the ${twice.column ?? ''} of a license: rename or remove “${twice.header}”.`, 'file');
  return header;
}
