import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Customer } from '../../customers/customer.entity.js';
import type { SettingsService } from '../../settings/settings.service.js';
import type { AccountMails } from '../links/account-mails.js';
import { OneTimeLink } from '../links/one-time-link.entity.js';
import { UserAccount } from '../user-account.entity.js';
import { invitationMail } from './invitation-mail.js';

/** An invitation, and the token that only its mail has. */
export interface Letter {
  readonly link: OneTimeLink;
  readonly token: string;
  /** Null: it is for the vendor's staff. */
  readonly customer: Customer | null;
}

/** What all letters of a request have in common; read before its transactions. */
export type Stationery = Awaited<ReturnType<InvitationLetters['open']>>;

const PRODUCTS_OF = `SELECT DISTINCT p.name, p.name_key FROM license l JOIN product p ON p.id = l.product_id
  WHERE l.customer_id = ? AND l.status = 'ACTIVE' AND p.distribution <> 'CLOSED' ORDER BY p.name_key LIMIT 20`;

/** Mails invitations. */
export class InvitationLetters {
  constructor(private readonly use: { readonly database: Database; readonly mails: AccountMails; readonly settings: SettingsService }) {}

  async open() {
    const [brand, { timeZone }] = [await this.use.mails.readBrand(), await this.use.settings.read()];
    return { brand, timeZone };
  }

  /** Puts one into the outbox, and notes on the invitation which mail it is. */
  async send(tx: Transaction, { brand, timeZone }: Stationery, { link, token, customer }: Letter): Promise<void> {
    const products = customer === null ? [] : await tx.query<{ name: string }>(PRODUCTS_OF, [customer.id]);
    const mail = invitationMail({
      vendorName: brand.vendorName,
      customerName: customer === null ? null : (customer.company ?? customer.name),
      inviterName: await inviterNameOf(tx, link),
      isAskedFor: link.createdByKind === 'LICENSE',
      products: products.map(({ name }) => name),
      url: this.use.mails.urlOf('INVITATION', token),
      expiresAt: link.expiresAt,
      timeZone,
    });
    const mailId = await this.use.mails.put(tx, brand, {
      kind: 'INVITATION',
      dedupeKey: `invitation:${link.tokenHash}`,
      to: { address: link.address, name: link.name, userId: null },
      customerId: link.customerId,
      isSecret: true,
      ...mail,
    });
    await tx.manager.update(OneTimeLink, { id: link.id }, { mailId });
  }
}

/** Of the customer's own people, who are named; the vendor's are the vendor. */
export async function inviterNameOf(
  tx: Pick<Transaction, 'manager'>,
  link: Pick<OneTimeLink, 'createdBy' | 'createdByKind' | 'customerId'>,
): Promise<string | null> {
  if (link.createdByKind !== 'USER' || link.createdBy === null || link.customerId === null) return null;
  const inviter = await tx.manager.findOneBy(UserAccount, { id: link.createdBy, customerId: link.customerId });
  return inviter?.name ?? null;
}
