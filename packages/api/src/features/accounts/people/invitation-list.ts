import type { Database } from '../../../database/database.js';
import { toSqlInstant } from '../../../database/instants.js';
import { readKeysetList, type KeysetList } from '../../../database/keyset-list.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import type { Connection, ForwardPageArgs } from '../../../kernel/pagination.js';
import { OneTimeLink } from '../links/one-time-link.entity.js';
import { requireUserManager } from '../user.rules.js';
import { requirePeopleReader } from './invitation.rules.js';

const NEWEST_FIRST: KeysetList<OneTimeLink> = {
  name: 'invitation',
  table: 'one_time_link',
  entity: OneTimeLink,
  order: { columns: ['id'], isDescending: true },
  cursorOf: ({ id }) => [id],
};

/** So long one that nobody accepted in time stays in the list, to be sent again. */
const SHOWN_DAYS = 30;

/** Lists invitations that nobody accepted yet. */
export class InvitationList {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Those of a customer. */
  async ofCustomer({ actor }: RequestContext, customerId: string, args: ForwardPageArgs): Promise<Connection<OneTimeLink>> {
    requirePeopleReader(actor, customerId);
    return this.#list('customer_id = ?', [customerId], args);
  }

  /** Those of the vendor's staff. */
  async ofStaff({ actor }: RequestContext, args: ForwardPageArgs): Promise<Connection<OneTimeLink>> {
    requireUserManager(actor);
    return this.#list('customer_id IS NULL', [], args);
  }

  #list(whose: string, ids: readonly string[], args: ForwardPageArgs): Promise<Connection<OneTimeLink>> {
    const since = toSqlInstant(new Date(this.clock.now().getTime() - SHOWN_DAYS * 86_400_000));
    const sql = `purpose = 'INVITATION' AND ${whose} AND used_at IS NULL AND revoked_at IS NULL AND expires_at > ?`;
    return readKeysetList(this.database, NEWEST_FIRST, { args, where: { sql, parameters: [...ids, since] } });
  }
}
