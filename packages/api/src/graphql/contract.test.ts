import { parse, validate, type GraphQLObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { assembleBareSchema } from '../app/bare-schema.js';
import { CONTRACT_MUTATIONS, CONTRACT_QUERIES, PENDING } from './contract.cases.js';

const schema = assembleBareSchema();
const fieldsOf = (type: GraphQLObjectType | null | undefined): readonly string[] => Object.keys(type?.getFields() ?? {});

describe('what integrators build on', () => {
  it.each(Object.entries({ ...CONTRACT_QUERIES, ...CONTRACT_MUTATIONS }))('%s is as it was promised', (_name, document) => {
    expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
  });

  it('every query and mutation says in its description who may use it, unless everybody may', () => {
    const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => Object.values(type?.getFields() ?? {}));
    const silent = roots.filter(
      ({ extensions, description }) => extensions['access'] !== 'public' && !/Requires (?:`[a-z]+:[a-z]+`|a )/.test(description ?? ''),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
    expect(roots.length).toBeGreaterThan(80);
  });

  it('a promised name that works is no longer pending', () => {
    expect(PENDING.queries.filter((name) => fieldsOf(schema.getQueryType()).includes(name))).toEqual([]);
    expect(PENDING.mutations.filter((name) => fieldsOf(schema.getMutationType()).includes(name))).toEqual([]);
  });
});
