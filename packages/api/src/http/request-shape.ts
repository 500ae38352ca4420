import type { FastifyInstance, FastifyRequest } from 'fastify';
import { badInput } from '../kernel/problem/faults.js';
import { faultOfText } from '../kernel/text/storable-text.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The parameters of the path, each with its longest text in characters; a route with one that is not here does not start. */
    params?: Readonly<Record<string, number>>;
    /** The parameters of the query that the route reads, each with its longest text in characters. All others it must not read. */
    query?: Readonly<Record<string, number>>;
  }
}

/** Holds every route to the parameters it declares, before anything looks at them: each once, no longer than declared, and storable. */
export function requireRequestShape(app: FastifyInstance): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    for (const [, name = ''] of url.matchAll(/:(\w+)/g))
      if (config?.params?.[name] === undefined) throw new Error(`Route ${String(method)} ${url} does not state the length of :${name}.`);
  });
  app.addHook('onRequest', async (request) => {
    const { params = {}, query = {} } = request.routeOptions.config;
    checkEach(request.params, params);
    checkEach(request.query, query);
  });
}

function checkEach(given: FastifyRequest['params'], declared: Readonly<Record<string, number>>): void {
  // The router and the query's parser give texts and lists of texts by name, or nothing.
  const values = (given ?? {}) as Readonly<Record<string, unknown>>;
  for (const [name, most] of Object.entries(declared)) checkOne(name, values[name], most);
}

/** @throws PublicFault BAD_USER_INPUT that names the parameter */
function checkOne(name: string, value: unknown, most: number): void {
  if (value === undefined) return;
  if (typeof value !== 'string') throw badInput(`Give "${name}" once.`);
  if (value.length > most) throw badInput(`The parameter "${name}" is too long: use at most ${most.toLocaleString('en')} characters.`);
  const fault = faultOfText(value);
  if (fault !== null) throw badInput(`The parameter "${name}" ${fault}`);
}
