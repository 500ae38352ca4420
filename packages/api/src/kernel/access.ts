import { SCOPES } from '@slipway/shared';
import { Authorized, Extensions, type AuthCheckerFn } from 'type-graphql';
import { isKnown, type Actor } from './actor.js';
import type { RequestContext } from './context.js';
import { mayReach, type AccessClass } from './policy.js';
import { forbidden, unauthenticated } from './problem/faults.js';

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
  if (mayReach(actor, access)) return;
  if (!isKnown(actor) || access === 'public' || access === 'signed-in') throw unauthenticated();
  throw forbidden(access);
}

/** The hook through which type-graphql asks. */
export const authChecker: AuthCheckerFn<RequestContext, AccessClass> = ({ context }, classes) => {
  for (const access of classes) requireAccess(context.actor, access);
  return true;
};
