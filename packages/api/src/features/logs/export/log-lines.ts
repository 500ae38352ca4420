import { In } from 'typeorm';
import type { Database } from '../../../database/database.js';
import type { Actor } from '../../../kernel/actor.js';
import { mayUse } from '../../../kernel/policy.js';
import { AuditPersonal } from '../../../machinery/audit/audit-chain.entities.js';
import type { AuditEvent } from '../../../machinery/audit/audit-event.entity.js';
import type { Mail } from '../../../machinery/mail/mail.entity.js';
import type { RefusalEvent } from '../../../machinery/refusals/refusal.entity.js';
import type { StoreEvent } from '../../../machinery/store-events/store-event.entity.js';
import type { DownloadEvent } from '../../downloads/download.entities.js';
import { wholeChange } from '../audit-personal.js';
import type { ExportLine } from './log-export.js';
import { readLogNames, type LogNames } from './log-names.js';

/** The ids of who asked, as a line has them. */
const callerOf = (
  event: Pick<DownloadEvent, 'customerId' | 'licenseId' | 'userId' | 'tokenId' | 'machineKeyId' | 'shareLinkId'>,
  names: LogNames,
) => {
  const { name, email } = names.customer(event.customerId);
  return {
    customer: name,
    email,
    customerId: event.customerId ?? '',
    licenseId: event.licenseId ?? '',
    keyEnding: names.keyEnding(event.licenseId),
    personId: event.userId ?? '',
    tokenId: event.tokenId ?? '',
    machineKeyId: event.machineKeyId ?? '',
    shareLinkId: event.shareLinkId ?? '',
  };
};

/** Who the customers are is for those who may read licenses; their ids are in the logs. */
const namesFor = (actor: Actor, names: LogNames): LogNames =>
  mayUse(actor, 'license:read', null) ? names : { ...names, customer: () => ({ name: '', email: '' }), keyEnding: () => '' };

export async function downloadLines(database: Database, events: readonly DownloadEvent[], actor: Actor): Promise<readonly ExportLine[]> {
  const names = namesFor(actor, await readLogNames(database, events));
  return events.map((event) => ({
    at: event.at.toISOString(),
    product: names.product(event.productId),
    version: event.version ?? names.version(event.downloadableId),
    file: event.fileName ?? '',
    platform: event.platform ?? '',
    source: event.source,
    counted: event.isCounted,
    ...callerOf(event, names),
    client: event.client ?? '',
    address: event.address ?? '',
    requestId: event.requestId ?? '',
  }));
}

export async function refusalLines(database: Database, events: readonly RefusalEvent[], actor: Actor): Promise<readonly ExportLine[]> {
  const names = namesFor(actor, await readLogNames(database, events));
  return events.map((event) => ({
    at: event.at.toISOString(),
    code: event.code,
    message: event.message,
    status: event.status,
    operation: event.operation,
    product: names.product(event.productId),
    version: event.version ?? '',
    file: event.fileName ?? '',
    ...callerOf(event, names),
    client: event.client ?? '',
    address: event.address ?? '',
    requestId: event.requestId,
    notKept: event.notKept ?? '',
  }));
}

export async function storeLines(database: Database, events: readonly StoreEvent[]): Promise<readonly ExportLine[]> {
  const names = await readLogNames(database, events);
  return events.map((event) => ({
    at: event.at.toISOString(),
    kind: event.kind,
    product: names.product(event.productId),
    version: event.version ?? '',
    file: event.fileName ?? '',
    objectKey: event.objectKey ?? '',
    bytes: event.size ?? '',
    detail: event.detail ?? '',
    requestId: event.requestId ?? '',
  }));
}

export function mailLines(mails: readonly Mail[]): readonly ExportLine[] {
  return mails.map((mail) => ({
    at: mail.createdAt.toISOString(),
    kind: mail.kind,
    state: mail.state,
    to: mail.toAddress,
    name: mail.toName,
    subject: mail.subject,
    attempts: mail.attempts,
    settledAt: mail.settledAt?.toISOString() ?? '',
    answer: mail.answer ?? '',
    problem: mail.problem ?? '',
    messageId: mail.messageId,
  }));
}

/** The audit trail with its personal values, as far as they are not erased. */
export async function auditLines(database: Database, events: readonly AuditEvent[]): Promise<readonly ExportLine[]> {
  const personal = await database.read.findBy(AuditPersonal, { eventId: In(events.map(({ id }) => id)) });
  const values = new Map<string, AuditPersonal[]>();
  for (const row of personal) values.set(row.eventId, [...(values.get(row.eventId) ?? []), row]);
  return events.map((event) => {
    const own = values.get(event.id) ?? [];
    const { before, after } = wholeChange(event, own);
    return {
      at: event.at.toISOString(),
      actorKind: event.actorKind,
      actorId: event.actorId,
      action: event.action,
      subjectType: event.subjectType,
      subjectId: event.subjectId,
      before: before === null ? '' : JSON.stringify(before),
      after: after === null ? '' : JSON.stringify(after),
      address: event.address || (own.find(({ place }) => place === 'address')?.value ?? ''),
      requestId: event.requestId,
    };
  });
}
