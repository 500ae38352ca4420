import { Field, ID, InputType } from 'type-graphql';

@InputType('ReviseDownloadableInput', { description: 'The downloadable whose next revision to open.' })
export class ReviseDownloadableInput {
  @Field(() => ID, { description: 'The ID of the downloadable.' })
  id!: string;
}

@InputType('DiscardRevisionInput', { description: 'The downloadable whose open draft revision to discard.' })
export class DiscardRevisionInput {
  @Field(() => ID, { description: 'The ID of the downloadable.' })
  id!: string;
}

@InputType('CopyDownloadableInput', { description: 'The downloadable to copy to another version.' })
export class CopyDownloadableInput {
  @Field(() => ID, { description: 'The ID of the downloadable.' })
  id!: string;

  @Field(() => String, { description: 'The version of the copy, unique within the product.' })
  version!: string;

  @Field(() => String, { nullable: true, description: 'A key that makes the request safe to repeat for 24 hours.' })
  idempotencyKey?: string | null;
}
