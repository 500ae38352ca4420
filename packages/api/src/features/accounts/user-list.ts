import type { Database } from '../../database/database.js';
import { readKeysetList, type KeysetList } from '../../database/keyset-list.js';
import type { RequestContext } from '../../kernel/context.js';
import type { Connection } from '../../kernel/pagination.js';
import { matcherOf } from '../../search/matches.js';
import { requireUserManager } from './user.rules.js';
import type { UserListArgs } from './user.schema.js';
import { UserAccount } from './user-account.entity.js';

const BY_EMAIL: KeysetList<UserAccount> = {
  name: 'user',
  table: 'user_account',
  entity: UserAccount,
  order: { columns: ['email_key', 'id'], isDescending: false },
  cursorOf: ({ emailKey, id }) => [emailKey, id],
};

const STAFF = { sql: `role IN ('ADMIN', 'PUBLISHER', 'SUPPORT')`, parameters: [] };

/** People that a search looks through at most; more than a vendor has. */
const SEARCHED_MAX_COUNT = 20_000;

/** Lists the vendor's own people by e-mail address. Accounts of customers stand with their customer. */
export class UserList {
  constructor(private readonly database: Database) {}

  async list(context: RequestContext, args: UserListArgs): Promise<Connection<UserAccount>> {
    requireUserManager(context.actor);
    const matches = matcherOf(args.search ?? '');
    const isFound = ({ name = '', email_key: email = '' }: Readonly<Record<string, string>>): boolean => matches?.([name, email]) ?? true;
    const sieve = matches && { columns: ['name', 'email_key'], isFound, most: SEARCHED_MAX_COUNT };
    return readKeysetList(this.database, BY_EMAIL, { args, where: STAFF, sieve });
  }
}
