import { DEFAULT_NEWS_CHOICE, wantsNews, wantsRecalls, type AnnouncementKind, type RecipientReason } from '@slipway/shared';
import { oneOf, type Transaction } from '../../../database/transaction.js';
import type { Secrets } from '../../../kernel/secret/secrets.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import type { NewsChoices } from '../../news/news-choices.js';
import { addressHash, type RefusedAddresses } from '../../../machinery/mail/refused-addresses.js';

/** Under which subkey customers who are left out have their place. */
const CUSTOMER_PURPOSE = 'announcement customer';

export interface ReachUse {
  readonly secrets: Secrets;
  readonly choices: NewsChoices;
  readonly refused: RefusedAddresses;
}

/** What is told, as far as choices depend on it. */
export interface ToldRelease {
  readonly kind: AnnouncementKind;
  readonly row: Pick<Downloadable, 'id' | 'productId' | 'channel' | 'isSecurityFix'>;
}

/** Finds out whom mail may go to: what they chose, and whether their address takes any. */
export class Reach {
  constructor(private readonly use: ReachUse) {}

  /** A keyed hash by which an address is one, however it is written. */
  addressHash(address: string): string {
    return addressHash(this.use.secrets, address);
  }

  /** What holds the place of a customer who is left out. */
  customerHash(customerId: string): string {
    return this.use.secrets.lookupHash(CUSTOMER_PURPOSE, customerId);
  }

  /** Why each of some addresses gets no mail; those that do are absent. */
  async barred(
    tx: Pick<Transaction, 'query'>,
    addresses: readonly string[],
    told: ToldRelease,
  ): Promise<ReadonlyMap<string, RecipientReason>> {
    const refused = await this.use.refused.refused(tx, addresses);
    const choices = await this.use.choices.choicesOf(tx, addresses, told.row.productId);
    const barred = new Map<string, RecipientReason>();
    for (const address of addresses) {
      const choice = choices.get(address) ?? DEFAULT_NEWS_CHOICE;
      const isWanted = told.kind === 'RECALL' ? wantsRecalls(choice) : wantsNews(choice, told.row);
      if (refused.has(address)) barred.set(address, 'ADDRESS_REFUSED');
      else if (!isWanted) barred.set(address, 'CHOSE_NO_MAIL');
    }
    return barred;
  }

  /** Those of some hashes that an earlier announcement of the release told of it. @param announcementId null: of any announcement */
  async told(tx: Pick<Transaction, 'query'>, { kind, row }: ToldRelease, wanted: ToldWanted): Promise<ReadonlySet<string>> {
    const { sql, parameters } = oneOf('r.address_hash', wanted.hashes);
    const rows = await tx.query<{ address_hash: string }>(
      `SELECT DISTINCT r.address_hash FROM announcement a JOIN announcement_recipient r ON r.announcement_id = a.id
       WHERE a.downloadable_id = ? AND a.kind = ? AND a.id <> ? AND ${sql} AND r.state IN ('MAILED', 'NOTICE_ONLY')`,
      [row.id, kind, wanted.announcementId ?? '', ...parameters],
    );
    return new Set(rows.map((found) => found.address_hash));
  }
}

export interface ToldWanted {
  readonly announcementId: string | null;
  readonly hashes: readonly string[];
}
