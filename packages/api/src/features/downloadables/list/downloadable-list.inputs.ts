import type { DownloadableStatus, Platform } from '@slipway/shared';
import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { DownloadableSortFieldEnum, DownloadableStatusEnum, PlatformEnum, SortDirectionEnum } from '../../../kernel/enums.js';
import { PageArgs } from '../../../kernel/pagination.js';

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
