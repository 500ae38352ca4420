import { LessThan, type EntityTarget, type FindOptionsWhere, type ObjectLiteral } from 'typeorm';
import { capCount, connectionOf, COUNT_CAP, readPage, type Connection, type ForwardPageArgs } from '../kernel/pagination.js';
import type { Database } from './database.js';

/** What is listed by id, which ULIDs make the order of creation. */
interface NewestFirst<T> {
  /** What the cursors are called: one of another list is refused. */
  readonly name: string;
  readonly entity: EntityTarget<T>;
  readonly where: FindOptionsWhere<T>;
}

/** One page of the rows of an entity, newest first. Wants an index that ends in the id below the condition. */
export async function listNewestFirst<T extends ObjectLiteral & { readonly id: string }>(
  database: Database,
  { name, entity, where }: NewestFirst<T>,
  args: ForwardPageArgs,
): Promise<Connection<T>> {
  const page = readPage(args, { name, width: 1 });
  const [cursor] = page.cursor ?? [];
  const after = cursor === undefined ? {} : { id: LessThan(cursor) };
  const query = () => database.read.createQueryBuilder(entity, 'row');
  const [rows, counted] = await Promise.all([
    query()
      .where({ ...where, ...after })
      .orderBy('row.id', 'DESC')
      .limit(page.size + 1)
      .getMany(),
    query()
      .select('row.id')
      .where(where)
      .limit(COUNT_CAP + 1)
      .getRawMany(),
  ]);
  return connectionOf(page, rows, (row) => [row.id], capCount(counted.length));
}
