import type { EntityManager, EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { isUniqueViolation } from './errors.js';

export type Dialect = 'sqlite' | 'mysql';
export type SqlValue = string | number | boolean | null;

/** A piece of SQL, with what its question marks stand for. */
export interface SqlPart {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** No condition at all. */
export const EVERYTHING: SqlPart = { sql: '1 = 1', parameters: [] };
/** A condition that nothing meets. */
export const NOTHING: SqlPart = { sql: '1 = 0', parameters: [] };

/** The rows whose column has one of these values. */
export const oneOf = (column: string, values: readonly string[]): SqlPart =>
  values.length === 0 ? NOTHING : { sql: `${column} IN (${values.map(() => '?').join(', ')})`, parameters: values };

/**
 * One open transaction. Entities are written with `insert`, `update` and `delete` (never `save`, which opens transactions
 * of its own); what needs to be fast or portable is SQL with `?` parameters.
 */
export class Transaction {
  constructor(
    readonly dialect: Dialect,
    readonly manager: EntityManager,
  ) {}

  /** Rows of a SELECT. */
  async query<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    return this.manager.query(sql, [...parameters]);
  }

  /** How many rows a statement changed. */
  async execute(sql: string, parameters: readonly SqlValue[] = []): Promise<number> {
    const runner = this.manager.queryRunner;
    if (!runner) throw new Error('A transaction needs its own connection.');
    const result = await runner.query(sql, [...parameters], true);
    return result.affected ?? 0;
  }

  /**
   * Reads a row and keeps others from changing it until the transaction ends. On SQLite the single writer already does.
   */
  async lock<Entity extends ObjectLiteral>(entity: EntityTarget<Entity>, where: FindOptionsWhere<Entity>): Promise<Entity | null> {
    if (this.dialect === 'sqlite') return this.manager.findOneBy(entity, where);
    return this.manager.findOne(entity, { where, lock: { mode: 'pessimistic_write' } });
  }

  /**
   * Inserts a row unless its key is there already. Nothing else is passed over: IGNORE would cut a text that is too long, and drop
   * a row that refers to nothing. @returns whether it was inserted
   */
  async insertIfAbsent(table: string, row: Readonly<Record<string, SqlValue>>): Promise<boolean> {
    const names = Object.keys(row);
    const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
    if (this.dialect === 'sqlite') return (await this.execute(`${sql} ON CONFLICT DO NOTHING`, Object.values(row))) > 0;
    try {
      return (await this.execute(sql, Object.values(row))) > 0;
    } catch (error) {
      // MySQL undoes the statement alone. Its ON DUPLICATE KEY UPDATE would not tell whether a row was there.
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** Inserts those of many values that are absent from a table of one column, in their order; the others are not locked. */
  async insertValuesIfAbsent(table: string, column: string, values: readonly string[]): Promise<void> {
    const marks = values.map(() => '?').join(', ');
    const known =
      values.length === 0
        ? []
        : await this.query<Record<string, string>>(`SELECT ${column} FROM ${table} WHERE ${column} IN (${marks})`, values);
    const present = new Set(known.map((row) => row[column]));
    const absent = values.filter((value) => !present.has(value));
    if (absent.length === 0) return;
    // Somebody may insert one of them meanwhile.
    const unless = this.dialect === 'sqlite' ? 'ON CONFLICT DO NOTHING' : `ON DUPLICATE KEY UPDATE ${column} = ${table}.${column}`;
    await this.execute(`INSERT INTO ${table} (${column}) VALUES ${absent.map(() => '(?)').join(', ')} ${unless}`, absent);
  }

  /**
   * Inserts a row, or changes the one with the same key.
   * @param key the columns of the primary key
   * @param change SQL after SET, naming the present row's columns, for example `total = total + 1`
   */
  async insertOrUpdate(table: string, row: Readonly<Record<string, SqlValue>>, key: readonly string[], change: string): Promise<void> {
    const names = Object.keys(row);
    const marks = names.map(() => '?').join(', ');
    const clause = this.dialect === 'sqlite' ? `ON CONFLICT (${key.join(', ')}) DO UPDATE SET` : 'ON DUPLICATE KEY UPDATE';
    await this.execute(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks}) ${clause} ${change}`, Object.values(row));
  }
}
