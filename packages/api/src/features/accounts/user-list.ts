import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import type { SqlValue } from '../../database/transaction.js';
import { keysetClause } from '../../database/keyset.js';
import type { RequestContext } from '../../kernel/context.js';
import { capCount, connectionOf, COUNT_CAP, readPage, type Connection } from '../../kernel/pagination.js';
import { matcherOf } from '../../search/matches.js';
import { requireUserManager } from './user.rules.js';
import type { UserListArgs } from './user.schema.js';
import { UserAccount } from './user-account.entity.js';

const STAFF = `role IN ('ADMIN', 'PUBLISHER', 'SUPPORT')`;

/** People that a search looks through at most; more than a vendor has. */
const SEARCHED_MAX_COUNT = 20_000;

interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly email_key: string;
}

/** Lists the vendor's own people by e-mail address. Accounts of customers stand with their customer. */
export class UserList {
  constructor(private readonly database: Database) {}

  async list(context: RequestContext, args: UserListArgs): Promise<Connection<UserAccount>> {
    requireUserManager(context.actor);
    const page = readPage(args, { name: 'user', width: 2 });
    const matches = matcherOf(args.search ?? '');
    const keyset = keysetClause({ columns: ['email_key', 'id'], isDescending: false }, page.cursor);
    const found = (where: string, parameters: readonly SqlValue[], most: number): Promise<readonly UserRow[]> =>
      this.database.query<UserRow>(
        `SELECT id, name, email_key FROM user_account WHERE ${where} AND ${STAFF} ORDER BY ${keyset.orderBy} LIMIT ?`,
        [...parameters, matches ? SEARCHED_MAX_COUNT : most],
      );
    const isFound = (row: UserRow): boolean => matches?.([row.name, row.email_key]) ?? true;
    const rows = (await found(keyset.where, keyset.parameters, page.size + 1)).filter(isFound).slice(0, page.size + 1);
    const total = (await found('1 = 1', [], COUNT_CAP + 1)).filter(isFound).length;
    const known = await this.database.read.findBy(UserAccount, { id: In(rows.map((row) => row.id)) });
    const byId = new Map(known.map((user) => [user.id, user]));
    const users = rows.flatMap((row) => byId.get(row.id) ?? []);
    return connectionOf(page, users, (user) => [user.emailKey, user.id], capCount(total));
  }
}
