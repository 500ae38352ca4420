import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import { Weight } from '../../kernel/limits/weight.js';
import { ownsCustomer } from '../../kernel/policy.js';
import type { Connection } from '../../kernel/pagination.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import { DownloadableType } from '../downloadables/downloadable.type.js';
import type { VisibleDownloadables } from '../downloadables/visible-downloadables.js';
import type { DownloadEvent } from '../downloads/download.entities.js';
import type { Product } from '../products/product.entity.js';
import type { ProductLoaders } from '../products/product.loaders.js';
import { ProductType } from '../products/product.type.js';
import { LastDownloadType, OwnDownloadArgs, OwnDownloadConnection, OwnDownloadType } from './own-download.schema.js';
import type { OwnDownloads } from './own-downloads.js';

export interface OwnDownloadUse {
  readonly downloads: OwnDownloads;
  readonly products: ProductLoaders;
  readonly downloadable: LoaderDefinition<string, Downloadable | null>;
  readonly visible: VisibleDownloadables;
  /** Names of people by their ids; null for those who are gone. */
  readonly actorName: LoaderDefinition<string, string | null>;
}

@Resolver(() => OwnDownloadType)
export class OwnDownloadResolver {
  constructor(private readonly use: OwnDownloadUse) {}

  @Access('signed-in')
  @Query(() => OwnDownloadConnection, {
    name: 'ownDownloads',
    description: 'Lists what your customer downloaded, or what your license key allowed, newest first. Empty for staff and tokens.',
  })
  listOwnDownloads(@Ctx() context: RequestContext, @Args(() => OwnDownloadArgs) args: OwnDownloadArgs): Promise<Connection<DownloadEvent>> {
    return this.use.downloads.list(context.actor, args);
  }

  @FieldResolver(() => ProductType, { nullable: true, description: 'The product. Null if it is gone.' })
  product(@Ctx() context: RequestContext, @Root() event: DownloadEvent): Promise<Product | null> {
    return context.loader(this.use.products.byId).load(event.productId);
  }

  @FieldResolver(() => DownloadableType, { nullable: true, description: 'The release. Null if it is gone, or not for you any more.' })
  async downloadable(@Ctx() context: RequestContext, @Root() event: DownloadEvent): Promise<Downloadable | null> {
    const row = await context.loader(this.use.downloadable).load(event.downloadableId);
    return row && this.use.visible.show(context, row);
  }

  @FieldResolver(() => Boolean, { description: 'Whether it was you, signed in as the same person.' })
  byYou(@Ctx() { actor }: RequestContext, @Root() { userId }: DownloadEvent): boolean {
    return actor.kind === 'USER' && actor.userId === userId;
  }

  @Weight({ bytes: 30 })
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The person of your customer who downloaded. Null for downloads by a key, and for whoever asks with one.',
  })
  async byName(@Ctx() context: RequestContext, @Root() { userId }: DownloadEvent): Promise<string | null> {
    return context.actor.kind === 'USER' && userId !== null ? context.loader(this.use.actorName).load(userId) : null;
  }

  @Weight({ bytes: 30 })
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The name of the machine key that downloaded, for owners of the customer. Null for everybody else, and for other downloads.',
  })
  async byMachineKey(@Ctx() context: RequestContext, @Root() { customerId, machineKeyId }: DownloadEvent): Promise<string | null> {
    const isShown = machineKeyId !== null && customerId !== null && ownsCustomer(context.actor, customerId);
    return isShown ? context.loader(this.use.actorName).load(machineKeyId) : null;
  }
}

/** What was downloaded last is asked of a product. */
@Resolver(() => ProductType)
export class LastDownloadResolver {
  constructor(private readonly downloads: OwnDownloads) {}

  @Weight({ work: 10 })
  @FieldResolver(() => LastDownloadType, {
    nullable: true,
    description: 'What your customer downloaded last of the product. Null if nothing yet, and for staff and tokens.',
  })
  lastDownload(@Ctx() context: RequestContext, @Root() product: Product): Promise<LastDownloadType | null> {
    return context.loader(this.downloads.lastOfProduct).load(product.id);
  }
}
