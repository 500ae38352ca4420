import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import type { Connection } from '../../../kernel/pagination.js';
import type { StoreEvent } from '../../../machinery/store-events/store-event.entity.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import { DownloadableType } from '../../downloadables/downloadable.type.js';
import type { Product } from '../../products/product.entity.js';
import { ProductType } from '../../products/product.type.js';
import { requireLogs } from '../log-filter.js';
import type { LogSubjects } from '../log-subjects.js';
import { StoreEventArgs, StoreEventConnection, StoreEventType } from './store-event.schema.js';
import type { StoreEventList } from './store-event-list.js';

@Resolver(() => StoreEventType)
export class StoreEventResolver {
  constructor(
    private readonly events: StoreEventList,
    private readonly subjects: LogSubjects,
  ) {}

  @Access('log:read')
  @Query(() => StoreEventConnection, {
    name: 'storeEvents',
    description: 'Lists what happened to the object store, newest first. Requires `log:read`.',
  })
  listStoreEvents(@Ctx() context: RequestContext, @Args(() => StoreEventArgs) args: StoreEventArgs): Promise<Connection<StoreEvent>> {
    requireLogs(context);
    return this.events.list(args);
  }

  @FieldResolver(() => ProductType, { nullable: true, description: 'The product of the file. Null if it concerned none.' })
  product(@Ctx() context: RequestContext, @Root() event: StoreEvent): Promise<Product | null> {
    return this.subjects.product(context, event);
  }

  @FieldResolver(() => DownloadableType, {
    nullable: true,
    description: 'The release of the file. Null if it concerned none, if it was deleted, or without `release:read`.',
  })
  downloadable(@Ctx() context: RequestContext, @Root() event: StoreEvent): Promise<Downloadable | null> {
    return this.subjects.downloadable(context, event);
  }
}
