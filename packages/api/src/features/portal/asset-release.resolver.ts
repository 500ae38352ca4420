import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import { AssetObject } from '../assets/asset.type.js';
import type { StoredAsset } from '../assets/stored-asset.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import { DownloadableType } from '../downloadables/downloadable.type.js';
import type { RevisionHead } from '../downloadables/revision.entity.js';
import type { VisibleDownloadables } from '../downloadables/visible-downloadables.js';

export interface AssetReleaseUse {
  readonly revision: LoaderDefinition<string, RevisionHead | null>;
  readonly byId: LoaderDefinition<string, Downloadable | null>;
  readonly visible: VisibleDownloadables;
}

/** Whoever has the address of a file finds what it belongs to. */
@Resolver(() => AssetObject)
export class AssetReleaseResolver {
  constructor(private readonly use: AssetReleaseUse) {}

  @FieldResolver(() => DownloadableType, { nullable: true, description: 'The release of the file. Null if it is not for you to see.' })
  async downloadable(@Ctx() context: RequestContext, @Root() asset: StoredAsset): Promise<Downloadable | null> {
    const revision = await context.loader(this.use.revision).load(asset.revisionId);
    const row = revision && (await context.loader(this.use.byId).load(revision.downloadableId));
    return row && this.use.visible.show(context, row);
  }
}
