import { Column, PrimaryColumn, type ColumnOptions } from 'typeorm';

/**
 * All text is compared byte by byte, as SQLite does by itself. Codes and ids too: MySQL refuses to compare an `ascii` column
 * with what a client sent when that is not ASCII, and an odd id must be a missing object, not a fault.
 */
const BINARY_TEXT = { charset: 'utf8mb4', collation: 'utf8mb4_bin' } as const;

/** Length of a ULID. */
export const ID_LENGTH = 26;

interface Options {
  readonly nullable?: boolean;
}

const column =
  (type: ColumnOptions) =>
  (options: Options = {}): PropertyDecorator =>
    Column({ ...type, nullable: options.nullable ?? false });

/** The ULID by which a row is known. */
export const IdPrimary = (table: string): PropertyDecorator =>
  PrimaryColumn({ type: 'varchar', length: ID_LENGTH, ...BINARY_TEXT, primaryKeyConstraintName: `pk_${table}` });

/** A text key by which a row is known. @param length characters. */
export const TextPrimary = (table: string, name: string, length: number): PropertyDecorator =>
  PrimaryColumn({ name, type: 'varchar', length, ...BINARY_TEXT, primaryKeyConstraintName: `pk_${table}` });

export const IdColumn = (name: string, options: Options = {}): PropertyDecorator =>
  column({ name, type: 'varchar', length: ID_LENGTH, ...BINARY_TEXT })(options);

/** Codes, hashes, keys: what the program writes, ordered by bytes. @param length characters. */
export const CodeColumn = (name: string, length: number, options: Options = {}): PropertyDecorator =>
  column({ name, type: 'varchar', length, ...BINARY_TEXT })(options);

/** What people type, in one line. @param length characters. */
export const TextColumn = (name: string, length: number, options: Options = {}): PropertyDecorator =>
  column({ name, type: 'varchar', length, ...BINARY_TEXT })(options);

/** What people type, up to 16 MB. SQLite takes the type's name as it is: it has text affinity. */
export const LongTextColumn = (name: string, options: Options = {}): PropertyDecorator =>
  column({ name, type: 'mediumtext', ...BINARY_TEXT })(options);

/** An instant, UTC, to the millisecond, set by the application. */
export const InstantColumn = (name: string, options: Options = {}): PropertyDecorator =>
  column({ name, type: 'datetime', precision: 3 })(options);

/** A calendar date, YYYY-MM-DD. */
export const DateColumn = (name: string, options: Options = {}): PropertyDecorator => CodeColumn(name, 10, options);

export const IntColumn = (name: string, options: Options = {}): PropertyDecorator => column({ name, type: 'int' })(options);

/** A number of bytes: bigint arrives as text on MySQL, as a number on SQLite; here always a number. */
export const BytesColumn = (name: string, options: Options = {}): PropertyDecorator =>
  column({
    name,
    type: 'bigint',
    transformer: { to: (value: number | null) => value, from: (value: string | number | null) => (value === null ? null : Number(value)) },
  })(options);

/** Yes or no, as 0 or 1; where the column is nullable, no value is no. */
export const FlagColumn = (name: string, options: Options = {}): PropertyDecorator =>
  Column({
    name,
    type: 'tinyint',
    nullable: options.nullable ?? false,
    transformer: { to: (value: boolean) => (value ? 1 : 0), from: (value: number | boolean | null) => Boolean(value) },
  });

/** A short list of codes without commas; where the column is nullable, no value is none. @param length characters in all. */
export const ListColumn = (name: string, length: number, options: Options = {}): PropertyDecorator =>
  column({
    name,
    type: 'varchar',
    length,
    ...BINARY_TEXT,
    transformer: { to: joinList, from: (value: string | null) => splitList(value ?? '') },
  })(options);

/** How lists of codes lie in a row. */
export function joinList(values: readonly string[]): string {
  return values.join(',');
}

/** Reads what `joinList` wrote. */
export function splitList(text: string): string[] {
  return text === '' ? [] : text.split(',');
}
