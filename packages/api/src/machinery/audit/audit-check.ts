import { Between, In } from 'typeorm';
import type { Database } from '../../database/database.js';
import { AuditPersonal, AuditSeal } from './audit-chain.entities.js';
import { AuditEvent } from './audit-event.entity.js';

/** What can be wrong with the audit trail, in the words of the schema. */
export const AUDIT_FAULTS = {
  CHANGED: 'The event is not as Slipway wrote it.',
  INSERTED: 'The event was put in past Slipway.',
  MISSING: 'The event is gone.',
  MOVED: 'The event is not in the place that it was given.',
  PERSONAL_CHANGED: 'A personal value of the event was changed or removed, and no erasure explains it.',
  HEAD: 'What says how far the chain reaches was changed or removed.',
} as const;
export type AuditFaultKind = keyof typeof AUDIT_FAULTS;

/** One event that is not as it was. */
export interface AuditFault {
  readonly kind: AuditFaultKind;
  /** Null for an event that has no place. */
  readonly sequence: number | null;
  /** When it happened; null where nothing tells any more. */
  readonly at: Date | null;
  readonly eventId: string | null;
}

/** Some links of the chain with all that belongs to them, as one reading found it. */
export interface Stretch {
  readonly seals: ReadonlyMap<number, AuditSeal>;
  readonly eventsById: ReadonlyMap<string, AuditEvent>;
  /** Those that say they are in this stretch. */
  readonly placed: readonly AuditEvent[];
  /** Which of those have a link in the chain, here or elsewhere. */
  readonly linkedIds: ReadonlySet<string>;
  readonly personal: ReadonlyMap<string, readonly AuditPersonal[]>;
  /** The events by which values were erased. */
  readonly erasures: ReadonlyMap<string, AuditEvent>;
}

/** Reads the links from `first` to `last`, and the one before. */
export async function readStretch(database: Database, first: number, last: number): Promise<Stretch> {
  const seals = await database.read.findBy(AuditSeal, { sequence: Between(first - 1, last) });
  const placed = await database.read.findBy(AuditEvent, { sequence: Between(first, last) });
  const known = new Map(placed.map((event) => [event.id, event]));
  const elsewhere = seals.map(({ eventId }) => eventId).filter((id) => !known.has(id));
  for (const event of await findEvents(database, elsewhere)) known.set(event.id, event);
  // The event before the first was checked with the stretch before.
  const before = seals.find(({ sequence }) => sequence === first - 1)?.eventId;
  return {
    seals: new Map(seals.map((seal) => [seal.sequence, seal])),
    eventsById: known,
    placed,
    linkedIds: await listLinked(database, placed, seals),
    ...(await readPersonal(
      database,
      [...known.values()].filter(({ id }) => id !== before),
    )),
  };
}

async function listLinked(database: Database, placed: readonly AuditEvent[], seals: readonly AuditSeal[]): Promise<ReadonlySet<string>> {
  const here = new Set(seals.map(({ eventId }) => eventId));
  const ids = placed.map(({ id }) => id).filter((id) => !here.has(id));
  const elsewhere = ids.length === 0 ? [] : await database.read.findBy(AuditSeal, { eventId: In(ids) });
  return new Set([...here, ...elsewhere.map(({ eventId }) => eventId)]);
}

/** Reads the personal values of events, and what erased them. */
export async function readPersonal(database: Database, events: readonly AuditEvent[]): Promise<Pick<Stretch, 'personal' | 'erasures'>> {
  const ids = events.filter((event) => event.personalJson !== null).map(({ id }) => id);
  const rows = ids.length === 0 ? [] : await database.read.findBy(AuditPersonal, { eventId: In(ids) });
  const personal = new Map(ids.map((id) => [id, rows.filter(({ eventId }) => eventId === id)]));
  const erasing = new Set(rows.flatMap(({ erasedBy }) => erasedBy ?? []));
  const erasures = await findEvents(database, [...erasing]);
  return { personal, erasures: new Map(erasures.map((event) => [event.id, event])) };
}

/** Bytes that a stretch has brought into memory, about. */
export const weightOf = ({ eventsById }: Stretch): number =>
  [...eventsById.values()].reduce((sum, event) => sum + (event.beforeJson?.length ?? 0) + (event.afterJson?.length ?? 0), 0);

/** How many personal values were erased. */
export const countErased = ({ personal }: Pick<Stretch, 'personal'>): number =>
  [...personal.values()].flat().filter(({ erasedBy }) => erasedBy !== null).length;

function findEvents(database: Database, ids: readonly string[]): Promise<AuditEvent[]> {
  return ids.length === 0 ? Promise.resolve([]) : database.read.findBy(AuditEvent, { id: In([...ids]) });
}
