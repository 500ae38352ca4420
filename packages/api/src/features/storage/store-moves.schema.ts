import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { ByteSize } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';

@ObjectType('StoreName', { description: 'A store that files are or were kept in.' })
@Access('public')
export class StoreNameType {
  @Field(() => ID, { description: 'The ID of the store; `base` is the one that needs no settings.' })
  id!: string;

  @Weight({ bytes: 60 })
  @Field(() => String, { description: 'How it is called in a sentence, for example `the bucket releases`.' })
  place!: string;
}

@ObjectType('StorageMove', { description: 'Files on their way to the current store. They can be downloaded all the time.' })
@Access('public')
export class StorageMove {
  @Weight({ items: 2 })
  @Field(() => [StoreNameType], { description: 'The stores that still have files.' })
  from!: readonly StoreNameType[];

  @Field(() => Int, { description: 'How many files have come from there.' })
  movedFiles!: number;

  @Field(() => ByteSize, { description: 'Their size in bytes.' })
  movedBytes!: number;

  @Field(() => Int, { description: 'How many verified files are still there. Unfinished uploads follow as soon as they are finished.' })
  leftFiles!: number;

  @Field(() => ByteSize, { description: 'Their size in bytes.' })
  leftBytes!: number;
}

@ObjectType('FormerStore', { description: 'A store in which a move has left copies that nothing reads any more.' })
@Access('public')
export class FormerStore extends StoreNameType {
  @Field(() => Int, { description: 'How many copies are left.' })
  files!: number;

  @Field(() => ByteSize, { description: 'Their size in bytes.' })
  bytes!: number;

  @Field(() => Boolean, { description: 'Whether it is being given up just now.' })
  isLeaving!: boolean;
}

@InputType('LeaveStoreInput', { description: 'A store to give up.' })
export class LeaveStoreInput {
  @Field(() => ID, { description: 'The ID of the store.' })
  storeId!: string;

  @Field(() => Boolean, { description: 'Whether the copies that are left there are deleted. Either way its key is forgotten.' })
  deleteFiles!: boolean;
}
