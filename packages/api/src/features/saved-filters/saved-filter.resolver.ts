import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { payloadType, succeed, type PayloadOf } from '../../kernel/payload.js';
import { Weight } from '../../kernel/limits/weight.js';
import type { SavedFilter } from './saved-filter.entity.js';
import { DeleteSavedFilterInput, SavedFilterType, SaveFilterInput } from './saved-filter.schema.js';
import type { SavedFilterService } from './saved-filter.service.js';

const SaveFilterPayload = payloadType<{ savedFilter: SavedFilter }>('SaveFilter', {
  savedFilter: { type: () => SavedFilterType, description: 'The saved filter.' },
});
const DeleteSavedFilterPayload = payloadType<{ deletedId: string }>('DeleteSavedFilter', {
  deletedId: { type: () => ID, description: 'The ID of the deleted filter.' },
});

@Resolver()
export class SavedFilterResolver {
  constructor(private readonly filters: SavedFilterService) {}

  @Access('release:read')
  @Weight({ items: 20 })
  @Query(() => [SavedFilterType], {
    description: 'Your own saved filters for the list of downloadables, ordered by name, at most 50. Requires `release:read`.',
  })
  savedFilters(@Ctx() context: RequestContext): Promise<SavedFilter[]> {
    return this.filters.list(context);
  }

  @Access('release:read')
  @Mutation(() => SaveFilterPayload, { description: 'Saves a filter under a name, for yourself only.' })
  async saveFilter(
    @Ctx() context: RequestContext,
    @Arg('input', () => SaveFilterInput) input: SaveFilterInput,
  ): Promise<PayloadOf<{ savedFilter: SavedFilter }>> {
    return succeed({ savedFilter: await this.filters.save(context, input) });
  }

  @Access('release:read')
  @Mutation(() => DeleteSavedFilterPayload, { description: 'Deletes one of your saved filters.' })
  async deleteSavedFilter(
    @Ctx() context: RequestContext,
    @Arg('input', () => DeleteSavedFilterInput) input: DeleteSavedFilterInput,
  ): Promise<PayloadOf<{ deletedId: string }>> {
    await this.filters.delete(context, input.id);
    return succeed({ deletedId: input.id });
  }
}
