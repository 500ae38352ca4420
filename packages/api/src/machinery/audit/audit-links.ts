import type { AuditAction } from './audit-actions.js';
import type { AuditPersonal } from './audit-chain.entities.js';
import type { AuditFault, AuditFaultKind, Stretch } from './audit-check.js';
import type { AuditEvent } from './audit-event.entity.js';
import { digestOf, type AuditKeys, type PersonalRef } from './audit-keys.js';
import { readJson, refsOf } from './audit-rows.js';

/** What erases personal values, and the field in which it says whose. */
export const ERASURE = { action: 'customer.erase', field: 'erasedIds' } as const satisfies { action: AuditAction; field: string };

export interface Range {
  readonly first: number;
  readonly last: number;
  /** The seal before the first; null: that of the link before. */
  readonly previous: string | null;
}

/** What is wrong with a stretch of the chain; each event is named once. */
export function findStretchFaults(keys: AuditKeys, stretch: Stretch, { first, last, previous }: Range): AuditFault[] {
  const faults: AuditFault[] = [];
  for (let sequence = first; sequence <= last; sequence += 1) {
    const isFirst = sequence === first && previous !== null;
    const before = isFirst ? { seal: previous, isWhole: true } : wholeLink(keys, stretch, sequence - 1);
    const fault = findLinkFault(keys, stretch, { sequence, before });
    if (fault) faults.push(fault);
  }
  return [...faults, ...listInserted(stretch)];
}

interface LinkBefore {
  readonly seal: string;
  readonly isWhole: boolean;
}

/** The seal of a link; what was tampered with there is named there, and is no fault of the next one. */
function wholeLink(keys: AuditKeys, { seals, eventsById }: Stretch, sequence: number): LinkBefore {
  const seal = seals.get(sequence);
  if (!seal) return { seal: '', isWhole: false };
  // Whether the event is gone is not known by its seal, which is compared as it is.
  const event = eventsById.get(seal.eventId);
  return { seal: seal.seal, isWhole: event ? seal.seal === keys.sealOf(seal, event.stamp) : true };
}

function findLinkFault(
  keys: AuditKeys,
  stretch: Stretch,
  { sequence, before }: { sequence: number; before: LinkBefore },
): AuditFault | null {
  const seal = stretch.seals.get(sequence);
  if (!seal) return missingLink(stretch, sequence);
  const event = stretch.eventsById.get(seal.eventId);
  const found = (kind: AuditFaultKind): AuditFault => ({ kind, sequence, at: seal.at, eventId: seal.eventId });
  if (!event) return found('MISSING');
  const content = findContentFault(keys, event, stretch);
  if (content) return { ...content, sequence };
  if (event.sequence !== sequence || seal.seal !== keys.sealOf(seal, event.stamp)) return found('MOVED');
  return before.isWhole && seal.previous !== before.seal ? found('MOVED') : null;
}

/** Without its link an event is out of the chain; without both nothing tells when it happened but those beside it. */
function missingLink({ placed, seals }: Stretch, sequence: number): AuditFault {
  const event = placed.find((one) => one.sequence === sequence);
  if (event) return { kind: 'MOVED', sequence, at: event.at, eventId: event.id };
  const known = [...seals.values()].sort((a, b) => a.sequence - b.sequence);
  const beside = known.findLast((seal) => seal.sequence < sequence) ?? known[0];
  return { kind: 'MISSING', sequence, at: beside?.at ?? null, eventId: null };
}

/** Events that stand in a place which is another's, and have none of their own. */
function listInserted({ placed, seals, linkedIds }: Stretch): AuditFault[] {
  return placed
    .filter(({ sequence, id }) => sequence !== null && seals.has(sequence) && !linkedIds.has(id))
    .map(({ sequence, at, id }) => ({ kind: 'INSERTED', sequence, at, eventId: id }));
}

/** What is wrong with an event by itself. */
export function findContentFault(
  keys: AuditKeys,
  event: AuditEvent,
  { personal, erasures }: Pick<Stretch, 'personal' | 'erasures'>,
): AuditFault | null {
  const found = (kind: AuditFaultKind): AuditFault => ({ kind, sequence: event.sequence, at: event.at, eventId: event.id });
  if (event.stamp === null) return found('INSERTED');
  if (event.stamp !== keys.stampOf(event)) return found('CHANGED');
  const rows = personal.get(event.id) ?? [];
  const isWhole = refsOf(event).every((ref) => {
    const row = rows.find(({ place }) => place === ref.place);
    const erasure = row?.erasedBy == null ? undefined : erasures.get(row.erasedBy);
    return row?.ownerId === ref.ownerId && (row.erasedBy === null ? isAsWritten(ref, row) : isErasureOf(keys, erasure, row));
  });
  return isWhole ? null : found('PERSONAL_CHANGED');
}

function isAsWritten(ref: PersonalRef, row: AuditPersonal): boolean {
  return row.value !== null && row.salt !== null && digestOf(row.eventId, { place: row.place, value: row.value }, row.salt) === ref.digest;
}

/** Whether an event that Slipway wrote erased what belonged to somebody. */
function isErasureOf(keys: AuditKeys, erasure: AuditEvent | undefined, { value, ownerId }: AuditPersonal): boolean {
  if (value !== null || erasure?.action !== ERASURE.action || erasure.stamp !== keys.stampOf(erasure)) return false;
  const ids = readJson(erasure.afterJson)?.[ERASURE.field];
  return Array.isArray(ids) && ids.includes(ownerId);
}
