import { In, MoreThan, type FindOptionsWhere } from 'typeorm';
import type { Database } from '../../database/database.js';
import { AuditPersonal } from '../../machinery/audit/audit-chain.entities.js';
import { AuditEvent } from '../../machinery/audit/audit-event.entity.js';
import type { AuditChangeType } from '../logs/audit-event.schema.js';
import { wholeChange } from '../logs/audit-personal.js';

/** Events in memory at a time. */
const BATCH = 100;

interface Exported {
  readonly customerId: string;
  readonly users: readonly string[];
  readonly licenses: readonly string[];
  readonly machineKeys: readonly string[];
}

/** Audit events about a customer, their people, licenses and machine keys, then what these did elsewhere; of staff no more than an ID. */
export async function* listEvents(database: Database, { customerId, users, licenses, machineKeys }: Exported): AsyncGenerator<object[]> {
  const own = new Set([customerId, ...users, ...licenses, ...machineKeys]);
  const subjects = [
    { subjectType: 'customer', subjectId: customerId },
    ...users.map((subjectId) => ({ subjectType: 'user', subjectId })),
    ...licenses.map((subjectId) => ({ subjectType: 'license', subjectId })),
    ...machineKeys.map((subjectId) => ({ subjectType: 'machineKey', subjectId })),
  ];
  for (const subject of subjects) yield* listPages(database, subject, own);
  for (const actorId of [...users, ...licenses])
    for await (const page of listPages(database, { actorId }, own)) yield page.filter(({ subject }) => !own.has(subject.id));
}

interface ExportedEvent extends Pick<AuditEvent, 'id' | 'at' | 'action' | 'requestId'>, AuditChangeType {
  readonly subject: { readonly type: string; readonly id: string };
  readonly actor: { readonly kind: string; readonly id: string };
  readonly address: string | null;
}

async function* listPages(
  database: Database,
  where: FindOptionsWhere<AuditEvent>,
  own: ReadonlySet<string>,
): AsyncGenerator<ExportedEvent[]> {
  for (let last = ''; ;) {
    const events = await database.read.find(AuditEvent, { where: { ...where, id: MoreThan(last) }, order: { id: 'ASC' }, take: BATCH });
    const personal = await database.read.findBy(AuditPersonal, { eventId: In(events.map(({ id }) => id)) });
    yield events.map((event) => describe(event, { own, personal: personal.filter(({ eventId }) => eventId === event.id) }));
    if (events.length < BATCH) return;
    last = events.at(-1)?.id ?? '';
  }
}

function describe(event: AuditEvent, { own, personal }: { own: ReadonlySet<string>; personal: readonly AuditPersonal[] }): ExportedEvent {
  const { id, at, action, actorKind, actorId, subjectType, subjectId, requestId } = event;
  const address = own.has(actorId) ? event.address || (personal.find(({ place }) => place === 'address')?.value ?? null) : null;
  const who = { subject: { type: subjectType, id: subjectId }, actor: { kind: actorKind, id: actorId } };
  return { id, at, action, ...who, ...wholeChange(event, personal), address, requestId };
}
