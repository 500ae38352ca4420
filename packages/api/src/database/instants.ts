/** How raw SQL gets an instant: the same text on both dialects, UTC, to the millisecond. */
export function toSqlInstant(instant: Date): string {
  return instant.toISOString().replace('T', ' ').replace('Z', '');
}

/** Reads an instant from a raw row: SQLite answers text, mysql2 a Date. */
export function fromSqlInstant(value: string | Date): Date {
  return value instanceof Date ? value : new Date(`${value.replace(' ', 'T')}Z`);
}

/** As `fromSqlInstant`, for columns that may be empty. */
export function fromSqlInstantOrNull(value: string | Date | null): Date | null {
  return value === null ? null : fromSqlInstant(value);
}
