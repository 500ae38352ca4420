import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import { keysetClause } from '../../database/keyset.js';
import type { RequestContext } from '../../kernel/context.js';
import { capCount, connectionOf, COUNT_CAP, readPage, type Connection } from '../../kernel/pagination.js';
import { requireUserManager } from './user.rules.js';
import type { UserListArgs } from './user.schema.js';
import { UserAccount } from './user-account.entity.js';

const STAFF = `role IN ('ADMIN', 'PUBLISHER', 'SUPPORT')`;

/** Lists the vendor's own people by e-mail address. Accounts of customers stand with their customer. */
export class UserList {
  constructor(private readonly database: Database) {}

  async list(context: RequestContext, args: UserListArgs): Promise<Connection<UserAccount>> {
    requireUserManager(context.actor);
    const page = readPage(args, { name: 'user', width: 2 });
    const text = args.search?.trim().toLowerCase() ?? '';
    const pattern = text === '' ? [] : Array.from({ length: 2 }, () => `%${text.replace(/[!%_]/g, '!$&')}%`);
    const matching = text === '' ? STAFF : `${STAFF} AND (email_key LIKE ? ESCAPE '!' OR LOWER(name) LIKE ? ESCAPE '!')`;
    const keyset = keysetClause({ columns: ['email_key', 'id'], isDescending: false }, page.cursor);
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM user_account WHERE ${keyset.where} AND ${matching} ORDER BY ${keyset.orderBy} LIMIT ?`,
      [...keyset.parameters, ...pattern, page.size + 1],
    );
    const [count] = await this.database.query<{ total: number }>(
      `SELECT COUNT(*) AS total FROM (SELECT 1 FROM user_account WHERE ${matching} LIMIT ?) AS counted`,
      [...pattern, COUNT_CAP + 1],
    );
    const known = await this.database.read.findBy(UserAccount, { id: In(rows.map((row) => row.id)) });
    const byId = new Map(known.map((user) => [user.id, user]));
    const users = rows.flatMap((row) => byId.get(row.id) ?? []);
    return connectionOf(page, users, (user) => [user.emailKey, user.id], capCount(Number(count?.total ?? 0)));
  }
}
