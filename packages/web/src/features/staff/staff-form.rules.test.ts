import { ROLE_SCOPES } from '@slipway/shared';
import { describe, expect, it } from 'vitest';
import { checkStaff, limitHint, limitText, productIdsOf, ROLE_CHOICES, staffValuesOf } from './staff-form.rules';

describe('the form of a member of staff', () => {
  it('begins with the role that may do least, and needs a name and an address', () => {
    const values = staffValuesOf(null);
    expect(values.role).toBe('SUPPORT');
    expect(Object.keys(checkStaff(values))).toEqual(['name', 'email']);
    expect(checkStaff({ ...values, name: 'Anna', email: ' anna@vendor.example ' })).toEqual({});
  });

  it('offers every role of staff', () => {
    const staff = Object.keys(ROLE_SCOPES).filter((role) => role !== 'CUSTOMER');
    expect(ROLE_CHOICES.map(({ value }) => value).sort()).toEqual(staff.sort());
  });

  it('sends the products of roles that may be limited, and none for an administrator', () => {
    const values = { ...staffValuesOf(null), productIds: ['a'] };
    expect(productIdsOf({ ...values, role: 'PUBLISHER' })).toEqual(['a']);
    expect(productIdsOf({ ...values, role: 'ADMIN' })).toEqual([]);
  });

  it('says what a limit takes away from the role', () => {
    expect(limitHint('SUPPORT')).toMatch(/neither customers nor logs\.$/);
    expect(limitHint('PUBLISHER')).toMatch(/cannot create products\.$/);
  });

  it.each([
    [[], null],
    [['Aurora'], 'Aurora'],
    [['Aurora', 'Borealis'], '2 products'],
  ])('somebody with %j is listed with %j', (names, expected) => {
    expect(limitText({ products: names.map((name) => ({ id: name, name, slug: name })) })).toBe(expected);
  });
});
