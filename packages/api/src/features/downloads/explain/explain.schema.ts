import {
  ACCESS_CHANGES,
  ACCESS_RULES,
  RULE_OUTCOMES,
  type AccessChangeKind,
  type AccessRule,
  type EntitlementCode,
  type EntitlementDecision,
  type EntitlementParams,
  type RuleOutcome,
} from '@slipway/shared';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { enumOf, EntitlementCodeEnum } from '../../../kernel/enums.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { DateTime, JSONObject } from '../../../kernel/scalars.js';
import type { License } from '../../licenses/license.entity.js';
import { LicenseType } from '../../licenses/license.schema.js';
import { EntitlementDecisionType } from '../access/access.schema.js';

const AccessRuleEnum = enumOf('AccessRule', 'A rule that is asked before a download, in the order in which they are asked.', ACCESS_RULES);
const RuleOutcomeEnum = enumOf(
  'RuleOutcome',
  'What became of a rule: `FAILED` is the reason of the decision, `NOT_REACHED` was not asked since an earlier one failed.',
  RULE_OUTCOMES,
);
const AccessChangeKindEnum = enumOf('AccessChangeKind', 'A change that satisfies a rule.', ACCESS_CHANGES);

@InputType('ExplainAccessInput', { description: 'A decision to explain. Give exactly one of `licenseId` and `customerId`.' })
export class ExplainAccessInput {
  @Field(() => ID, { nullable: true, description: 'The ID of the license to ask for.' })
  licenseId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The ID of the customer to ask for, with all licenses of the product.' })
  customerId?: string | null;

  @Field(() => ID, { description: 'The ID of the release.' })
  downloadableId!: string;

  @Field(() => ID, { nullable: true, description: 'The ID of a file of the release. Asks about the release as a whole if omitted.' })
  assetId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'The time to ask about. Defaults to now.' })
  at?: Date | null;
}

@ObjectType('AccessRuleStep', { description: 'One rule, with what it compared and what came of it.' })
@Access('license:read')
export class RuleStepType {
  @Field(() => AccessRuleEnum, { description: 'The rule.' })
  rule!: AccessRule;

  @Field(() => RuleOutcomeEnum, { description: 'What became of it.' })
  outcome!: RuleOutcome;

  @Field(() => EntitlementCodeEnum, {
    nullable: true,
    description: 'Why it objects, or would if it were asked. Null if it passes.',
  })
  code!: EntitlementCode | null;

  @Weight({ bytes: 80 })
  @Field(() => JSONObject, { description: 'What it compared, for example `updatesUntil` and `releaseDate`. Dates are the vendor’s.' })
  values!: EntitlementParams;
}

@ObjectType('AccessChange', { description: 'A change that would satisfy a rule.' })
@Access('license:read')
export class AccessChangeType {
  @Field(() => AccessChangeKindEnum, { description: 'What to change.' })
  kind!: AccessChangeKind;

  @Weight({ bytes: 60 })
  @Field(() => JSONObject, { description: 'What to change it to, for example `until` or `channel`.' })
  params!: EntitlementParams;

  @Field(() => Boolean, { description: 'Whether it alone allows the download. If not, the others of the same way are needed too.' })
  isEnough!: boolean;
}

@ObjectType('AccessWay', { description: 'One way to a release: by a license, or by none where it is open to everyone.' })
@Access('license:read')
export class AccessWayType {
  @Field(() => LicenseType, { nullable: true, description: 'The license. Null if it needs none, or there is none.' })
  license!: License | null;

  @Field(() => EntitlementDecisionType, { description: 'What it comes to, as if there were no other way.' })
  decision!: EntitlementDecision;

  @Weight({ items: 13 })
  @Field(() => [RuleStepType], { description: 'The rules, in their order.' })
  steps!: readonly RuleStepType[];

  @Weight({ items: 2 })
  @Field(() => [AccessChangeType], { description: 'What would allow the download. Empty if it is allowed.' })
  changes!: readonly AccessChangeType[];
}

@ObjectType('AccessTurn', { description: 'A time at which the decision changes by itself.' })
@Access('license:read')
export class AccessTurnType {
  @Field(() => DateTime, { description: 'The time.' })
  at!: Date;

  @Field(() => Boolean, { description: 'Whether the download is allowed just before.' })
  wasAllowed!: boolean;

  @Field(() => EntitlementDecisionType, { description: 'The decision from then on.' })
  decision!: EntitlementDecision;
}

@ObjectType('AccessExplanation', { description: 'A decision in full: every rule, what would change it, and when it changes by itself.' })
@Access('license:read')
export class AccessExplanationType {
  @Field(() => DateTime, { description: 'The time that was asked about.' })
  at!: Date;

  @Field(() => EntitlementDecisionType, { description: 'The decision. With several licenses, one that allows the download is enough.' })
  decision!: EntitlementDecision;

  @Weight({ items: 3 })
  @Field(() => [AccessWayType], { description: 'The ways to the release: the one that decides first.' })
  ways!: readonly AccessWayType[];

  @Weight({ items: 4 })
  @Field(() => [AccessTurnType], { description: 'The past and coming times at which the decision changes by itself, in order.' })
  turns!: readonly AccessTurnType[];
}
