import { Field, ID, InputType, Int } from 'type-graphql';
import { LIMITS } from '../../../kernel/limits/limits.js';
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
  @Field(() => ID, { nullable: true, description: 'The product; exactly one of productId and productSlug is given.' })
  productId?: string | null;

  @Field(() => String, { nullable: true, description: 'The product by its slug; exactly one of productId and productSlug is given.' })
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
