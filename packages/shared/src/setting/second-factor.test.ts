import { expect, it } from 'vitest';
import { requiresSecondFactor, SECOND_FACTOR_RULES } from './second-factor.js';

it('a second factor is required of those whom the vendor names, and never of customers', () => {
  const roles = ['ADMIN', 'PUBLISHER', 'SUPPORT', 'CUSTOMER'] as const;
  const required = Object.keys(SECOND_FACTOR_RULES).map((rule) => [rule, ...roles.map((role) => requiresSecondFactor(rule, role))]);
  expect(required).toEqual([
    ['OPTIONAL', false, false, false, false],
    ['ADMINS', true, false, false, false],
    ['STAFF', true, true, true, false],
  ]);
});
