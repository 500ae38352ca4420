import { In } from 'typeorm';
import type { Transaction } from '../../../database/transaction.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { LicenseKeys } from '../license-keys.js';
import { License } from '../license.entity.js';
import { applyTerms, isSameTerms } from '../license.rules.js';
import { findKnown } from '../shop/known-license.js';
import { sameChannels, type LineValues } from './line-values.js';

interface Wanted {
  readonly values: LineValues;
  readonly productId: string;
  /** Null: there is no such customer yet. */
  readonly customerId: string | null;
}

/** The license that a line means: by its key, else by reference and product, else the one that is all that the line says. @throws Refusal */
export async function findIdentified(tx: Transaction, keys: LicenseKeys, wanted: Wanted): Promise<License | null> {
  const { values, productId, customerId } = wanted;
  if (values.key !== null) return findByKey(tx, keys, { ...wanted, key: values.key });
  const reference = values.terms.externalReference;
  if (reference != null) return findKnown(tx, { reference, productId, customer: { id: customerId ?? '' } });
  return customerId === null ? null : findSame(tx, { values, productId, customerId });
}

async function findByKey(
  tx: Transaction,
  keys: LicenseKeys,
  { key, productId, customerId }: Wanted & { readonly key: string },
): Promise<License | null> {
  const found = await tx.manager.findBy(License, { keyHash: In([...keys.hashes(key)]) });
  const own = found.find((license) => license.productId === productId && license.customerId === customerId);
  if (!own && found.length > 0)
    refuse('LICENSE_KEY_TAKEN', 'Another license has this key: check address and product, or leave the key out and one is made.', 'key');
  return own ?? null;
}

async function findSame(
  tx: Transaction,
  { values, productId, customerId }: Wanted & { readonly customerId: string },
): Promise<License | null> {
  const licenses = await tx.manager.find(License, { where: { customerId, productId }, order: { id: 'ASC' } });
  return licenses.find((license) => isSaid(license, values)) ?? null;
}

/** Whether a license is what a line says of it; what its file has no column for does not count. */
function isSaid(license: License, { terms, status }: LineValues): boolean {
  const { channels, ...others } = terms;
  if (status !== null && status !== license.status) return false;
  return isSameTerms(license, applyTerms(license, others)) && (channels === undefined || sameChannels(license.channels, channels));
}
