import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { Weight } from '../../kernel/limits/weight.js';

@ObjectType('SavedFilter', { description: 'A named filter for the list of downloadables, saved by one person.' })
@Access('public')
export class SavedFilterType {
  @Field(() => ID, { description: 'The ID of the filter, a ULID.' })
  id!: string;

  @Field(() => String, { description: 'The name of the filter, unique per person.' })
  name!: string;

  @Weight({ bytes: 200 })
  @Field(() => String, { description: 'The query string of the list’s URL, for example `status=DRAFT&sort=-version`.' })
  query!: string;
}

@InputType('SaveFilterInput', { description: 'A filter to save. It replaces a saved filter of the same name.' })
export class SaveFilterInput {
  @Field(() => String, { description: 'The name of the filter, 1 to 60 characters. Case is ignored.' })
  name!: string;

  @Field(() => String, { description: 'The query string of the list’s URL, up to 2,000 characters.' })
  query!: string;
}

@InputType('DeleteSavedFilterInput', { description: 'The filter to delete.' })
export class DeleteSavedFilterInput {
  @Field(() => ID, { description: 'The ID of the filter.' })
  id!: string;
}
