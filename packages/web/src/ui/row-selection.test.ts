import { describe, expect, it } from 'vitest';
import { emptySelection, extendTo, isPageChosen, togglePage, toggleRow, type Selection } from './row-selection';

interface Row {
  readonly id: string;
}
const rows: readonly Row[] = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));
const row = (id: string): Row => ({ id });
const idsOf = (selection: Selection<Row>): string => [...selection.chosen.keys()].sort().join('');

describe('the selection of rows', () => {
  it('a row is chosen and left out again', () => {
    const once = toggleRow(emptySelection<Row>(), row('b'));
    expect(idsOf(once)).toBe('b');
    expect(idsOf(toggleRow(once, row('b')))).toBe('');
  });

  it.each([
    ['b', 'd', 'bcd'],
    ['d', 'b', 'bcd'],
    ['c', 'c', 'c'],
  ])('from %s with Shift to %s chooses %s', (from, to, ids) => {
    expect(idsOf(extendTo(toggleRow(emptySelection<Row>(), row(from)), rows, row(to)))).toBe(ids);
  });

  it('Shift after leaving a row out leaves the range out', () => {
    const all = togglePage(emptySelection<Row>(), rows);
    expect(idsOf(extendTo(toggleRow(all, row('b')), rows, row('d')))).toBe('ae');
  });

  it('Shift without a start on this page chooses the row alone', () => {
    const elsewhere = toggleRow(emptySelection<Row>(), row('z'));
    expect(idsOf(extendTo(elsewhere, rows, row('c')))).toBe('cz');
  });

  it('a page is chosen beside what other pages have, and left out alone', () => {
    const page = togglePage(toggleRow(emptySelection<Row>(), row('z')), rows);
    expect(idsOf(page)).toBe('abcdez');
    expect(isPageChosen(page, rows)).toBe(true);
    expect(idsOf(togglePage(page, rows))).toBe('z');
  });

  it('an empty page is not chosen', () => {
    expect(isPageChosen(emptySelection<Row>(), [])).toBe(false);
  });
});
