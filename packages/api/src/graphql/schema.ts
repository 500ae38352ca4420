import { ENTITLEMENT_CODES } from '@slipway/shared';
import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { authChecker } from '../kernel/access.js';
import type { RequestContext } from '../kernel/context.js';
import { Refusal } from '../kernel/problem/refusal.js';
import { guardArguments } from './argument-rules.js';
import { describeRoots } from './root-descriptions.js';
import { countReplies } from './counted-reply.js';
import { leavePlainFields } from './plain-fields.js';

/** An instance of a resolver class; the schema calls its methods. */
export type ResolverInstance = object;

/** Assembles the schema of the features' resolvers. */
export function assembleSchema(resolvers: readonly ResolverInstance[]): GraphQLSchema {
  const byClass = new Map<unknown, ResolverInstance>(resolvers.map((resolver) => [resolver.constructor, resolver]));
  const schema = buildSchemaSync({
    // A list of instances has a list of classes; type-graphql wants it spelled as not empty.
    resolvers: resolvers.map((resolver) => resolver.constructor) as unknown as NonEmptyArray<() => void>,
    container: { get: (resolverClass: unknown) => byClass.get(resolverClass) },
    authChecker,
    validate: false,
    disableInferringDefaultValues: true,
    // An introspection of everything at every start; the tests do it once.
    skipCheck: true,
  });
  leavePlainFields(schema);
  describeRoots(schema);
  guardArguments(schema);
  showRefusals(schema);
  countReplies(schema);
  return schema;
}

/** Turns a `Refusal` of a mutation into its payload's `userErrors`. */
function showRefusals(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve: GraphQLFieldResolver<unknown, RequestContext> = field.resolve ?? defaultFieldResolver;
    field.resolve = async (source, args, context: RequestContext, info) => {
      try {
        return await resolve(source, args, context, info);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        noteDenials(context, error, info.fieldName);
        return { userErrors: error.userErrors };
      }
    };
  }
}

/** What somebody may not have is in the log of refusals; what they typed wrong is not. */
function noteDenials({ refused }: RequestContext, { userErrors }: Refusal, field: string): void {
  for (const { code, message } of userErrors) if (ENTITLEMENT_CODES.some((known) => known === code)) refused.add({ code, message, field });
}
