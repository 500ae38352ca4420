import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { Weight } from '../../../kernel/limits/weight.js';
import { PreviewImpactInput } from './impact.inputs.js';
import { ImpactStep } from './impact.schema.js';
import type { ImpactService } from './impact.service.js';

@Resolver()
export class ImpactResolver {
  constructor(private readonly impact: ImpactService) {}

  @Access('release:read')
  @Weight({ work: 1_000 })
  @Query(() => ImpactStep, {
    description:
      'Works out what a change to releases, channels or licenses would do, at most 2,000 licenses or 500 releases at a time, or 100 licenses whose own terms change. Ask again with `endCursor` until it is null. Changes nothing. Requires `release:read`; lists of licenses, and changes to licenses, also require `license:read`.',
  })
  previewImpact(
    @Ctx() context: RequestContext,
    @Arg('input', () => PreviewImpactInput, { description: 'The change.' }) input: PreviewImpactInput,
    @Arg('after', () => String, { nullable: true, description: 'Where to go on.' }) after: string | null = null,
  ): Promise<ImpactStep> {
    return this.impact.step(context, input, after);
  }
}
