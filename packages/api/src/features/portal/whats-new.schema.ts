import { ArgsType, Field, ID, Int, ObjectType } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import { ForwardPageArgs, type Connection } from '../../kernel/pagination.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import { DownloadableConnection } from '../downloadables/downloadable.type.js';

@ObjectType('WhatsNew', { description: 'The releases of a product between two versions.' })
@Access('public')
export class WhatsNewType {
  @Field(() => String, { description: 'The version from which on they are listed, itself left out.' })
  since!: string;

  @Field(() => String, { description: 'The version up to which they are listed.' })
  until!: string;

  @Field(() => DownloadableConnection, { description: 'The releases, highest version first, those that were withdrawn among them.' })
  releases!: Connection<Downloadable>;

  @Field(() => Int, { description: 'How many of them fix security faults, of the newest 1,000.' })
  securityFixCount!: number;

  @Field(() => Int, { description: 'How many of them were withdrawn, of the newest 1,000.' })
  withdrawnCount!: number;
}

@ArgsType()
export class WhatsNewArgs extends ForwardPageArgs {
  @Field(() => ID, { description: 'The ID of the product.' })
  productId!: string;

  @Field(() => String, { description: 'The version to start after, for example the installed one. There need not be such a release.' })
  since!: string;

  @Field(() => String, { nullable: true, description: 'The version to end with. Defaults to the newest that you may download.' })
  until?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The channel that is followed, with those that it includes. Defaults to that of the version to end with.',
  })
  channel?: string | null;
}
