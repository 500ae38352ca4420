import DataLoader from 'dataloader';
import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import { matcherOf } from '../../search/matches.js';
import { UserAccount } from '../accounts/user-account.entity.js';
import { Customer } from '../customers/customer.entity.js';
import { License } from '../licenses/license.entity.js';
import { MachineKey } from '../machine-keys/machine-key.entity.js';
import { ApiToken } from '../tokens/api-token.entity.js';
import type { AuditActorType } from './audit-event.schema.js';

/** People, and tokens and machine keys from the newest on, that a search looks through. */
const SEARCHED_MAX_COUNT = 1_000;
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

/** Names of people, tokens, machine keys and license holders, by their ids; null for those who are gone. */
export function actorNames(database: Database): LoaderDefinition<string, string | null> {
  return {
    name: 'actorNameById',
    make: () =>
      new DataLoader(async (ids) => {
        const found = new Map((await findActors(database, ids)).map(({ id, name }) => [id, name]));
        return ids.map((id) => found.get(id) ?? null);
      }),
  };
}

/** People, tokens, machine keys and license holders by their ids. */
export async function findActors(database: Database, ids: readonly string[]): Promise<readonly AuditActorType[]> {
  const wanted = { id: In([...ids]) };
  const [users, tokens, machineKeys, licenses] = await Promise.all([
    database.read.findBy(UserAccount, wanted),
    database.read.findBy(ApiToken, wanted),
    database.read.findBy(MachineKey, wanted),
    database.read.findBy(License, wanted),
  ]);
  const customers = await database.read.findBy(Customer, { id: In(licenses.map((license) => license.customerId)) });
  const customerNames = new Map(customers.map((customer) => [customer.id, customer.name]));
  return [
    ...users.map(({ id, name }) => ({ kind: 'USER', id, name })),
    ...tokens.map(({ id, name }) => ({ kind: 'TOKEN', id, name })),
    ...machineKeys.map(({ id, name }) => ({ kind: 'MACHINE', id, name })),
    ...licenses.map(({ id, customerId }) => ({ kind: 'LICENSE', id, name: customerNames.get(customerId) ?? '' })),
  ];
}

/** Staff, tokens and machine keys whose names have each word of a search, by name; customers have many keys: they are there for who looks for one. */
export async function searchActors(database: Database, typed: string): Promise<readonly AuditActorType[]> {
  const matches = matcherOf(typed);
  const keys = `UNION ALL SELECT 'MACHINE' AS kind, id, name FROM (SELECT id, name FROM machine_key ORDER BY id DESC LIMIT ${SEARCHED_MAX_COUNT}) AS machines`;
  const rows = await database.query<{ kind: string; id: string; name: string }>(
    `SELECT 'USER' AS kind, id, name FROM (SELECT id, name FROM user_account WHERE role IN ('ADMIN', 'PUBLISHER', 'SUPPORT') LIMIT ${SEARCHED_MAX_COUNT}) AS staff
     UNION ALL SELECT 'TOKEN' AS kind, id, name FROM (SELECT id, name FROM api_token ORDER BY id DESC LIMIT ${SEARCHED_MAX_COUNT}) AS tokens ${matches ? keys : ''}`,
  );
  const found = matches ? rows.filter(({ name }) => matches([name])) : rows;
  return found.toSorted((one, other) => one.name.localeCompare(other.name, 'en') || one.id.localeCompare(other.id));
}
