import { SCOPES, type Scope } from '@slipway/shared';
import { Authorized, Extensions, type AuthCheckerFn } from 'type-graphql';
import { scopesOf, type Actor } from './actor.js';
import type { RequestContext } from './context.js';
import { forbidden, unauthenticated } from './problem/faults.js';

/**
 * Who may reach a field or a route: everybody (`public`: it shows only what the caller may see), anyone who is signed in
 * or has a key, or whoever has a scope. Every root field, object type and route states one; the build fails otherwise.
 */
export type AccessClass = 'public' | 'signed-in' | Scope;

export const ACCESS_CLASSES: readonly AccessClass[] = ['public', 'signed-in', ...SCOPES];

/** Declares who may reach a GraphQL field or type, and has it enforced. */
export function Access(access: AccessClass): MethodDecorator & PropertyDecorator & ClassDecorator {
  const note: unknown = Extensions({ access });
  const guard: unknown = access === 'public' ? undefined : Authorized(access);
  const apply = (...target: unknown[]): void => {
    // type-graphql's decorators accept class, method and property targets alike; their types name each alone.
    (note as (...args: unknown[]) => void)(...target);
    if (guard) (guard as (...args: unknown[]) => void)(...target);
  };
  return apply;
}

/** Throws unless the actor is in the class. Objects of one product are checked again by their service. */
export function requireAccess(actor: Actor, access: AccessClass): void {
  if (access === 'public') return;
  const isNobody = actor.kind === 'ANONYMOUS' || actor.kind === 'UNKNOWN_LICENSE_KEY';
  if (isNobody) throw unauthenticated();
  if (access !== 'signed-in' && !scopesOf(actor).has(access)) throw forbidden(access);
}

/** The hook through which type-graphql asks. */
export const authChecker: AuthCheckerFn<RequestContext, AccessClass> = ({ context }, classes) => {
  for (const access of classes) requireAccess(context.actor, access);
  return true;
};
