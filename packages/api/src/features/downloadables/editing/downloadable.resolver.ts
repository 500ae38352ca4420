import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { seesDrafts } from '../../../kernel/actor.js';
import type { RequestContext } from '../../../kernel/context.js';
import type { Connection } from '../../../kernel/pagination.js';
import { succeed, type PayloadOf } from '../../../kernel/payload.js';
import { ProductType } from '../../products/product.type.js';
import type { Product } from '../../products/product.entity.js';
import type { ProductLoaders } from '../../products/product.loaders.js';
import type { DownloadableList } from '../list/downloadable-list.js';
import type { Downloadable } from '../downloadable.entity.js';
import { CreateDownloadableInput, DownloadableListArgs, UpdateDownloadableInput } from './downloadable.inputs.js';
import { downloadablePayload, type DownloadableResult } from '../downloadable.payload.js';
import type { DownloadableService } from './downloadable.service.js';
import { DownloadableConnection, DownloadableType } from '../downloadable.type.js';

const CreateDownloadablePayload = downloadablePayload('CreateDownloadable');
const UpdateDownloadablePayload = downloadablePayload('UpdateDownloadable');

@Resolver(() => DownloadableType)
export class DownloadableResolver {
  constructor(
    private readonly downloadables: DownloadableService,
    private readonly downloadableList: DownloadableList,
    private readonly productLoaders: ProductLoaders,
  ) {}

  @Access('public')
  @Query(() => DownloadableType, { nullable: true, description: 'One downloadable; null when there is none for you.' })
  downloadable(@Ctx() context: RequestContext, @Arg('id', () => ID, { description: 'ULID.' }) id: string): Promise<Downloadable | null> {
    return this.downloadables.find(context, id);
  }

  @Access('public')
  @Query(() => DownloadableConnection, {
    name: 'downloadables',
    description: 'Downloadables, newest release date first unless sorted otherwise.',
  })
  listDownloadables(
    @Ctx() context: RequestContext,
    @Args(() => DownloadableListArgs) args: DownloadableListArgs,
  ): Promise<Connection<Downloadable>> {
    return this.downloadableList.list(context, args);
  }

  @FieldResolver(() => ProductType, { description: 'The product it is a version of.' })
  product(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<Product | null> {
    return context.loader(this.productLoaders.byId).load(row.productId);
  }

  @FieldResolver(() => Boolean, { description: 'It publishes itself when its last file is READY.' })
  publishWhenReady(@Ctx() context: RequestContext, @Root() row: Downloadable): boolean {
    return seesDrafts(context.actor, row.productId) && row.publishWhenReady;
  }

  @Access('release:write')
  @Mutation(() => CreateDownloadablePayload, { description: 'Creates a draft of a new version.' })
  async createDownloadable(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateDownloadableInput) input: CreateDownloadableInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    return succeed({ downloadable: await this.downloadables.create(context, input) });
  }

  @Access('release:write')
  @Mutation(() => UpdateDownloadablePayload, { description: 'Changes a draft.' })
  async updateDownloadable(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateDownloadableInput) input: UpdateDownloadableInput,
  ): Promise<PayloadOf<DownloadableResult>> {
    return succeed({ downloadable: await this.downloadables.update(context, input) });
  }
}
