import type { EntityManager, EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';

export type Dialect = 'sqlite' | 'mysql';
export type SqlValue = string | number | boolean | null;

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

  /** Inserts a row unless its key is there already. @returns whether it was inserted. */
  async insertIfAbsent(table: string, row: Readonly<Record<string, SqlValue>>): Promise<boolean> {
    const names = Object.keys(row);
    const marks = names.map(() => '?').join(', ');
    const verb = this.dialect === 'sqlite' ? 'INSERT OR IGNORE' : 'INSERT IGNORE';
    return (await this.execute(`${verb} INTO ${table} (${names.join(', ')}) VALUES (${marks})`, Object.values(row))) > 0;
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
