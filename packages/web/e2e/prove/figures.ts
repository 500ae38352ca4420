/** One line of the table that a proof prints. */
export interface Figure {
  readonly name: string;
  readonly valuesMs: readonly number[];
  /** Which of the values is held against the limit. */
  readonly of: 'p95' | 'worst';
  readonly limitMs: number;
}

/** @param share 0 to 1 @returns the smallest value that this share of all does not exceed */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

const judged = ({ valuesMs, of }: Figure): number => quantile(valuesMs, of === 'p95' ? 0.95 : 1);

/** @returns the figures above their limit, as sentences */
export function listMissed(figures: readonly Figure[]): readonly string[] {
  return figures
    .filter((figure) => !(judged(figure) < figure.limitMs))
    .map((figure) => `${figure.name}: ${figure.of} ${judged(figure).toFixed(0)} ms, not under ${figure.limitMs} ms`);
}

export function printFigures(title: string, figures: readonly Figure[]): void {
  const rows = figures.map((figure) => {
    const { name, valuesMs, of, limitMs } = figure;
    const cells = [0.5, 0.95, 1].map((share) => quantile(valuesMs, share).toFixed(0).padStart(8));
    return `  ${name.padEnd(44)}${String(valuesMs.length).padStart(4)}${cells.join('')}   ${of} < ${limitMs}`;
  });
  const head = `  ${'ms'.padEnd(44)}${'n'.padStart(4)}${['p50', 'p95', 'worst'].map((one) => one.padStart(8)).join('')}   budget`;
  process.stdout.write(`\n${title}\n${[head, ...rows].join('\n')}\n\n`);
}
