import { Table, TableColumn, type QueryRunner, type TableColumnOptions } from 'typeorm';
import { ID_LENGTH } from './columns.js';

/** Columns for migrations, the counterparts of the decorators in `columns.ts`; the drift test holds the two together. */
const BINARY_TEXT = { charset: 'utf8mb4', collation: 'utf8mb4_bin' } as const;

export type Col = Omit<TableColumnOptions, 'name'>;

export const id: Col = { type: 'varchar', length: String(ID_LENGTH), ...BINARY_TEXT };
export const code = (length: number): Col => text(length);
export const text = (length: number): Col => ({ type: 'varchar', length: String(length), ...BINARY_TEXT });
export const longText: Col = { type: 'mediumtext', ...BINARY_TEXT };
export const instant: Col = { type: 'datetime', precision: 3 };
export const date: Col = code(10);
export const int: Col = { type: 'int' };
export const bytes: Col = { type: 'bigint' };
export const flag: Col = { type: 'tinyint' };
export const nullable = (col: Col): Col => ({ ...col, isNullable: true });

export interface TableSpec {
  readonly columns: Readonly<Record<string, Col>>;
  readonly primary: readonly string[];
  /** Index name to columns. */
  readonly indexes?: Readonly<Record<string, readonly string[]>>;
  readonly uniques?: Readonly<Record<string, readonly string[]>>;
  /** Column to the table whose id it holds. */
  readonly references?: Readonly<Record<string, string>>;
}

/** Creates a table with every key, index and reference named, the same on SQLite and MySQL. */
export async function createTable(runner: QueryRunner, name: string, spec: TableSpec): Promise<void> {
  const isMysql = runner.dataSource.options.type === 'mariadb';
  const index = (columns: Readonly<Record<string, readonly string[]>>, isUnique: boolean) =>
    Object.entries(columns).map(([indexName, columnNames]) => ({ name: indexName, columnNames: [...columnNames], isUnique }));
  await runner.createTable(
    new Table({
      name,
      columns: Object.entries(spec.columns).map(([columnName, col]) => ({
        name: columnName,
        ...(isMysql ? col : forSqlite(col)),
        ...(spec.primary.includes(columnName) ? { isPrimary: true, primaryKeyConstraintName: `pk_${name}` } : {}),
      })),
      indices: [...index(spec.indexes ?? {}, false), ...index(spec.uniques ?? {}, true)],
      foreignKeys: Object.entries(spec.references ?? {}).map(([columnName, referencedTableName]) => ({
        name: `fk_${name}_${columnName}`,
        columnNames: [columnName],
        referencedTableName,
        referencedColumnNames: ['id'],
        onDelete: 'RESTRICT',
        onUpdate: 'RESTRICT',
      })),
    }),
  );
}

/** Adds columns, all nullable, without rebuilding the table: what refers to it stays as it is. */
export async function addColumns(runner: QueryRunner, table: string, columns: Readonly<Record<string, Col>>): Promise<void> {
  const isMysql = runner.dataSource.options.type === 'mariadb';
  for (const [name, col] of Object.entries(columns)) {
    if (isMysql) await runner.addColumn(table, new TableColumn({ name, ...nullable(col) }));
    else await runner.query(`ALTER TABLE "${table}" ADD COLUMN "${name}" ${sqliteType(col)}`);
  }
  // What the runner remembers of the table is out of date.
  await runner.getTable(table);
}

function sqliteType(col: Col): string {
  const { type, length, precision } = forSqlite(col);
  const size = length ?? precision;
  return size == null ? type : `${type}(${size})`;
}

/** SQLite keeps all text as UTF-8 and compares it byte by byte, which is what we ask of MySQL; its int is "integer". */
function forSqlite({ charset: _charset, collation: _collation, ...col }: Col): Col {
  return col.type === 'int' ? { ...col, type: 'integer' } : col;
}

/** Adds indexes to a table that exists. @param indexes index name to columns */
export async function addIndexes(runner: QueryRunner, table: string, indexes: Readonly<Record<string, readonly string[]>>): Promise<void> {
  for (const [name, columns] of Object.entries(indexes)) await runner.query(`CREATE INDEX ${name} ON ${table} (${columns.join(', ')})`);
}
