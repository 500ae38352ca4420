import { Field, ID, InputType, Int } from 'type-graphql';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { CalendarDate } from '../../../kernel/scalars.js';
import { AnnouncedFileInput } from './announced-file.inputs.js';

@InputType()
abstract class ContentFields {
  @Field(() => String, { nullable: true, description: 'The name of the release, up to 200 characters.' })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The channel of the release. Inferred from the version of a new release if omitted.',
  })
  channel?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What is new in one line, up to 140 characters. The beginning of the changelog stands in its place if omitted.',
  })
  summary?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the release fixes a vulnerability. Defaults to false.' })
  isSecurityFix?: boolean | null;

  @Field(() => String, { nullable: true, description: 'The changelog in Markdown, up to 64,000 characters.' })
  changelog?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The release date. Defaults to the day of publishing.' })
  releaseDate?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether to publish as soon as the last declared file is ready.' })
  publish?: boolean | null;

  @Field(() => [AnnouncedFileInput], {
    nullable: true,
    description: `Files to be uploaded later, at most ${LIMITS.announcedFiles.most} per request. Send each with createUpload or an HTTP PUT of its name.`,
  })
  files?: AnnouncedFileInput[] | null;
}

@InputType({ description: 'A downloadable to create: a new version of a product.' })
export class CreateDownloadableInput extends ContentFields {
  @Field(() => ID, { nullable: true, description: 'The ID of the product. Give exactly one of `productId` and `productSlug`.' })
  productId?: string | null;

  @Field(() => String, { nullable: true, description: 'The slug of the product. Give exactly one of `productId` and `productSlug`.' })
  productSlug?: string | null;

  @Field(() => String, { description: 'The version, for example `2.4.0` or `3.0.0-beta.1`. Unique within the product.' })
  version!: string;

  @Field(() => String, { nullable: true, description: 'A key that makes the request safe to repeat for 24 hours.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Changes to a draft. Omitted fields stay as they are.' })
export class UpdateDownloadableInput extends ContentFields {
  @Field(() => ID, { description: 'The ID of the downloadable to change.' })
  id!: string;

  @Field(() => Int, { description: 'The `lockVersion` that you last read. An outdated one is rejected with `EDIT_CONFLICT`.' })
  lockVersion!: number;

  @Field(() => String, { nullable: true, description: 'The version. It cannot change after the first publish.' })
  version?: string | null;
}

@InputType({ description: 'A changelog to render.' })
export class PreviewChangelogInput {
  @Field(() => String, { description: 'The Markdown to render, up to 64,000 characters.' })
  markdown!: string;
}
