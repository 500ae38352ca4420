import type { Transaction } from '../../database/transaction.js';
import { AuditPersonal } from './audit-chain.entities.js';
import { AuditEvent } from './audit-event.entity.js';
import { digestOf, newSalt, type AuditKeys, type PersonalRef } from './audit-keys.js';
import { splitChange, type PersonalValue } from './audit-split.js';

/** An event as it is to be written: what identifies a person is still in it. */
export interface WholeEvent extends Pick<
  AuditEvent,
  'id' | 'at' | 'actorKind' | 'actorId' | 'action' | 'subjectType' | 'subjectId' | 'address' | 'requestId'
> {
  readonly before: object | null;
  readonly after: object | null;
}

/** Whose address is no person's. */
const NOBODY = new Set(['SYSTEM']);

/** Splits an event into its row and the personal values beside it. */
export function rowsOf(event: WholeEvent, keys: AuditKeys): { row: AuditEvent; personal: AuditPersonal[] } {
  const { before: _before, after: _after, address, ...rest } = event;
  const { beforeJson, afterJson, personal } = splitChange(event);
  const from: PersonalValue[] =
    address === '' || NOBODY.has(event.actorKind) ? [] : [{ place: 'address', ownerId: event.actorId, value: address }];
  const salted = [...personal, ...from].map((value) => ({ ...value, salt: newSalt() }));
  const refs = salted.map((value): PersonalRef => ({
    place: value.place,
    ownerId: value.ownerId,
    digest: digestOf(event.id, value, value.salt),
  }));
  const content = { ...rest, beforeJson, afterJson, address: '', personalJson: refs.length === 0 ? null : JSON.stringify(refs) };
  return {
    row: { ...content, stamp: keys.stampOf(content), sequence: null },
    personal: salted.map((value) => ({ ...value, eventId: event.id, erasedBy: null })),
  };
}

/** The personal values that belong to a row. */
export function refsOf({ personalJson }: Pick<AuditEvent, 'personalJson'>): readonly PersonalRef[] {
  return personalJson === null ? [] : (JSON.parse(personalJson) as PersonalRef[]); // as `rowsOf` writes it
}

/** Appends an event. */
export async function appendEvent(tx: Transaction, event: WholeEvent, keys: AuditKeys): Promise<void> {
  const { row, personal } = rowsOf(event, keys);
  await tx.manager.insert(AuditEvent, row);
  if (personal.length > 0) await tx.manager.insert(AuditPersonal, personal);
}

/**
 * Splits a row that an older Slipway wrote whole, and stamps it. Called with the head of the chain locked, so that nobody else does.
 * @returns its stamp
 */
export async function splitLegacy(tx: Transaction, id: string, keys: AuditKeys): Promise<string> {
  const event = await tx.manager.findOneByOrFail(AuditEvent, { id });
  const { row, personal } = rowsOf({ ...event, before: readJson(event.beforeJson), after: readJson(event.afterJson) }, keys);
  const { beforeJson, afterJson, address, personalJson, stamp } = row;
  await tx.manager.update(AuditEvent, { id }, { beforeJson, afterJson, address, personalJson, stamp });
  if (personal.length > 0) await tx.manager.insert(AuditPersonal, personal);
  return stamp ?? '';
}

/** Reads what is kept of one side of a change. */
export function readJson(text: string | null): Record<string, unknown> | null {
  // Written by `splitChange`, or by an older Slipway, from an object.
  return text === null ? null : (JSON.parse(text) as Record<string, unknown>);
}
