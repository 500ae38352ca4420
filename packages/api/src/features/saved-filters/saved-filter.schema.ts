import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { Weight } from '../../kernel/limits/weight.js';

@ObjectType('SavedFilter', { description: 'What one person often looks for in the list of downloadables, under a name.' })
@Access('public')
export class SavedFilterType {
  @Field(() => ID, { description: 'ULID.' })
  id!: string;

  @Field(() => String, { description: 'Its name, unique per person.' })
  name!: string;

  @Weight({ bytes: 200 })
  @Field(() => String, { description: 'The query of the list’s address, for example status=DRAFT&sort=-version.' })
  query!: string;
}

@InputType('SaveFilterInput', { description: 'A filter to keep; the same name again replaces what was kept under it.' })
export class SaveFilterInput {
  @Field(() => String, { description: '1 to 60 characters; capitals make no other name.' })
  name!: string;

  @Field(() => String, { description: 'The query of the list’s address, up to 2,000 characters.' })
  query!: string;
}

@InputType('DeleteSavedFilterInput', { description: 'The filter to forget.' })
export class DeleteSavedFilterInput {
  @Field(() => ID, { description: 'The filter.' })
  id!: string;
}
