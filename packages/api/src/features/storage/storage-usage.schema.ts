import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { ByteSize } from '../../kernel/scalars.js';
import { Weight } from '../../kernel/limits/weight.js';

@ObjectType('ProductUsage', { description: 'What is stored of a product.' })
@Access('public')
export class ProductUsage {
  @Field(() => ID, { description: 'The ID of the product.' })
  id!: string;

  @Weight({ bytes: 40 })
  @Field(() => String, { description: 'The name of the product.' })
  name!: string;

  @Weight({ bytes: 40 })
  @Field(() => String, { description: 'The slug of the product.' })
  slug!: string;

  @Field(() => Int, { description: 'How many files are stored. One that several revisions share counts once.' })
  files!: number;

  @Field(() => ByteSize, { description: 'Their size in bytes.' })
  bytes!: number;
}

@ObjectType('StorageUsage', { description: 'How much is stored, as of a minute ago.' })
@Access('public')
export class StorageUsage {
  @Field(() => Int, { description: 'How many files are stored.' })
  files!: number;

  @Field(() => ByteSize, { description: 'Their size in bytes.' })
  bytes!: number;

  @Weight({ items: 20 })
  @Field(() => [ProductUsage], { description: 'The 20 products with the most bytes, the largest first.' })
  products!: readonly ProductUsage[];

  @Field(() => Int, { description: 'How many more products have files.' })
  otherProducts!: number;

  @Field(() => ByteSize, { description: 'The size of the files of those in bytes.' })
  otherBytes!: number;
}
