import type { Channel } from '@slipway/shared';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { ForwardPageArgs, type Connection } from '../../kernel/pagination.js';
import { payloadType, succeed, type PayloadOf } from '../../kernel/payload.js';
import { Weight } from '../../kernel/limits/weight.js';
import type { ProductList } from './product-list.js';
import type { PlatformNote } from './platform-note.entity.js';
import type { Product } from './product.entity.js';
import { ArchiveProductInput, CreateProductInput, UpdateProductInput } from './product.inputs.js';
import type { ProductLoaders } from './product.loaders.js';
import type { ProductService } from './product.service.js';
import { ChannelType, PlatformNoteType, ProductConnection, ProductType } from './product.type.js';

interface ProductResult {
  readonly product: Product;
}

const PRODUCT = { product: { type: () => ProductType, description: 'The product after the change.' } };
const CreateProductPayload = payloadType<ProductResult>('CreateProduct', PRODUCT);
const UpdateProductPayload = payloadType<ProductResult>('UpdateProduct', PRODUCT);
const ArchiveProductPayload = payloadType<ProductResult>('ArchiveProduct', PRODUCT);

@Resolver(() => ProductType)
export class ProductResolver {
  constructor(
    private readonly products: ProductService,
    private readonly productList: ProductList,
    private readonly loaders: ProductLoaders,
  ) {}

  @Access('public')
  @Query(() => ProductType, {
    nullable: true,
    description: 'Finds a product by its ID or slug. Null if there is none or you may not see it.',
  })
  product(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { nullable: true, description: 'The ID of the product.' }) id: string | null,
    @Arg('slug', () => String, { nullable: true, description: 'The slug of the product.' }) slug: string | null,
  ): Promise<Product | null> {
    return this.products.find(context, { id, slug });
  }

  @Access('public')
  @Query(() => ProductConnection, { name: 'products', description: 'Lists the products that you may see, ordered by name.' })
  listProducts(
    @Ctx() context: RequestContext,
    @Arg('search', () => String, { nullable: true, description: 'Part of the name or slug to search for.' }) search: string | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<Connection<Product>> {
    return this.productList.list(context, search, page);
  }

  @Weight({ items: 5 })
  @FieldResolver(() => [ChannelType], { description: 'The channels of the product, in the order set by the vendor.' })
  channels(@Ctx() context: RequestContext, @Root() product: Product): Promise<readonly Channel[]> {
    return context.loader(this.loaders.channels).load(product.id);
  }

  @Weight({ items: 3 })
  @FieldResolver(() => [PlatformNoteType], { description: 'What the product needs on single platforms, and how to install it there.' })
  platformNotes(@Ctx() context: RequestContext, @Root() product: Product): Promise<readonly PlatformNote[]> {
    return context.loader(this.loaders.platformNotes).load(product.id);
  }

  @Access('product:write')
  @Mutation(() => CreateProductPayload, { description: 'Creates a product.' })
  async createProduct(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateProductInput) input: CreateProductInput,
  ): Promise<PayloadOf<ProductResult>> {
    return succeed({ product: await this.products.create(context, input) });
  }

  @Access('product:write')
  @Mutation(() => UpdateProductPayload, { description: 'Changes a product.' })
  async updateProduct(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateProductInput) input: UpdateProductInput,
  ): Promise<PayloadOf<ProductResult>> {
    return succeed({ product: await this.products.update(context, input) });
  }

  @Access('product:write')
  @Mutation(() => ArchiveProductPayload, { description: 'Archives a product, so that it accepts no new releases.' })
  async archiveProduct(
    @Ctx() context: RequestContext,
    @Arg('input', () => ArchiveProductInput) input: ArchiveProductInput,
  ): Promise<PayloadOf<ProductResult>> {
    return succeed({ product: await this.products.archive(context, input.id) });
  }
}
