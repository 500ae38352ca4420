import { SCOPES } from '@slipway/shared';
import { Authorized, Extensions, type AuthCheckerFn } from 'type-graphql';
import { isKnown, type Actor } from './actor.js';
import type { RequestContext } from './context.js';
import { mayReach, type AccessClass } from './policy.js';
import { forbidden, PublicFault, unauthenticated } from './problem/faults.js';

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

/** Whatever is changed by somebody in particular is changed by no machine. @throws PublicFault FORBIDDEN */
function requireMayChange({ kind }: Actor): void {
  if (kind === 'MACHINE') throw new PublicFault('FORBIDDEN', 'A machine key downloads and changes nothing: sign in for this.');
}

/** The hook through which type-graphql asks. */
export const authChecker: AuthCheckerFn<RequestContext, AccessClass> = ({ context, info }, classes) => {
  if (info.parentType.name === 'Mutation') requireMayChange(context.actor);
  for (const access of classes) requireAccess(context.actor, access);
  return true;
};
