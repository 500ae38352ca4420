import { checkName } from '@slipway/shared';
import type { Actor } from '../../kernel/actor.js';
import { managesPeople, mayUse, ownsCustomer } from '../../kernel/policy.js';
import { forbidden, notFound, PublicFault } from '../../kernel/problem/faults.js';
import { FieldProblems, refuse } from '../../kernel/problem/refusal.js';
import type { Secrets } from '../../kernel/secret/secrets.js';
import { machineKeyRefusals as words } from '../../messages/refusals.js';
import type { CreateMachineKeyInput } from './machine-key.schema.js';

const NAME_MAX_LENGTH = 100;

/** By what a key is found and not guessed from the database alone. */
export const hashMachineKey = (secrets: Secrets, key: string): string => secrets.lookupHash('machine-key-lookup', key);

/**
 * Who makes and revokes the machine keys of a customer. @param customerId null: of a key that is not there
 * @throws PublicFault NOT_FOUND for strangers: nobody learns which customers and keys there are
 */
export function requireKeyManager(actor: Actor, customerId: string | null, noun: 'customer' | 'machine key'): void {
  if (customerId !== null && managesPeople(actor, customerId)) return;
  if (mayUse(actor, 'license:write', null)) throw notFound(noun);
  if (actor.kind !== 'USER' || actor.customerId === null) throw forbidden('license:write');
  if (actor.customerId !== customerId) throw notFound(noun);
  refuse('OWNER_REQUIRED', words.ownersOnly, null);
}

/** Who sees them: owners of the customer, and staff with `license:read`. */
export function requireKeyReader(actor: Actor, customerId: string): void {
  if (ownsCustomer(actor, customerId) || mayUse(actor, 'license:read', null)) return;
  throw new PublicFault('FORBIDDEN', words.shownToOwners);
}

/** @throws Refusal NAME_..., DATE_INVALID */
export function checkNewKey({ name, expiresAt }: Pick<CreateMachineKeyInput, 'name' | 'expiresAt'>, now: Date): void {
  const problems = new FieldProblems();
  problems.add('name', checkName(name, { label: words.theName, maxLength: NAME_MAX_LENGTH }));
  problems.throwIfAny();
  if (expiresAt && expiresAt <= now) refuse('DATE_INVALID', words.endsInPast, 'expiresAt');
}
