import DataLoader from 'dataloader';
import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import type { LoaderDefinition } from '../../kernel/context.js';
import { AuditPersonal } from '../../machinery/audit/audit-chain.entities.js';
import type { AuditEvent } from '../../machinery/audit/audit-event.entity.js';
import { readJson, refsOf } from '../../machinery/audit/audit-rows.js';
import type { AuditChangeType } from './audit-event.schema.js';

/** The personal values of audit events, by the IDs of the events. */
export function personalValues(database: Database): LoaderDefinition<string, readonly AuditPersonal[]> {
  return {
    name: 'auditPersonalByEventId',
    make: () =>
      new DataLoader(async (ids) => {
        const rows = await database.read.findBy(AuditPersonal, { eventId: In([...ids]) });
        return ids.map((id) => rows.filter(({ eventId }) => eventId === id));
      }),
  };
}

/** What an event changed, with the personal values that belong to it; erased ones are null, and named. */
export function wholeChange(event: AuditEvent, personal: readonly AuditPersonal[]): AuditChangeType {
  const sides = { before: readJson(event.beforeJson), after: readJson(event.afterJson) };
  const erased = new Set<string>();
  for (const { place } of refsOf(event)) {
    const [side, field] = place.split('.');
    if ((side !== 'before' && side !== 'after') || field === undefined) continue;
    const value = personal.find((row) => row.place === place)?.value ?? null;
    if (value === null) erased.add(field);
    sides[side] = { ...sides[side], [field]: value };
  }
  return { ...sides, erased: [...erased] };
}
