import type { GraphQLSchema } from 'graphql';
import { composeFeatures } from './features.js';
import { composeResolvers } from './resolvers.js';
import { assembleSchema } from '../graphql/schema.js';

/** Stands in for everything that the schema does not need. */
const nothing = new Proxy({}, { get: () => nothing }) as never;

/** The schema of resolvers that were made without a database: to be printed and measured, not to be asked. */
export function assembleBareSchema(): GraphQLSchema {
  const features = composeFeatures({
    database: nothing,
    store: nothing,
    clock: nothing,
    secrets: nothing,
    log: nothing,
    guarding: nothing,
  });
  return assembleSchema(
    composeResolvers(
      { database: nothing, clock: nothing, secrets: nothing, config: { publicUrl: '', trustedProxies: [], s3: null } },
      features,
    ),
  );
}
