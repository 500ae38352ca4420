import { describe, expect, it } from 'vitest';
import { checkCustomer, customerInputOf, customerValuesOf } from './customer-form.rules';

const good = { name: 'Anna Lee', email: 'anna@north.example', company: '', kind: 'COMPANY' as const };

describe('the form of a customer', () => {
  it('starts empty, and needs a name and an e-mail address', () => {
    expect(Object.keys(checkCustomer(customerValuesOf(null)))).toEqual(['name', 'email']);
    expect(checkCustomer(good)).toEqual({});
  });

  it.each([
    ['an address without a domain', { email: 'anna' }, 'email'],
    ['a name of 101 characters', { name: 'x'.repeat(101) }, 'name'],
    ['a company with a line break', { company: 'North\nStar' }, 'company'],
  ])('refuses %s at its field', (_what, change, field) => {
    expect(Object.keys(checkCustomer({ ...good, ...change }))).toEqual([field]);
  });

  it('sends what was meant', () => {
    expect(customerInputOf({ name: ' Anna ', email: ' a@b.example ', company: '  ', kind: 'PERSON' })).toEqual({
      name: 'Anna',
      email: 'a@b.example',
      company: null,
      kind: 'PERSON',
    });
  });
});
