import type { EntitlementCode, EntitlementRemedy } from '@slipway/shared';
import { ArgsType, Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { EntitlementCodeEnum, EntitlementRemedyEnum } from '../../../kernel/enums.js';
import { ByteSize, DateTime, JSONObject } from '../../../kernel/scalars.js';
import { Weight } from '../../../kernel/limits/weight.js';

@ObjectType('EntitlementDecision', { description: 'Whether a download is allowed, and if not, why and what to do.' })
@Access('public')
export class EntitlementDecisionType {
  @Field(() => Boolean, { description: 'Whether it is allowed.' })
  allowed!: boolean;

  @Field(() => EntitlementCodeEnum, { description: 'The reason, for programs.' })
  code!: EntitlementCode;

  @Weight({ bytes: 150 })
  @Field(() => String, { description: 'The reason, and what to do, in one sentence for the customer.' })
  message!: string;

  @Weight({ bytes: 100 })
  @Field(() => JSONObject, { nullable: true, description: 'The reason’s details, for example coveredUntil.' })
  params!: Readonly<Record<string, string | number | null>>;

  @Field(() => EntitlementRemedyEnum, { nullable: true, description: 'What would help; null when nothing is wrong or nothing helps.' })
  remedy!: EntitlementRemedy | null;

  @Field(() => ID, { nullable: true, description: 'The license that allows it, or came nearest.' })
  licenseId!: string | null;
}

@ObjectType('Download', { description: 'A granted download.' })
@Access('public')
export class Download {
  @Weight({ bytes: 600 })
  @Field(() => String, { description: 'GET it here, before expiresAt. A secret: whoever has it gets the file.' })
  url!: string;

  @Field(() => DateTime, { description: 'When the URL stops working; for an external file, when to ask again.' })
  expiresAt!: Date;

  @Field(() => String, { description: 'The name under which it is saved.' })
  fileName!: string;

  @Field(() => ByteSize, { description: 'Bytes.' })
  size!: number;

  @Field(() => String, { nullable: true, description: 'SHA-256 in hex, to compare after the download.' })
  sha256!: string | null;
}

@InputType('CreateDownloadInput', { description: 'The file to download.' })
export class CreateDownloadInput {
  @Field(() => ID, { description: 'The asset.' })
  assetId!: string;
}

@InputType('CheckEntitlementInput', { description: 'Which download to judge, and for whom; for yourself when nobody is named.' })
export class CheckEntitlementInput {
  @Field(() => ID, { nullable: true, description: 'A file, or' })
  assetId?: string | null;

  @Field(() => ID, { nullable: true, description: 'a release as a whole.' })
  downloadableId?: string | null;

  @Field(() => String, { nullable: true, description: 'For the holder of this key.' })
  licenseKey?: string | null;

  @Field(() => ID, { nullable: true, description: 'For this license; its owner and staff may ask.' })
  licenseId?: string | null;

  @Field(() => ID, { nullable: true, description: 'For this customer; they and staff may ask.' })
  customerId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'At this instant; now when absent.' })
  at?: Date | null;
}

@ArgsType()
export class AccessAsArgs {
  @Field(() => ID, { description: 'The license to look as.' })
  licenseId!: string;

  @Field(() => Boolean, { nullable: true, description: 'Judge what is not published yet as if it were published now.' })
  ifPublished?: boolean | null;
}
