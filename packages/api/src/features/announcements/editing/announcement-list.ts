import type { RecipientState } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import { readEventList, type EventList, type EventQuery } from '../../../database/event-list.js';
import { readKeysetList, type KeysetList } from '../../../database/keyset-list.js';
import { EVERYTHING, oneOf, type SqlPart } from '../../../database/transaction.js';
import type { RequestContext } from '../../../kernel/context.js';
import type { Connection } from '../../../kernel/pagination.js';
import { productScopeOf } from '../../../kernel/policy.js';
import type { MailState } from '../../../machinery/mail/mail.entity.js';
import { Announcement, AnnouncementRecipient } from '../announcement.entity.js';
import type { AnnouncementArgs, RecipientArgs, RecipientFilter } from './announcement.schema.js';

const NEWEST: KeysetList<Announcement> = {
  name: 'announcement',
  table: 'announcement',
  entity: Announcement,
  order: { columns: ['id'], isDescending: true },
  cursorOf: ({ id }) => [id],
};

export const RECIPIENTS: EventList<AnnouncementRecipient> = { table: 'announcement_recipient', entity: AnnouncementRecipient };

/** Lists announcements, and whom each is for. */
export class AnnouncementList {
  constructor(private readonly database: Database) {}

  /** Newest first; whoever is limited to products has those of theirs. */
  async list({ actor }: RequestContext, { filter, ...args }: AnnouncementArgs): Promise<Connection<Announcement>> {
    const scope = productScopeOf(actor);
    const parts: readonly SqlPart[] = [
      ...(scope === null ? [] : [oneOf('product_id', [...scope])]),
      ...(filter?.productId == null ? [] : [oneOf('product_id', [filter.productId])]),
      ...(filter?.downloadableId == null ? [] : [oneOf('downloadable_id', [filter.downloadableId])]),
    ];
    const where = parts.reduce(
      (all, part) => ({ sql: `${all.sql} AND ${part.sql}`, parameters: [...all.parameters, ...part.parameters] }),
      EVERYTHING,
    );
    return readKeysetList(this.database, NEWEST, { args, where });
  }

  async recipients(announcementId: string, { filter, ...args }: RecipientArgs): Promise<Connection<AnnouncementRecipient>> {
    return readEventList(this.database, RECIPIENTS, { args, query: recipientQuery(announcementId, filter ?? {}) });
  }
}

/** Along the index of the announcement; what else is asked is tested entry by entry. */
export function recipientQuery(announcementId: string, filter: RecipientFilter): EventQuery {
  const driver = { index: 'ix_announcement_recipient_list', column: 'announcement_id', value: announcementId };
  const words = (filter.search ?? '').trim().toLowerCase();
  const tests: readonly (SqlPart | null)[] = [
    filter.state == null ? null : stateIs(filter.state),
    filter.mailState == null ? null : mailIs(filter.mailState),
    filter.isAcknowledged == null ? null : { sql: `acknowledged_at IS ${filter.isAcknowledged ? 'NOT NULL' : 'NULL'}`, parameters: [] },
    words === '' ? null : containing(words),
  ];
  const also = tests.filter((test) => test !== null);
  return { drivers: [driver], also: also.length === 0 ? null : joined(also), from: null, before: null };
}

const stateIs = (state: RecipientState): SqlPart => ({ sql: 'state = ?', parameters: [state] });
const mailIs = (state: MailState): SqlPart => ({
  sql: 'EXISTS (SELECT 1 FROM mail WHERE mail.id = announcement_recipient.mail_id AND mail.state = ?)',
  parameters: [state],
});

function containing(words: string): SqlPart {
  const pattern = `%${words.replace(/[|%_]/g, '|$&')}%`;
  return { sql: `(LOWER(name) LIKE ? ESCAPE '|' OR LOWER(address) LIKE ? ESCAPE '|')`, parameters: [pattern, pattern] };
}

const joined = (parts: readonly SqlPart[]): SqlPart => ({
  sql: parts.map(({ sql }) => `(${sql})`).join(' AND '),
  parameters: parts.flatMap(({ parameters }) => parameters),
});
