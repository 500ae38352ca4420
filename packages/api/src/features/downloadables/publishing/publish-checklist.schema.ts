import type { ChecklistSeverity } from '@slipway/shared';
import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { ChecklistSeverityEnum } from '../../../kernel/enums.js';
import { Weight } from '../../../kernel/limits/weight.js';

@ObjectType('ChecklistItem', { description: 'A finding to review before publishing.' })
@Access('public')
export class ChecklistItemType {
  @Field(() => String, { description: 'A stable code for programs.' })
  code!: string;

  @Field(() => ChecklistSeverityEnum, { description: 'The severity, which decides whether the finding prevents publishing.' })
  severity!: ChecklistSeverity;

  @Weight({ bytes: 150 })
  @Field(() => String, { description: 'One sentence that says what was found and what to do.' })
  message!: string;
}
