import { emailKey } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import { readEventList, type EventQuery } from '../../../database/event-list.js';
import type { SqlValue } from '../../../database/transaction.js';
import type { Connection } from '../../../kernel/pagination.js';
import { badInput } from '../../../kernel/problem/faults.js';
import { Mail } from '../../../machinery/mail/mail.entity.js';
import { planQuery, type LogTable } from '../log-table.js';
import type { MailArgs, MailFilter } from './mail.schema.js';

export const MAILS: LogTable<Mail> = {
  table: 'mail',
  entity: Mail,
  indexes: {
    to_address: 'ix_mail_address',
    user_id: 'ix_mail_user',
    customer_id: 'ix_mail_customer',
    downloadable_id: 'ix_mail_downloadable',
    state: 'ix_mail_state',
    kind: 'ix_mail_kind',
  },
};

/** Lists mails, newest first. Who may see them is the caller's to decide. */
export class MailList {
  constructor(private readonly database: Database) {}

  async list({ filter, ...args }: MailArgs): Promise<Connection<Mail>> {
    return readEventList(this.database, MAILS, { args, query: this.plan(filter ?? {}) });
  }

  plan({ search, state, kind, userId, customerId, downloadableId, since = null, until = null }: MailFilter): EventQuery {
    if (since && until && since >= until) throw badInput('Give a since that is before until.');
    const address = (search ?? '').trim();
    const isOne = (column: string, value: SqlValue | undefined) => ({ columns: [column], values: value == null ? [] : [value] });
    return planQuery(MAILS, {
      // Addresses are kept as they were typed.
      meanings:
        address === '' ? null : [{ columns: ['to_address'], values: [...new Set([address, address.toLowerCase(), emailKey(address)])] }],
      conditions: [
        isOne('user_id', userId),
        isOne('customer_id', customerId),
        isOne('downloadable_id', downloadableId),
        isOne('state', state),
        isOne('kind', kind),
      ],
      since,
      until,
    });
  }
}
