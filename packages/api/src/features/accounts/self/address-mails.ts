import type { AccountMail } from '../links/account-mails.js';
import type { OneTimeLink } from '../links/one-time-link.entity.js';
import { confirmAddressMailMessages as confirmation, addressChangedMailMessages as changed } from '../../../messages/account-mails.js';
import type { UserAccount } from '../user-account.entity.js';

interface ChangeFacts {
  readonly user: UserAccount;
  readonly link: OneTimeLink;
  readonly url: string;
}

/** Asks one of the two addresses to confirm the change. */
export function confirmMail({ user, link, url, address }: ChangeFacts & { readonly address: string }): AccountMail {
  return {
    kind: 'ADDRESS_CHANGE',
    dedupeKey: `address:${link.id}`,
    to: { address, name: user.name, userId: user.id },
    customerId: user.customerId,
    isSecret: true,
    subject: confirmation.subject,
    content: {
      title: confirmation.title,
      paragraphs: [confirmation.asked(link.address, user.email), confirmation.both],
      button: { label: confirmation.button, url },
      footer: confirmation.footer,
    },
  };
}

/** Tells the old address that it is no longer the one. */
export function addressChangedMail({ user, link, url }: ChangeFacts): AccountMail {
  return {
    kind: 'ACCOUNT_NOTICE',
    dedupeKey: `address-changed:${link.id}`,
    to: { address: user.email, name: user.name, userId: user.id },
    customerId: user.customerId,
    subject: changed.subject,
    content: {
      title: changed.title,
      paragraphs: [changed.text(link.address)],
      button: { label: changed.button, url },
      footer: changed.footer,
    },
  };
}
