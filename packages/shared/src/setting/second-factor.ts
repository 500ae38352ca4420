import type { Role } from '../permissions.js';

/** For whom the vendor requires a second factor. */
export const SECOND_FACTOR_RULES = { OPTIONAL: 'Nobody has to', ADMINS: 'Administrators', STAFF: 'All staff' } as const;
export type SecondFactorRule = keyof typeof SECOND_FACTOR_RULES;

/** Whether somebody with a role may only work with a second factor. @param rule of the settings */
export function requiresSecondFactor(rule: string, role: Role): boolean {
  if (rule === 'STAFF') return role !== 'CUSTOMER';
  return rule === 'ADMINS' && role === 'ADMIN';
}
