import type { Transaction } from '../../../database/transaction.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { Customer } from '../../customers/customer.entity.js';
import { License } from '../license.entity.js';

/** Licenses with one reference that are looked at: a shop has one, by hand there may be more. */
const SAME_REFERENCE_MAX_COUNT = 100;

interface Wanted {
  readonly reference: string;
  readonly productId: string;
  readonly customer: Pick<Customer, 'id'>;
}

/**
 * The customer's license with this reference, the newest that is not revoked first; null when nobody has one.
 * @throws Refusal REFERENCE_TAKEN where another customer has it
 */
export async function findKnown(tx: Transaction, { reference, productId, customer }: Wanted): Promise<License | null> {
  const found = await tx.manager.find(License, {
    where: { externalReference: reference.trim() },
    order: { externalReference: 'ASC', id: 'DESC' },
    take: SAME_REFERENCE_MAX_COUNT,
  });
  const ofProduct = found.filter((license) => license.productId === productId);
  const own = ofProduct.filter(({ customerId }) => customerId === customer.id);
  if (own.length === 0 && ofProduct.length > 0)
    refuse(
      'REFERENCE_TAKEN',
      'A license of another customer has this reference: use the address of that customer, or another reference.',
      'externalReference',
    );
  return own.find(({ status }) => status !== 'REVOKED') ?? own[0] ?? null;
}
