import { checkChangelog } from '@slipway/shared';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { seesDrafts } from '../../../kernel/policy.js';
import { Access } from '../../../kernel/access.js';
import { DateTime } from '../../../kernel/scalars.js';
import type { RequestContext } from '../../../kernel/context.js';
import { payloadType, succeed, type PayloadOf } from '../../../kernel/payload.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { LateValue } from '../../../kernel/reply-size.js';
import { CHANGELOG_HTML_WEIGHT, CHANGELOG_WEIGHT, FILES_WEIGHT, Weight } from '../../../kernel/limits/weight.js';
import type { AssetLoaders } from '../../assets/asset.loaders.js';
import { AssetObject } from '../../assets/asset.type.js';
import type { StoredAsset } from '../../assets/stored-asset.js';
import { renderChangelog } from '../changelog/changelog.js';
import { revisionHtml } from '../changelog/changelog-html.js';
import type { Downloadable } from '../downloadable.entity.js';
import { PreviewChangelogInput } from '../editing/downloadable.inputs.js';
import { listedFiles } from '../list/listed-parts.js';
import type { ListedFile } from '../projection/listed-files.js';
import type { DownloadableLoaders } from '../downloadable.loaders.js';
import { DownloadableType, RevisionType } from '../downloadable.type.js';
import { isPublicRevision, type RevisionHead } from '../revision.entity.js';

const PreviewChangelogPayload = payloadType<{ html: string }>('PreviewChangelog', {
  html: {
    type: () => String,
    description: 'The HTML that the portal would show.',
    weight: CHANGELOG_HTML_WEIGHT,
  },
});

/** What a downloadable shows of its revisions: the live one, or the draft before the first publish. */
@Resolver(() => DownloadableType)
export class DownloadableContentResolver {
  constructor(
    private readonly loaders: DownloadableLoaders,
    private readonly assetLoaders: AssetLoaders,
  ) {}

  @FieldResolver(() => RevisionType, { description: 'The revision whose content the other fields of the downloadable show.' })
  revision(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<RevisionHead> {
    return this.#shown(context, row);
  }

  @FieldResolver(() => RevisionType, {
    nullable: true,
    description: 'The open draft. Null if there is none or you lack `release:read`.',
  })
  async draftRevision(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<RevisionHead | null> {
    if (row.draftRevisionId === null || !seesDrafts(context.actor, row.productId)) return null;
    return context.loader(this.loaders.revision).load(row.draftRevisionId);
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description:
      'When the downloadable was first published, which fixed its version, even if that publish was undone. Null unless you have `release:read`.',
  })
  everPublishedAt(@Ctx() context: RequestContext, @Root() row: Downloadable): Date | null {
    return seesDrafts(context.actor, row.productId) ? (row.everPublishedAt ?? row.publishedAt) : null;
  }

  @Weight({ items: 4 })
  @FieldResolver(() => [RevisionType], { description: 'The revisions that you may see, newest first, at most 1,000.' })
  async revisions(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<readonly RevisionHead[]> {
    const revisions = await context.loader(this.loaders.revisions).load(row.id);
    return seesDrafts(context.actor, row.productId)
      ? revisions
      : revisions.filter((revision) => isPublicRevision(revision) && revision.purgedAt === null);
  }

  @Weight(CHANGELOG_WEIGHT)
  @FieldResolver(() => String, { description: 'The changelog in Markdown.' })
  async changelog(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<string> {
    return context.loader(this.loaders.changelog).load((await this.#shown(context, row)).id);
  }

  @Weight(CHANGELOG_HTML_WEIGHT)
  @FieldResolver(() => String, { description: 'The changelog as sanitized HTML.' })
  async changelogHtml(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<LateValue<string>> {
    const { id } = await this.#shown(context, row);
    const changelog = await context.loader(this.loaders.changelog).load(id);
    return () => revisionHtml.of({ id, changelog });
  }

  @Weight(FILES_WEIGHT)
  @FieldResolver(() => [AssetObject], { description: 'The files, at most 2,000, in the order set by the vendor.' })
  async assets(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<readonly ListedFile[]> {
    return listedFiles(row) ?? context.loader(this.assetLoaders.byRevision).load(row.liveRevisionId ?? row.draftRevisionId ?? '');
  }

  async #shown(context: RequestContext, row: Downloadable): Promise<RevisionHead> {
    const revision = await context.loader(this.loaders.revision).load(row.liveRevisionId ?? row.draftRevisionId ?? '');
    if (!revision) throw new Error(`Downloadable ${row.id} has no revision.`);
    return revision;
  }
}

@Resolver(() => RevisionType)
export class RevisionResolver {
  constructor(
    private readonly loaders: DownloadableLoaders,
    private readonly assetLoaders: AssetLoaders,
  ) {}

  @Weight(CHANGELOG_WEIGHT)
  @FieldResolver(() => String, { name: 'changelog', description: 'The changelog in Markdown.' })
  revisionChangelog(@Ctx() context: RequestContext, @Root() { id }: RevisionHead): Promise<string> {
    return context.loader(this.loaders.changelog).load(id);
  }

  @Weight(CHANGELOG_HTML_WEIGHT)
  @FieldResolver(() => String, { name: 'changelogHtml', description: 'The changelog as sanitized HTML.' })
  async revisionChangelogHtml(@Ctx() context: RequestContext, @Root() { id }: RevisionHead): Promise<LateValue<string>> {
    const changelog = await context.loader(this.loaders.changelog).load(id);
    return () => revisionHtml.of({ id, changelog });
  }

  @Weight(FILES_WEIGHT)
  @FieldResolver(() => [AssetObject], { name: 'assets', description: 'The files, at most 2,000, in the order set by the vendor.' })
  revisionAssets(@Ctx() context: RequestContext, @Root() revision: RevisionHead): Promise<readonly StoredAsset[]> {
    return context.loader(this.assetLoaders.byRevision).load(revision.id);
  }

  @Access('release:write')
  @Mutation(() => PreviewChangelogPayload, { description: 'Renders a changelog in Markdown as the portal would show it.' })
  previewChangelog(@Arg('input', () => PreviewChangelogInput) input: PreviewChangelogInput): PayloadOf<{ html: string }> {
    const problem = checkChangelog(input.markdown);
    if (problem) refuse(problem.code, problem.message, 'markdown');
    return succeed({ html: renderChangelog(input.markdown) });
  }
}
