import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { connectionType, PageArgs } from '../../../kernel/pagination.js';
import { DateTime } from '../../../kernel/scalars.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { CallerLogFilterFields } from '../log-filter.js';

@ObjectType('Refusal', { description: 'A request that was refused or failed, or a part of one.' })
@Access('public')
export class RefusalType {
  @Field(() => ID, { description: 'The ID of the refusal, a ULID. Later ones have higher IDs.' })
  id!: string;

  @Field(() => DateTime, { description: 'When the request was answered.' })
  at!: Date;

  @Field(() => String, {
    description: 'The code of the error. `NOT_KEPT` stands for `notKept` others, of which too many came in a minute.',
  })
  code!: string;

  @Weight({ bytes: 150 })
  @Field(() => String, { description: 'The sentence that the caller read.' })
  message!: string;

  @Field(() => String, { nullable: true, description: 'What the caller may do about it, if the refusal is an entitlement decision.' })
  remedy!: string | null;

  @Field(() => Int, { description: 'The HTTP status of the response. GraphQL refuses a part of a request with 200.' })
  status!: number;

  @Weight({ bytes: 40 })
  @Field(() => String, { description: 'The method and route, or the field of the GraphQL operation.' })
  operation!: string;

  @Field(() => String, { nullable: true, description: 'The version of the release then.' })
  version!: string | null;

  @Field(() => ID, { nullable: true, description: 'The ID of the file that was asked for.' })
  assetId!: string | null;

  @Weight({ bytes: 60 })
  @Field(() => String, { nullable: true, description: 'The name of the file that was asked for.' })
  fileName!: string | null;

  @Field(() => ID, { nullable: true, description: 'The ID of the share link that was used.' })
  shareLinkId!: string | null;

  @Field(() => String, { nullable: true, description: 'The last characters of the license key that was sent, if a license has it.' })
  keyEnding!: string | null;

  @Field(() => String, { nullable: true, description: 'The kind of program that asked, for example `curl`. Null if unknown.' })
  client!: string | null;

  @Weight({ bytes: 20 })
  @Field(() => String, { nullable: true, description: 'The IP address, shortened as the settings say. Null if it is not kept.' })
  address!: string | null;

  @Weight({ bytes: 40 })
  @Field(() => String, { description: 'The ID of the request, as in `X-Request-Id` of its response. Empty for `NOT_KEPT`.' })
  requestId!: string;

  @Field(() => Int, { nullable: true, description: 'The number of refusals that were not kept. Null unless the code is `NOT_KEPT`.' })
  notKept!: number | null;
}

export const RefusalConnection = connectionType('Refusal', () => RefusalType);

@InputType('RefusalFilter', { description: 'A filter for refusals. Omitted fields do not restrict the list.' })
export class RefusalFilter extends CallerLogFilterFields {
  @Field(() => String, { nullable: true, description: 'Only refusals with this code.' })
  code?: string | null;
}

@ArgsType()
export class RefusalArgs extends PageArgs {
  @Field(() => RefusalFilter, { nullable: true, description: 'Which refusals to list. Defaults to all.' })
  filter?: RefusalFilter | null;
}
