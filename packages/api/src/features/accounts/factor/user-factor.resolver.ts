import DataLoader from 'dataloader';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { In, IsNull, Not } from 'typeorm';
import type { Database } from '../../../database/database.js';
import { Access } from '../../../kernel/access.js';
import type { LoaderDefinition, RequestContext } from '../../../kernel/context.js';
import { DateTime } from '../../../kernel/scalars.js';
import { UserType } from '../user.schema.js';
import type { UserAccount } from '../user-account.entity.js';
import { SecondFactor } from './second-factor.entity.js';

/** Since when accounts have a second factor, one statement per request. */
export const factorsByUser = (database: Database): LoaderDefinition<string, Date | null> => ({
  name: 'factorsByUser',
  make: () =>
    new DataLoader(async (ids) => {
      const rows = await database.read.findBy(SecondFactor, { userId: In([...ids]), confirmedAt: Not(IsNull()) });
      const known = new Map(rows.map(({ userId, confirmedAt }) => [userId, confirmedAt]));
      return ids.map((id) => known.get(id) ?? null);
    }),
});

@Resolver(() => UserType)
export class UserFactorResolver {
  constructor(private readonly loader: LoaderDefinition<string, Date | null>) {}

  @Access('user:write')
  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'Since when the person signs in with a second factor. Null without one. Requires `user:write`.',
  })
  secondFactorSince(@Ctx() context: RequestContext, @Root() { id }: UserAccount): Promise<Date | null> {
    return context.loader(this.loader).load(id);
  }
}
