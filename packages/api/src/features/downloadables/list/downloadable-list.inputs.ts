import type { DownloadableStatus, Platform } from '@slipway/shared';
import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { DownloadableSortFieldEnum, DownloadableStatusEnum, PlatformEnum, SortDirectionEnum } from '../../../kernel/enums.js';
import { PageArgs } from '../../../kernel/pagination.js';

@InputType({ description: 'A filter for downloadables. Omitted fields do not restrict the list.' })
export class DownloadableFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Words to search for in the version, name and changelog. The last one may be the beginning of a word.',
  })
  search?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only downloadables of the product with this ID.' })
  productId?: string | null;

  @Field(() => DownloadableStatusEnum, {
    nullable: true,
    description: 'Only downloadables with this status. Defaults to every status that you may see.',
  })
  status?: DownloadableStatus | null;

  @Field(() => String, { nullable: true, description: 'Only downloadables of this channel.' })
  channel?: string | null;

  @Field(() => PlatformEnum, { nullable: true, description: 'Only downloadables that have a file for this platform.' })
  platform?: Platform | null;
}

export type DownloadableSortField = 'VERSION' | 'PRODUCT' | 'STATUS' | 'RELEASE_DATE' | 'CREATED_AT';

@InputType({ description: 'The order of a list of downloadables.' })
export class DownloadableSort {
  @Field(() => DownloadableSortFieldEnum, { description: 'The field to sort by.' })
  field!: DownloadableSortField;

  @Field(() => SortDirectionEnum, { description: 'The direction to sort in.' })
  direction!: 'ASC' | 'DESC';
}

@ArgsType()
export class DownloadableListArgs extends PageArgs {
  @Field(() => DownloadableFilter, { nullable: true, description: 'Which downloadables to list. Defaults to all that you may see.' })
  filter?: DownloadableFilter | null;

  @Field(() => DownloadableSort, { nullable: true, description: 'The order of the list. Defaults to `RELEASE_DATE`, `DESC`.' })
  sort?: DownloadableSort | null;
}
