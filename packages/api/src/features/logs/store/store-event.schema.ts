import { ArgsType, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import { connectionType, PageArgs } from '../../../kernel/pagination.js';
import { ByteSize, DateTime } from '../../../kernel/scalars.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { STORE_EVENT_KINDS, type StoreEventKind } from '../../../machinery/store-events/store-event.entity.js';
import { LogFilterFields } from '../log-filter.js';

const KINDS: Readonly<Record<StoreEventKind, string>> = {
  FAILED: 'The store could not be reached, or refused what was asked of it.',
  FILE_MISSING: 'A file was missing from the store.',
  FILE_BACK: 'A missing file was back.',
  DELETED: 'An object that nothing refers to any more was deleted.',
  SWEPT: 'An upload that nobody finished was dropped.',
  COMPARED: 'Store and database were compared.',
};
const StoreEventKindEnum = Object.fromEntries(STORE_EVENT_KINDS.map((kind) => [kind, kind]));
registerEnumType(StoreEventKindEnum, {
  name: 'StoreEventKind',
  description: 'What happened to the object store.',
  valuesConfig: Object.fromEntries(Object.entries(KINDS).map(([kind, description]) => [kind, { description }])),
});

@ObjectType('StoreEvent', { description: 'Something that happened to the object store or to a file in it.' })
@Access('public')
export class StoreEventType {
  @Field(() => ID, { description: 'The ID of the event, a ULID. Later events have higher IDs.' })
  id!: string;

  @Field(() => DateTime, { description: 'When it happened.' })
  at!: Date;

  @Field(() => StoreEventKindEnum, { description: 'What happened.' })
  kind!: StoreEventKind;

  @Field(() => String, { nullable: true, description: 'The version of the release, if it concerned a file.' })
  version!: string | null;

  @Weight({ bytes: 60 })
  @Field(() => String, { nullable: true, description: 'The name of the file, if it concerned one.' })
  fileName!: string | null;

  @Weight({ bytes: 60 })
  @Field(() => String, { nullable: true, description: 'The key of the object in the store.' })
  objectKey!: string | null;

  @Field(() => ByteSize, { nullable: true, description: 'The size of the object, or of all objects after a comparison, in bytes.' })
  size!: number | null;

  @Weight({ bytes: 100 })
  @Field(() => String, { nullable: true, description: 'What the store said, or what was found.' })
  detail!: string | null;

  @Weight({ bytes: 40 })
  @Field(() => String, { nullable: true, description: 'The ID of the request that met the fault first.' })
  requestId!: string | null;
}

export const StoreEventConnection = connectionType('StoreEvent', () => StoreEventType);

@InputType('StoreEventFilter', { description: 'A filter for store events. Omitted fields do not restrict the list.' })
export class StoreEventFilter extends LogFilterFields {
  @Field(() => StoreEventKindEnum, { nullable: true, description: 'Only events of this kind.' })
  kind?: StoreEventKind | null;
}

@ArgsType()
export class StoreEventArgs extends PageArgs {
  @Field(() => StoreEventFilter, { nullable: true, description: 'Which events to list. Defaults to all.' })
  filter?: StoreEventFilter | null;
}
