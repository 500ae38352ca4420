/** What a spreadsheet takes for a formula when a cell begins with it. */
const FORMULA = /^'*[=+\-@\t\r]/;
/** Such a text with the apostrophe that keeps a spreadsheet from it. */
const GUARDED = /^'+[=+\-@\t\r]/;

export type CsvCell = string | number;

/** A table as RFC 4180 wants it: CRLF after every line, quotes where they are needed. */
export function toCsv(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

/** A text that begins like a formula gets an apostrophe, so that no spreadsheet runs it. */
function cellOf(value: CsvCell): string {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The text of a cell that may have been written by `toCsv`: without the apostrophe that it put in front. */
export function fromCell(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}
