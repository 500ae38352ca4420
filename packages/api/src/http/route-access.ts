import type { FastifyInstance } from 'fastify';
import type { AccessClass } from '../kernel/policy.js';
import { ACCESS_CLASSES } from '../kernel/access.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may reach the route; every route states it. */
    access?: AccessClass;
    /** The route itself answers `Expect: 100-continue`, when it is about to read the body. */
    asksForBody?: boolean;
  }
}

/** One route and who may reach it, for the authorization matrix. */
export interface ClassifiedRoute {
  readonly method: string;
  readonly url: string;
  readonly access: AccessClass;
}

/** Makes a route without an access class an error at start. @returns the routes as they are registered */
export function requireRouteAccess(app: FastifyInstance): readonly ClassifiedRoute[] {
  const routes: ClassifiedRoute[] = [];
  app.addHook('onRoute', ({ method, url, config }) => {
    const access = config?.access;
    if (access === undefined || !ACCESS_CLASSES.includes(access))
      throw new Error(`Route ${String(method)} ${url} does not state its access class.`);
    for (const one of [method].flat()) routes.push({ method: one, url, access });
  });
  return routes;
}
