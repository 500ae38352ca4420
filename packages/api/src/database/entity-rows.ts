import type { DataSource, EntityMetadata, ObjectLiteral } from 'typeorm';
import type { Database } from './database.js';
import type { SqlValue } from './transaction.js';

type Column = EntityMetadata['columns'][number];
type Driver = DataSource['driver'];
type Row = Readonly<Record<string, unknown>>;

/** How an entity's rows are selected and read. */
export interface EntityReading<Entity> {
  readonly table: string;
  /** Names in the database. */
  readonly columns: readonly string[];
  /** Makes the entity of a row that has these columns. */
  readonly make: (row: Row) => Entity;
  /** The same without some properties: which they are is up to each request, so that nothing is kept of it. */
  readonly without: (omitted: ReadonlySet<keyof Entity>) => EntityReading<Entity>;
}

/** By the class and what is left out: its columns never change while the program runs. */
const readings = new WeakMap<Database, Map<string, EntityReading<unknown>>>();

/**
 * The entities of some ids, in no order: as `findBy(Entity, { id: In(ids) })`, with the same conversion of values. TypeORM
 * plans and aliases its SELECT anew each time, which costs lists more than the SELECT itself.
 */
export function findByIds<Entity extends ObjectLiteral>(
  database: Database,
  entity: new () => Entity,
  ids: readonly string[],
): Promise<Entity[]> {
  return findWithout(database, entity, { ids, omitted: [] });
}

/** As `findByIds`, leaving out some properties: texts that are long and seldom wanted. */
export async function findWithout<Entity extends ObjectLiteral, Omitted extends keyof Entity & string = never>(
  database: Database,
  entity: new () => Entity,
  { ids, omitted }: { readonly ids: readonly string[]; readonly omitted: readonly Omitted[] },
): Promise<Omit<Entity, Omitted>[]> {
  if (ids.length === 0) return [];
  const { table, columns, make } = readingOf<Entity, Omitted>(database, entity, omitted);
  const values: readonly SqlValue[] = ids;
  const rows = await database.query<Row>(
    `SELECT ${columns.join(', ')} FROM ${table} WHERE id IN (${ids.map(() => '?').join(', ')})`,
    values,
  );
  return rows.map(make);
}

/** How an entity is read by a statement that selects its columns among others. */
export function readingOf<Entity extends ObjectLiteral, Omitted extends keyof Entity & string = never>(
  database: Database,
  entity: new () => Entity,
  omitted: readonly Omitted[] = [],
): EntityReading<Omit<Entity, Omitted>> {
  return knownReading(database, entity, { omitted, alias: null });
}

/**
 * The same where a statement joins several tables: `select` is its columns under the alias of the table, by which they are told apart.
 * @param alias of the table in the statement
 */
export function joinedReading<Entity extends ObjectLiteral, Omitted extends keyof Entity & string = never>(
  database: Database,
  entity: new () => Entity,
  { alias, omitted = [] }: { readonly alias: string; readonly omitted?: readonly Omitted[] },
): Pick<EntityReading<Omit<Entity, Omitted>>, 'make'> & { readonly select: string } {
  const { columns, make } = knownReading(database, entity, { omitted, alias });
  return { select: columns.map((name) => `${alias}.${name} AS ${alias}_${name}`).join(', '), make };
}

interface ReadingWay<Omitted> {
  readonly omitted: readonly Omitted[];
  /** Before the names of its columns in a row; null: they stand alone. */
  readonly alias: string | null;
}

function knownReading<Entity extends ObjectLiteral, Omitted extends keyof Entity & string>(
  database: Database,
  entity: new () => Entity,
  way: ReadingWay<Omitted>,
): EntityReading<Omit<Entity, Omitted>> {
  const known = readings.get(database) ?? new Map<string, EntityReading<unknown>>();
  readings.set(database, known);
  const key = [entity.name, way.alias, ...way.omitted].join(' ');
  const reading = known.get(key) ?? planOf(database, entity, way);
  known.set(key, reading);
  return reading as EntityReading<Omit<Entity, Omitted>>; // the key names class, alias and omissions
}

/** Types whose values both drivers give as they are. */
const AS_THEY_ARE: ReadonlySet<unknown> = new Set(['varchar', 'mediumtext', 'int']);
/** Of these a transformer of ours makes the rest (`columns.ts`). */
const TRANSFORMED: ReadonlySet<unknown> = new Set([...AS_THEY_ARE, 'tinyint', 'bigint']);

/** As the driver's `prepareHydratedValue`, decided once for each column and not for each value; null: nothing is to be done. */
function converterOf(driver: Driver, column: Column): ((value: unknown) => unknown) | null {
  const { transformer, type } = column;
  if (!transformer && AS_THEY_ARE.has(type)) return null;
  if (transformer && !Array.isArray(transformer) && TRANSFORMED.has(type)) return (value) => transformer.from(value) as unknown;
  return (value) => driver.prepareHydratedValue(value, column) as unknown;
}

function planOf<Entity extends ObjectLiteral>(
  database: Database,
  entity: new () => Entity,
  { omitted, alias }: ReadingWay<string>,
): EntityReading<Entity> {
  const prefix = alias === null ? '' : `${alias}_`;
  const metadata = database.reader.getMetadata(entity);
  const { driver } = database.reader;
  const columns = metadata.columns.filter(({ propertyName }) => !omitted.includes(propertyName));
  // No entity has parts of its own: every property is one of it.
  const properties = columns.map((column: Column) => ({
    property: column.propertyName as keyof Entity, // as TypeORM has it
    column: column.databaseName,
    inRow: prefix + column.databaseName,
    convert: converterOf(driver, column),
  }));
  return readingBy({ entity, table: metadata.tableName, properties });
}

interface Plan<Entity> {
  readonly entity: new () => Entity;
  readonly table: string;
  readonly properties: readonly {
    readonly property: keyof Entity;
    readonly column: string;
    readonly inRow: string;
    readonly convert: ((value: unknown) => unknown) | null;
  }[];
}

function readingBy<Entity>(plan: Plan<Entity>): EntityReading<Entity> {
  const { entity, table, properties } = plan;
  return {
    table,
    columns: properties.map(({ column }) => column),
    make: (row) => {
      const made = new entity() as Record<keyof Entity, unknown>; // its properties are those of its columns
      for (const { property, inRow, convert } of properties) made[property] = convert ? convert(row[inRow]) : row[inRow];
      return made as Entity;
    },
    without: (omitted) => readingBy({ ...plan, properties: properties.filter(({ property }) => !omitted.has(property)) }),
  };
}
