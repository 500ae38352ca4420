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

const TOKEN = { apiToken: { type: () => ApiTokenType, description: 'The token as it is now.' } };
const CreateApiTokenPayload = payloadType<CreateResult>('CreateApiToken', {
  ...TOKEN,
  token: { type: () => String, description: 'The token itself, shown once; null when the request was a repetition.' },
});
const RevokeApiTokenPayload = payloadType<{ apiToken: ApiToken }>('RevokeApiToken', TOKEN);

@Resolver(() => ApiTokenType)
export class TokenResolver {
  constructor(
    private readonly tokens: TokenService,
    private readonly productById: LoaderDefinition<string, Product | null>,
  ) {}

  @FieldResolver(() => ProductType, { nullable: true, description: 'The one product it is for; null: all.' })
  async product(@Ctx() context: RequestContext, @Root() token: ApiToken): Promise<Product | null> {
    return token.productId === null ? null : context.loader(this.productById).load(token.productId);
  }

  @Access('token:write')
  @Query(() => ApiTokenConnection, { name: 'apiTokens', description: 'API tokens, revoked and expired ones too, newest first.' })
  listApiTokens(@Ctx() context: RequestContext, @Args(() => ForwardPageArgs) page: ForwardPageArgs): Promise<Connection<ApiToken>> {
    return this.tokens.list(context, page);
  }

  @Access('token:write')
  @Mutation(() => CreateApiTokenPayload, { description: 'Creates an API token and shows it once.' })
  async createApiToken(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateApiTokenInput) input: CreateApiTokenInput,
  ): Promise<PayloadOf<CreateResult>> {
    return succeed(await this.tokens.create(context, input));
  }

  @Access('token:write')
  @Mutation(() => RevokeApiTokenPayload, { description: 'Revokes an API token; its next request is refused.' })
  async revokeApiToken(
    @Ctx() context: RequestContext,
    @Arg('input', () => RevokeApiTokenInput) input: RevokeApiTokenInput,
  ): Promise<PayloadOf<{ apiToken: ApiToken }>> {
    return succeed({ apiToken: await this.tokens.revoke(context, input.id) });
  }
}
