/** The lengths of time that one click chooses, in days up to today. */
export const PRESETS = [7, 30, 90, 365] as const;
const DEFAULT_DAYS = 30;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Days to look at: so many up to today, or from one to another. */
export type ChosenRange = { readonly days: number } | { readonly from: string; readonly to: string };

/** Reads what an address says; what makes no sense is the last 30 days. */
export function readRange(query: Readonly<Record<string, unknown>>): ChosenRange {
  const { from, to, days } = query;
  if (typeof from === 'string' && typeof to === 'string' && DAY.test(from) && DAY.test(to)) return { from, to };
  const count = Number(days);
  return { days: PRESETS.find((preset) => preset === count) ?? DEFAULT_DAYS };
}

/** How a range stands in an address; the default stands for itself. */
export function rangeQuery(range: ChosenRange): Record<string, string> {
  if ('from' in range) return { from: range.from, to: range.to };
  return range.days === DEFAULT_DAYS ? {} : { days: String(range.days) };
}

/** Where the same numbers are as CSV. */
export function csvPath(filter: Readonly<Record<string, string | number | null>>): string {
  const given = Object.entries(filter).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)] as [string, string]]));
  return `/api/v1/statistics/downloads.csv?${new URLSearchParams(given).toString()}`;
}
