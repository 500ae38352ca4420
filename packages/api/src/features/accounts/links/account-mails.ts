import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { MailKind } from '../../../machinery/mail/mail.entity.js';
import { mailHtml, mailText, type MailBrand, type MailContent } from '../../../machinery/mail/mail-template.js';
import type { Outbox } from '../../../machinery/mail/outbox.js';
import type { MailBrands } from '../../settings/mail-brands.js';
import type { LinkPurpose } from './one-time-link.entity.js';

/** The page that each kind of link opens: opening it changes nothing. */
export const LINK_PATHS: Readonly<Record<LinkPurpose, string>> = {
  INVITATION: '/invitation/',
  SIGN_IN: '/sign-in/',
  RESET: '/reset/',
  OLD_ADDRESS: '/address/',
  NEW_ADDRESS: '/address/',
};

/** A mail about an account. */
export interface AccountMail {
  readonly kind: MailKind;
  readonly dedupeKey: string;
  readonly to: { readonly address: string; readonly name: string; readonly userId: string | null };
  readonly customerId?: string | null;
  readonly subject: string;
  readonly content: MailContent;
  /** Whether its link lets in whoever has it. */
  readonly isSecret?: boolean;
}

/** Writes mails about accounts, with what they have of the vendor. */
export class AccountMails {
  constructor(
    private readonly use: { readonly database: Database; readonly outbox: Outbox; readonly brands: MailBrands; readonly publicUrl: string },
  ) {}

  /** What all mails have; read before the transaction that writes one. */
  readBrand(): Promise<MailBrand> {
    return this.use.brands.read();
  }

  urlOf(purpose: LinkPurpose, token: string): string {
    return `${this.use.publicUrl}${LINK_PATHS[purpose]}${token}`;
  }

  pageUrl(path: string): string {
    return `${this.use.publicUrl}${path}`;
  }

  /** @returns the ID of the mail */
  put(tx: Transaction, brand: MailBrand, mail: AccountMail): Promise<string | null> {
    const { content, ...rest } = mail;
    return this.use.outbox.put(tx, {
      ...rest,
      text: mailText(brand, content),
      html: mailHtml(brand, content),
      link: content.button?.url ?? null,
    });
  }
}
