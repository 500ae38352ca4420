import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Database } from '../../../database/database.js';
import { requireAccess } from '../../../kernel/access.js';
import type { Actor } from '../../../kernel/actor.js';
import type { RequestContext } from '../../../kernel/context.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { badInput, notFound } from '../../../kernel/problem/faults.js';
import { AUDIT_SUBJECTS } from '../../../machinery/audit/audit-actions.js';
import { MAIL_STATES } from '../../../machinery/mail/mail.entity.js';
import { STORE_EVENT_KINDS } from '../../../machinery/store-events/store-event.entity.js';
import { AUDIT } from '../audit-list.js';
import { AuditActionEnum } from '../audit.enums.js';
import { LOGGED_SOURCES } from '../downloads/download-event.schema.js';
import { DOWNLOADS } from '../downloads/download-event-list.js';
import { MAILS } from '../mails/mail-list.js';
import { requireLogs, type CallerLogFilterFields } from '../log-filter.js';
import type { Logs } from '../logs.js';
import { REFUSALS } from '../refusals/refusal-list.js';
import { STORE_EVENTS } from '../store/store-event-list.js';
import { exportLog, type ExportFormat } from './log-export.js';
import { auditLines, downloadLines, mailLines, refusalLines, storeLines } from './log-lines.js';

interface GetLog {
  readonly Params: { readonly file: string };
  readonly Querystring: Readonly<Record<string, unknown>>;
}

export interface LogRoutesUse {
  readonly database: Database;
  readonly logs: Logs;
  readonly contextOf: (request: FastifyRequest) => RequestContext;
}

const ID = LIMITS.idText.most;
/** What a code or an instant has room in, in characters. */
const WORD = 40;
const QUERY = {
  search: LIMITS.searchText.most,
  productId: ID,
  downloadableId: ID,
  customerId: ID,
  licenseId: ID,
  actorId: ID,
  since: WORD,
  until: WORD,
  source: WORD,
  code: WORD,
  kind: WORD,
  state: WORD,
  userId: ID,
  actions: LIMITS.argumentText.most,
  subjectType: WORD,
  subjectId: ID,
};
const FORMATS: Readonly<Record<ExportFormat, string>> = { csv: 'text/csv; charset=utf-8; header=present', json: 'application/json' };

/** `GET /api/v1/logs/{audit,downloads,refusals,store,mail}.{csv,json}`: everything that the same filter lists, as a file that is written while it is read. */
export function registerLogRoutes(app: FastifyInstance, use: LogRoutesUse): void {
  const config = { access: 'log:read', params: { file: WORD }, query: QUERY } as const;
  app.get<GetLog>('/api/v1/logs/:file', { config, exposeHeadRoute: false }, async (request, reply) => {
    const context = use.contextOf(request);
    requireAccess(context.actor, 'log:read');
    requireLogs(context);
    const [name = '', format = ''] = request.params.file.split('.', 2);
    if (format !== 'csv' && format !== 'json') throw notFound('log');
    const lines = await openExport({ ...use, actor: context.actor }, { name, format, query: request.query });
    return reply
      .header('Cache-Control', 'no-store')
      .header('Content-Disposition', `attachment; filename="${name}.${format}"`)
      .type(FORMATS[format])
      .send(Readable.from(lines));
  });
}

async function openExport(
  { database, logs, actor }: Pick<LogRoutesUse, 'database' | 'logs'> & { readonly actor: Actor },
  { name, format, query }: { readonly name: string; readonly format: ExportFormat; readonly query: GetLog['Querystring'] },
): Promise<AsyncGenerator<string>> {
  const filter = filterOf(query);
  if (name === 'audit') {
    const subjectType = oneOf(query, 'subjectType', AUDIT_SUBJECTS);
    const plan = await logs.auditEvents.plan({ ...filter, subjectType, subjectId: textOf(query, 'subjectId'), actions: actionsOf(query) });
    return exportLog(database, { list: AUDIT, query: plan, linesOf: (rows) => auditLines(database, rows) }, format);
  }
  if (name === 'downloads') {
    const plan = await logs.downloadEvents.plan({ ...filter, source: oneOf(query, 'source', LOGGED_SOURCES) });
    return exportLog(database, { list: DOWNLOADS, query: plan, linesOf: (rows) => downloadLines(database, rows, actor) }, format);
  }
  if (name === 'refusals') {
    const plan = await logs.refusals.plan({ ...filter, code: textOf(query, 'code') });
    return exportLog(database, { list: REFUSALS, query: plan, linesOf: (rows) => refusalLines(database, rows, actor) }, format);
  }
  if (name === 'store') {
    const plan = await logs.storeEvents.plan({ ...filter, kind: oneOf(query, 'kind', STORE_EVENT_KINDS) });
    return exportLog(database, { list: STORE_EVENTS, query: plan, linesOf: (rows) => storeLines(database, rows) }, format);
  }
  if (name === 'mail') {
    const { search = null, customerId = null, downloadableId = null, since = null, until = null } = filter;
    const state = oneOf(query, 'state', MAIL_STATES);
    const plan = logs.mails.plan({ search, since, until, state, userId: textOf(query, 'userId'), customerId, downloadableId });
    return exportLog(database, { list: MAILS, query: plan, linesOf: async (rows) => mailLines(rows) }, format);
  }
  throw notFound('log');
}

function filterOf(query: GetLog['Querystring']): CallerLogFilterFields {
  return {
    search: textOf(query, 'search'),
    productId: textOf(query, 'productId'),
    downloadableId: textOf(query, 'downloadableId'),
    customerId: textOf(query, 'customerId'),
    licenseId: textOf(query, 'licenseId'),
    actorId: textOf(query, 'actorId'),
    since: instantOf(query, 'since'),
    until: instantOf(query, 'until'),
  };
}

/** A parameter that is left empty is absent. @throws PublicFault BAD_USER_INPUT when it is given twice */
function textOf(query: GetLog['Querystring'], name: string): string | null {
  const value = query[name];
  if (value === undefined || value === '') return null;
  if (typeof value !== 'string') throw badInput(`Give "${name}" once.`);
  return value;
}

function instantOf(query: GetLog['Querystring'], name: string): Date | null {
  const text = textOf(query, name);
  if (text === null) return null;
  const isWritten = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z$/.test(text);
  const instant = new Date(text);
  if (!isWritten || Number.isNaN(instant.getTime())) throw badInput(`Write "${name}" like 2026-11-28T00:00:00Z.`);
  return instant;
}

/** Names of the schema between commas. */
function actionsOf(query: GetLog['Querystring']): readonly string[] | null {
  const names = textOf(query, 'actions')?.split(',');
  if (names === undefined) return null;
  return names.map((name) => {
    const action = Object.hasOwn(AuditActionEnum, name) ? AuditActionEnum[name] : undefined;
    if (action === undefined) throw badInput('Give "actions" as names of AuditAction between commas.');
    return action;
  });
}

function oneOf<T extends string>(query: GetLog['Querystring'], name: string, values: readonly T[]): T | null {
  const text = textOf(query, name);
  if (text === null) return null;
  const value = values.find((one) => one === text);
  if (value === undefined) throw badInput(`Give "${name}" as one of ${values.join(', ')}.`);
  return value;
}
