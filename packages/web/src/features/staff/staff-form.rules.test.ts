import { ROLE_SCOPES } from '@slipway/shared';
import { describe, expect, it } from 'vitest';
import { checkStaff, ROLE_CHOICES, staffValuesOf } from './staff-form.rules';

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
});
