import type { DownloadableStatus, Platform } from '@slipway/shared';
import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { DownloadableSortFieldEnum, DownloadableStatusEnum, PlatformEnum, SortDirectionEnum } from '../../../kernel/enums.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { PageArgs } from '../../../kernel/pagination.js';
import { CalendarDate } from '../../../kernel/scalars.js';
import { AnnouncedFileInput } from './announced-file.inputs.js';

@InputType()
abstract class ContentFields {
  @Field(() => String, { nullable: true, description: 'Name of the release, up to 200 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Channel; inferred from the version when absent.' })
  channel?: string | null;

  @Field(() => String, { nullable: true, description: 'Changelog, Markdown, up to 64,000 characters.' })
  changelog?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Release date; the publish day when absent.' })
  releaseDate?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Publish by itself when the last declared file is READY.' })
  publish?: boolean | null;

  @Field(() => [AnnouncedFileInput], {
    nullable: true,
    description: `Files that will come, at most ${LIMITS.announcedFiles.most} at a time; createUpload or a PUT of its name sends each.`,
  })
  files?: AnnouncedFileInput[] | null;
}

@InputType({ description: 'A new version of a product.' })
export class CreateDownloadableInput extends ContentFields {
  @Field(() => ID, { nullable: true, description: 'The product; give this or productSlug.' })
  productId?: string | null;

  @Field(() => String, { nullable: true, description: 'The product by its slug; give this or productId.' })
  productSlug?: string | null;

  @Field(() => String, { description: 'The version, unique per product, for example 2.4.0 or 3.0.0-beta.1.' })
  version!: string;

  @Field(() => String, { nullable: true, description: 'Same key, same downloadable: repeat a request safely for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Changes to a draft; absent fields stay.' })
export class UpdateDownloadableInput extends ContentFields {
  @Field(() => ID, { description: 'The downloadable.' })
  id!: string;

  @Field(() => Int, { description: 'The lockVersion you read; a stale one is refused with EDIT_CONFLICT.' })
  lockVersion!: number;

  @Field(() => String, { nullable: true, description: 'The version; fixed at the first publish.' })
  version?: string | null;
}

@InputType({ description: 'Markdown to render.' })
export class PreviewChangelogInput {
  @Field(() => String, { description: 'Up to 64,000 characters.' })
  markdown!: string;
}

@InputType({ description: 'Which downloadables to list; absent fields do not narrow.' })
export class DownloadableFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Words of version, name and changelog; the last one may be the beginning of a word.',
  })
  search?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only this product’s.' })
  productId?: string | null;

  @Field(() => DownloadableStatusEnum, { nullable: true, description: 'Only in this status; null: every status you may see.' })
  status?: DownloadableStatus | null;

  @Field(() => String, { nullable: true, description: 'Only this channel’s.' })
  channel?: string | null;

  @Field(() => PlatformEnum, { nullable: true, description: 'Only with a file for this platform.' })
  platform?: Platform | null;
}

export type DownloadableSortField = 'VERSION' | 'PRODUCT' | 'STATUS' | 'RELEASE_DATE' | 'CREATED_AT';

@InputType({ description: 'How to sort downloadables.' })
export class DownloadableSort {
  @Field(() => DownloadableSortFieldEnum, { description: 'By what.' })
  field!: DownloadableSortField;

  @Field(() => SortDirectionEnum, { description: 'Which way.' })
  direction!: 'ASC' | 'DESC';
}

@ArgsType()
export class DownloadableListArgs extends PageArgs {
  @Field(() => DownloadableFilter, { nullable: true, description: 'Which ones.' })
  filter?: DownloadableFilter | null;

  @Field(() => DownloadableSort, { nullable: true, description: 'RELEASE_DATE DESC when absent.' })
  sort?: DownloadableSort | null;
}
