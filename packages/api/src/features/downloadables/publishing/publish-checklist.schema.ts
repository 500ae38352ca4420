import type { ChecklistSeverity } from '@slipway/shared';
import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { ChecklistSeverityEnum } from '../../../kernel/enums.js';
import { Weight } from '../../../kernel/limits/weight.js';

@ObjectType('ChecklistItem', { description: 'Something to know before publishing.' })
@Access('public')
export class ChecklistItemType {
  @Field(() => String, { description: 'Stable code for programs.' })
  code!: string;

  @Field(() => ChecklistSeverityEnum, { description: 'Whether it stops the publish.' })
  severity!: ChecklistSeverity;

  @Weight({ bytes: 150 })
  @Field(() => String, { description: 'What it is and what to do, in one sentence.' })
  message!: string;
}
