import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import { ForwardPageArgs, type Connection } from '../../kernel/pagination.js';
import { payloadType, succeed, type PayloadOf } from '../../kernel/payload.js';
import type { Product } from '../products/product.entity.js';
import { ProductType } from '../products/product.type.js';
import type { ApiToken } from './api-token.entity.js';
import { ApiTokenConnection, ApiTokenType, CreateApiTokenInput, RevokeApiTokenInput } from './token.schema.js';
import type { TokenService } from './token.service.js';

interface CreateResult {
  readonly apiToken: ApiToken;
  readonly token: string | null;
}

const TOKEN = { apiToken: { type: () => ApiTokenType, description: 'The token after the change.' } };
const CreateApiTokenPayload = payloadType<CreateResult>('CreateApiToken', {
  ...TOKEN,
  token: { type: () => String, description: 'The secret token, shown only once. Null when the request is a repeat.' },
});
const RevokeApiTokenPayload = payloadType<{ apiToken: ApiToken }>('RevokeApiToken', TOKEN);

@Resolver(() => ApiTokenType)
export class TokenResolver {
  constructor(
    private readonly tokens: TokenService,
    private readonly productById: LoaderDefinition<string, Product | null>,
  ) {}

  @FieldResolver(() => ProductType, {
    nullable: true,
    description: 'The product that the token is restricted to. Null if it is for all products.',
  })
  async product(@Ctx() context: RequestContext, @Root() token: ApiToken): Promise<Product | null> {
    return token.productId === null ? null : context.loader(this.productById).load(token.productId);
  }

  @Access('token:write')
  @Query(() => ApiTokenConnection, {
    name: 'apiTokens',
    description: 'Lists API tokens, including revoked and expired ones, newest first. Requires `token:write`.',
  })
  listApiTokens(@Ctx() context: RequestContext, @Args(() => ForwardPageArgs) page: ForwardPageArgs): Promise<Connection<ApiToken>> {
    return this.tokens.list(context, page);
  }

  @Access('token:write')
  @Mutation(() => CreateApiTokenPayload, { description: 'Creates an API token. The token is shown only once.' })
  async createApiToken(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateApiTokenInput) input: CreateApiTokenInput,
  ): Promise<PayloadOf<CreateResult>> {
    return succeed(await this.tokens.create(context, input));
  }

  @Access('token:write')
  @Mutation(() => RevokeApiTokenPayload, { description: 'Revokes an API token, which stops working at once.' })
  async revokeApiToken(
    @Ctx() context: RequestContext,
    @Arg('input', () => RevokeApiTokenInput) input: RevokeApiTokenInput,
  ): Promise<PayloadOf<{ apiToken: ApiToken }>> {
    return succeed({ apiToken: await this.tokens.revoke(context, input.id) });
  }
}
