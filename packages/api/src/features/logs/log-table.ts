import { DRIVERS_MAX_COUNT, type EventDriver, type EventList, type EventQuery } from '../../database/event-list.js';
import type { SqlPart, SqlValue } from '../../database/transaction.js';
import { firstIdAt } from '../../kernel/ids.js';

/** A log, and by which of its columns entries are found: each has an index that ends in the id. */
export interface LogTable<Row extends { readonly id: string }> extends EventList<Row> {
  readonly indexes: Readonly<Record<string, string | null>>;
}

/** One of some columns has one of some values. */
export interface Condition {
  readonly columns: readonly string[];
  readonly values: readonly SqlValue[];
}

/** What is asked of a log. */
export interface LogQuestion {
  /** What a search may mean, each by itself; null: there is no search. */
  readonly meanings: readonly Condition[] | null;
  /** What must hold besides, the rarest first. */
  readonly conditions: readonly Condition[];
  readonly since: Date | null;
  readonly until: Date | null;
}

/** Chooses the indexes that answer a question: those of the search, else that of the first condition; the rest is looked at entry by entry. */
export function planQuery<Row extends { readonly id: string }>(table: LogTable<Row>, question: LogQuestion): EventQuery {
  const range = { from: question.since && firstIdAt(question.since), before: question.until && firstIdAt(question.until) };
  const conditions = question.conditions.filter(({ values }) => values.length > 0).map((one) => within(table, one));
  // This log knows nothing of the kind.
  if (conditions.some(({ columns }) => columns.length === 0)) return { drivers: [], also: null, ...range };
  const meanings = question.meanings?.map((one) => within(table, one)).filter(({ columns, values }) => columns.length * values.length > 0);
  const searched = meanings && driversOf(table, meanings);
  // What means so much is common: it is met soon among the newest entries.
  const isBroad = searched !== undefined && searched.length > DRIVERS_MAX_COUNT;
  if (searched && !isBroad) return { drivers: searched, also: all(conditions.map(anyOf)), ...range };
  const first = conditions.find(({ columns, values }) => columns.length * values.length <= DRIVERS_MAX_COUNT);
  const rest = conditions.filter((one) => one !== first).map(anyOf);
  return {
    drivers: first ? driversOf(table, [first]) : [null],
    also: all([...rest, ...(meanings ? [either(meanings.map(anyOf))] : [])]),
    ...range,
  };
}

const within = <Row extends { readonly id: string }>({ indexes }: LogTable<Row>, { columns, values }: Condition): Condition => ({
  columns: columns.filter((column) => indexes[column] !== undefined),
  values,
});

function driversOf<Row extends { readonly id: string }>({ indexes }: LogTable<Row>, conditions: readonly Condition[]): EventDriver[] {
  return conditions.flatMap(({ columns, values }) =>
    columns.flatMap((column) => values.map((value) => ({ column, value, index: indexes[column] ?? null }))),
  );
}

const anyOf = ({ columns, values }: Condition): SqlPart => ({
  sql: `(${columns.map((column) => `${column} IN (${values.map(() => '?').join(', ')})`).join(' OR ')})`,
  parameters: columns.flatMap(() => values),
});

const either = (parts: readonly SqlPart[]): SqlPart => ({
  sql: `(${parts.map(({ sql }) => sql).join(' OR ')})`,
  parameters: parts.flatMap(({ parameters }) => parameters),
});

function all(parts: readonly SqlPart[]): SqlPart | null {
  if (parts.length === 0) return null;
  return { sql: parts.map(({ sql }) => sql).join(' AND '), parameters: parts.flatMap(({ parameters }) => parameters) };
}
