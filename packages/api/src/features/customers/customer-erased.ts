import { refuse } from '../../kernel/problem/refusal.js';
import type { Customer } from './customer.entity.js';

/** Nothing is added to a customer who was erased. @throws Refusal CUSTOMER_ERASED */
export function requireNotErased({ erasedAt }: Pick<Customer, 'erasedAt'>, field?: string): void {
  if (erasedAt !== null) refuse('CUSTOMER_ERASED', 'This customer was erased: create a new one instead.', field);
}
