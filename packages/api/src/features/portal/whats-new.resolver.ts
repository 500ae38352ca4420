import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { Access } from '../../kernel/access.js';
import type { RequestContext } from '../../kernel/context.js';
import { Weight } from '../../kernel/limits/weight.js';
import { OFFERED_WEIGHT } from '../downloads/access/offered-release.js';
import { WhatsNewArgs, WhatsNewType } from './whats-new.schema.js';
import type { WhatsNew } from './whats-new.js';

@Resolver()
export class WhatsNewResolver {
  constructor(private readonly service: WhatsNew) {}

  @Access('public')
  @Weight(OFFERED_WEIGHT)
  @Query(() => WhatsNewType, {
    nullable: true,
    description:
      'Lists what came after a version, up to another, with the notes of each release. Null if the product has no release for you to see.',
  })
  whatsNew(@Ctx() context: RequestContext, @Args(() => WhatsNewArgs) args: WhatsNewArgs): Promise<WhatsNewType | null> {
    return this.service.find(context, args);
  }
}
