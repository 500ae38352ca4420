import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { Access } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import type { AccessExplainer } from './access-explainer.js';
import { AccessExplanationType, ExplainAccessInput } from './explain.schema.js';

@Resolver()
export class ExplainResolver {
  constructor(private readonly explainer: AccessExplainer) {}

  @Access('license:read')
  @Query(() => AccessExplanationType, {
    description: 'Explains whether the holder of a license, or a customer, may download a release: rule by rule, today or on another date.',
  })
  explainAccess(
    @Ctx() context: RequestContext,
    @Arg('input', () => ExplainAccessInput, { description: 'The decision to explain.' }) input: ExplainAccessInput,
  ): Promise<AccessExplanationType> {
    return this.explainer.explain(context, input);
  }
}
