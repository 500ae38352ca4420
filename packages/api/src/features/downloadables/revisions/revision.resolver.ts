import { CHANGELOG_MAX_LENGTH, checkChangelog } from '@slipway/shared';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { seesDrafts } from '../../../kernel/actor.js';
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
import type { DownloadableLoaders } from '../downloadable.loaders.js';
import { DownloadableType, RevisionType } from '../downloadable.type.js';
import { isPublicRevision, type RevisionHead } from '../revision.entity.js';

const PreviewChangelogPayload = payloadType<{ html: string }>('PreviewChangelog', {
  html: {
    type: () => String,
    description: `The HTML that the portal shows; for up to ${CHANGELOG_MAX_LENGTH} characters.`,
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

  @FieldResolver(() => RevisionType, { description: 'The revision whose content the other fields show.' })
  revision(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<RevisionHead> {
    return this.#shown(context, row);
  }

  @FieldResolver(() => RevisionType, { nullable: true, description: 'The open draft, for those who see drafts.' })
  async draftRevision(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<RevisionHead | null> {
    if (row.draftRevisionId === null || !seesDrafts(context.actor, row.productId)) return null;
    return context.loader(this.loaders.revision).load(row.draftRevisionId);
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description:
      'When it was published for the very first time, for those who see drafts: from then on its version is fixed, also when that publish was undone.',
  })
  everPublishedAt(@Ctx() context: RequestContext, @Root() row: Downloadable): Date | null {
    return seesDrafts(context.actor, row.productId) ? (row.everPublishedAt ?? row.publishedAt) : null;
  }

  @Weight({ items: 4 })
  @FieldResolver(() => [RevisionType], { description: 'All revisions you may see, newest first.' })
  async revisions(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<readonly RevisionHead[]> {
    const revisions = await context.loader(this.loaders.revisions).load(row.id);
    return seesDrafts(context.actor, row.productId)
      ? revisions
      : revisions.filter((revision) => isPublicRevision(revision) && revision.purgedAt === null);
  }

  @Weight(CHANGELOG_WEIGHT)
  @FieldResolver(() => String, { description: 'Changelog, Markdown.' })
  async changelog(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<string> {
    return context.loader(this.loaders.changelog).load((await this.#shown(context, row)).id);
  }

  @Weight(CHANGELOG_HTML_WEIGHT)
  @FieldResolver(() => String, { description: 'Changelog as safe HTML.' })
  async changelogHtml(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<LateValue<string>> {
    const { id } = await this.#shown(context, row);
    const changelog = await context.loader(this.loaders.changelog).load(id);
    return () => revisionHtml.of({ id, changelog });
  }

  @Weight(FILES_WEIGHT)
  @FieldResolver(() => [AssetObject], { description: 'Its files, in their order.' })
  async assets(@Ctx() context: RequestContext, @Root() row: Downloadable): Promise<readonly StoredAsset[]> {
    return context.loader(this.assetLoaders.byRevision).load(row.liveRevisionId ?? row.draftRevisionId ?? '');
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
  @FieldResolver(() => String, { name: 'changelog', description: 'Changelog, Markdown.' })
  revisionChangelog(@Ctx() context: RequestContext, @Root() { id }: RevisionHead): Promise<string> {
    return context.loader(this.loaders.changelog).load(id);
  }

  @Weight(CHANGELOG_HTML_WEIGHT)
  @FieldResolver(() => String, { name: 'changelogHtml', description: 'Changelog as safe HTML.' })
  async revisionChangelogHtml(@Ctx() context: RequestContext, @Root() { id }: RevisionHead): Promise<LateValue<string>> {
    const changelog = await context.loader(this.loaders.changelog).load(id);
    return () => revisionHtml.of({ id, changelog });
  }

  @Weight(FILES_WEIGHT)
  @FieldResolver(() => [AssetObject], { name: 'assets', description: 'Its files, in their order.' })
  revisionAssets(@Ctx() context: RequestContext, @Root() revision: RevisionHead): Promise<readonly StoredAsset[]> {
    return context.loader(this.assetLoaders.byRevision).load(revision.id);
  }

  @Access('release:write')
  @Mutation(() => PreviewChangelogPayload, { description: 'Renders a changelog as the portal would.' })
  previewChangelog(@Arg('input', () => PreviewChangelogInput) input: PreviewChangelogInput): PayloadOf<{ html: string }> {
    const problem = checkChangelog(input.markdown);
    if (problem) refuse(problem.code, problem.message, 'markdown');
    return succeed({ html: renderChangelog(input.markdown) });
  }
}
