import DataLoader from 'dataloader';
import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import { UserAccount } from '../accounts/user-account.entity.js';
import { Customer } from '../customers/customer.entity.js';
import { License } from '../licenses/license.entity.js';
import { ApiToken } from '../tokens/api-token.entity.js';
import type { AuditActorType } from './audit-event.schema.js';

const SYSTEM_NAMES: Readonly<Record<string, string>> = { SYSTEM: 'Slipway', ANONYMOUS: 'Somebody not signed in' };

/** An actor as people read it. */
export async function nameActor(
  context: RequestContext,
  names: LoaderDefinition<string, string | null>,
  { kind, id }: Pick<AuditActorType, 'kind' | 'id'>,
): Promise<AuditActorType> {
  const known = SYSTEM_NAMES[kind] ?? (await context.loader(names).load(id));
  return { kind, id, name: known ?? 'Somebody who is gone' };
}

/** Names of people, tokens and license holders, by their ids; null for those who are gone. */
export function actorNames(database: Database): LoaderDefinition<string, string | null> {
  return {
    name: 'actorNameById',
    make: () =>
      new DataLoader(async (ids) => {
        const wanted = { id: In([...ids]) };
        const [users, tokens, licenses] = await Promise.all([
          database.read.findBy(UserAccount, wanted),
          database.read.findBy(ApiToken, wanted),
          database.read.findBy(License, wanted),
        ]);
        const customers = await database.read.findBy(Customer, { id: In(licenses.map((license) => license.customerId)) });
        const customerNames = new Map(customers.map((customer) => [customer.id, customer.name]));
        const names = new Map<string, string>([
          ...users.map((user) => [user.id, user.name] as const),
          ...tokens.map((token) => [token.id, token.name] as const),
          ...licenses.map((license) => [license.id, customerNames.get(license.customerId) ?? ''] as const),
        ]);
        return ids.map((id) => names.get(id) ?? null);
      }),
  };
}
