import { publishChecklist, type ChecklistItem, type ChecklistSeverity } from '@slipway/shared';
import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { seesDrafts } from '../../kernel/actor.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import { ChecklistSeverityEnum } from '../../kernel/enums.js';
import type { AssetLoaders } from '../assets/asset.loaders.js';
import type { StoredAsset } from '../assets/stored-asset.js';
import type { Product } from '../products/product.entity.js';
import type { Downloadable } from './downloadable.entity.js';
import type { DownloadableLoaders } from './downloadable.loaders.js';
import { DownloadableType } from './downloadable.type.js';

@ObjectType('ChecklistItem', { description: 'Something to know before publishing.' })
@Access('public')
export class ChecklistItemType {
  @Field(() => String, { description: 'Stable code for programs.' })
  code!: string;

  @Field(() => ChecklistSeverityEnum, { description: 'Whether it stops the publish.' })
  severity!: ChecklistSeverity;

  @Field(() => String, { description: 'What it is and what to do, in one sentence.' })
  message!: string;
}

/** What a downloadable's draft should be checked for before it goes live. */
@Resolver(() => DownloadableType)
export class PublishChecklistResolver {
  constructor(
    private readonly loaders: DownloadableLoaders,
    private readonly assets: AssetLoaders,
    private readonly productById: LoaderDefinition<string, Product | null>,
  ) {}

  @FieldResolver(() => [ChecklistItemType], {
    description:
      'What to know before publishing its open draft, blockers first; for staff. Empty when all is well or nothing is to be published.',
  })
  async publishChecklist(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<readonly ChecklistItem[]> {
    if (row.draftRevisionId === null || !seesDrafts(context.actor, row.productId)) return [];
    const [draft, assets, product, previous, latest] = await Promise.all([
      context.loader(this.loaders.revision).load(row.draftRevisionId),
      this.#assetsOf(context, row.draftRevisionId),
      context.loader(this.productById).load(row.productId),
      context.loader(this.loaders.previous).load(row),
      context.loader(this.loaders.latest).load(row.productId),
    ]);
    if (!draft || !product) return [];
    return publishChecklist({
      version: row.version,
      changelog: draft.changelog,
      assets,
      platforms: [...new Set(assets.map(({ platform }) => platform))],
      product,
      isProductClosed: product.archivedAt !== null && row.publishedAt === null,
      previous: previous && {
        version: previous.version,
        platforms: previous.platforms,
        fileNames: (await this.#assetsOf(context, previous.liveRevisionId ?? '')).map(({ fileName }) => fileName),
      },
      latestVersion: latest?.version ?? null,
    });
  }

  #assetsOf(context: RequestContext, revisionId: string): Promise<readonly StoredAsset[]> {
    return context.loader(this.assets.byRevision).load(revisionId);
  }
}
