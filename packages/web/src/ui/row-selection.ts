/** Which rows of a list are chosen: one by one, as a range, a page at a time. */

export interface SelectableRow {
  readonly id: string;
}

export interface Selection<TRow extends SelectableRow> {
  /** Kept over pages, with what is shown of them. */
  readonly chosen: ReadonlyMap<string, TRow>;
  /** Where a range starts: the row that was last chosen or left out by itself. */
  readonly anchorId: string | null;
}

export const emptySelection = <TRow extends SelectableRow>(): Selection<TRow> => ({ chosen: new Map(), anchorId: null });

function withRows<TRow extends SelectableRow>(
  chosen: ReadonlyMap<string, TRow>,
  rows: readonly TRow[],
  isChosen: boolean,
): Map<string, TRow> {
  const changed = new Map(chosen);
  for (const row of rows) {
    if (isChosen) changed.set(row.id, row);
    else changed.delete(row.id);
  }
  return changed;
}

/** Chooses a row or leaves it out. */
export function toggleRow<TRow extends SelectableRow>(selection: Selection<TRow>, row: TRow): Selection<TRow> {
  return { chosen: withRows(selection.chosen, [row], !selection.chosen.has(row.id)), anchorId: row.id };
}

/** Gives every row from the anchor to this one the anchor's state; without an anchor on this page it is a single row. */
export function extendTo<TRow extends SelectableRow>(selection: Selection<TRow>, rows: readonly TRow[], row: TRow): Selection<TRow> {
  const from = rows.findIndex(({ id }) => id === selection.anchorId);
  const to = rows.findIndex(({ id }) => id === row.id);
  if (from < 0 || to < 0) return toggleRow(selection, row);
  const range = rows.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { chosen: withRows(selection.chosen, range, selection.chosen.has(selection.anchorId ?? '')), anchorId: selection.anchorId };
}

/** Chooses the whole page, or leaves it out when it is chosen already. */
export function togglePage<TRow extends SelectableRow>(selection: Selection<TRow>, rows: readonly TRow[]): Selection<TRow> {
  return { chosen: withRows(selection.chosen, rows, !isPageChosen(selection, rows)), anchorId: null };
}

export function isPageChosen<TRow extends SelectableRow>(selection: Selection<TRow>, rows: readonly TRow[]): boolean {
  return rows.length > 0 && rows.every(({ id }) => selection.chosen.has(id));
}
