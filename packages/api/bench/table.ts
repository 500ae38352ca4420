/** Bold when it misses its goal. */
export const judged = (text: string, isMet: boolean): string => (isMet ? text : `**${text}**`);

export const atLeast = (value: number, goal: number, digits = 2): string => judged(value.toFixed(digits), value >= goal);
export const atMost = (value: number, goal: number, digits = 2): string => judged(value.toFixed(digits), value <= goal);

/** A Markdown table with straight columns. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
