import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import type { AccessClass } from '../kernel/policy.js';

/** Says of every query and mutation who may use it, from the same declaration that guards it. */
export function describeRoots(schema: GraphQLSchema): void {
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  if (query)
    describe(query, 'Everything that can be read; fields that the caller may not use are refused with `FORBIDDEN` or `UNAUTHENTICATED`.');
  if (mutation) describe(mutation, 'Everything that can be changed; rules that the input breaks are in `userErrors` of the payload.');
}

function describe(type: GraphQLObjectType, description: string): void {
  type.description = description;
  for (const field of Object.values(type.getFields())) {
    const access = field.extensions['access'] as AccessClass | undefined; // only `Access` writes it
    const said = field.description ?? '';
    if (access !== undefined && access !== 'public' && !said.includes('Requires')) field.description = `${said} ${sentenceOf(access)}`;
  }
}

const sentenceOf = (access: Exclude<AccessClass, 'public'>): string =>
  access === 'signed-in' ? 'Requires a session, a license key or a token.' : `Requires \`${access}\`.`;
