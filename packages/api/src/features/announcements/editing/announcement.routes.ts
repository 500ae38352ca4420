import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { recipientReasonText } from '@slipway/shared';
import { In } from 'typeorm';
import type { Database } from '../../../database/database.js';
import { requireAccess } from '../../../kernel/access.js';
import type { RequestContext } from '../../../kernel/context.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import { mayUse } from '../../../kernel/policy.js';
import { forbidden, notFound } from '../../../kernel/problem/faults.js';
import { Mail } from '../../../machinery/mail/mail.entity.js';
import { exportLog, type ExportLine } from '../../logs/export/log-export.js';
import type { AnnouncementRecipient } from '../announcement.entity.js';
import { downloadersOf } from '../recalls/downloaders.js';
import { RECIPIENTS, recipientQuery } from './announcement-list.js';
import type { AnnouncementService } from './announcement.service.js';

interface GetRecipients {
  readonly Params: { readonly id: string };
}

export interface AnnouncementRoutesUse {
  readonly database: Database;
  readonly announcements: { readonly service: AnnouncementService };
  readonly contextOf: (request: FastifyRequest) => RequestContext;
}

/** `GET /api/v1/announcements/:id/recipients.csv`: everybody whom an announcement is for or who is left out, written while it is read. */
export function registerAnnouncementRoutes(app: FastifyInstance, use: AnnouncementRoutesUse): void {
  const config = { access: 'license:read', params: { id: LIMITS.idText.most } } as const;
  app.get<GetRecipients>('/api/v1/announcements/:id/recipients.csv', { config, exposeHeadRoute: false }, async (request, reply) => {
    const context = use.contextOf(request);
    requireAccess(context.actor, 'license:read');
    const announcement = await use.announcements.service.find(context, request.params.id);
    if (!announcement) throw notFound('announcement');
    if (!mayUse(context.actor, 'license:read', announcement.productId)) throw forbidden('license:read');
    const query = recipientQuery(announcement.id, {});
    const lines = exportLog(use.database, { list: RECIPIENTS, query, linesOf: (rows) => linesOf(use.database, rows) }, 'csv');
    return reply
      .header('Cache-Control', 'no-store')
      .header('Content-Disposition', 'attachment; filename="recipients.csv"')
      .type('text/csv; charset=utf-8; header=present')
      .send(Readable.from(lines));
  });
}

async function linesOf(database: Database, rows: readonly AnnouncementRecipient[]): Promise<readonly ExportLine[]> {
  const ids = rows.flatMap(({ mailId }) => mailId ?? []);
  const mails = await database.read.find(Mail, {
    select: { id: true, state: true, settledAt: true, problem: true },
    where: { id: In(ids) },
  });
  const downloaders = await downloadersOf(database, rows);
  const mailOf = new Map(mails.map((mail) => [mail.id, mail]));
  return rows.map((row) => {
    const mail = row.mailId === null ? undefined : mailOf.get(row.mailId);
    return {
      name: row.name,
      address: row.address,
      customerId: row.customerId,
      licenseId: row.licenseId ?? '',
      text: row.text,
      state: row.state,
      reason: row.reason === null ? '' : recipientReasonText(row.reason),
      toldAt: instant(row.toldAt),
      mail: mail?.state ?? '',
      mailSettledAt: instant(mail?.settledAt ?? null),
      mailProblem: mail?.problem ?? '',
      readAt: instant(row.readAt),
      file: row.fileName ?? '',
      downloadedAt: instant(row.downloadedAt),
      downloadedBy: downloaders.get(row.id) ?? '',
      acknowledgedAt: instant(row.acknowledgedAt),
    };
  });
}

const instant = (at: Date | null): string => at?.toISOString() ?? '';
