import type { MailContent } from '../../../machinery/mail/mail-template.js';
import {
  signInMailMessages as signIn,
  resetMailMessages as reset,
  passwordChangedMailMessages as changed,
} from '../../../messages/account-mails.js';
import type { AccountMail } from '../links/account-mails.js';
import type { OneTimeLink } from '../links/one-time-link.entity.js';
import type { UserAccount } from '../user-account.entity.js';

/** What somebody without a password at hand asked for. */
export type EntryPurpose = 'SIGN_IN' | 'RESET';

/** The subject and the words of a link to come in by. */
export function entryMail(
  purpose: EntryPurpose,
  vendorName: string,
  url: string,
): { readonly subject: string; readonly content: MailContent } {
  if (purpose === 'SIGN_IN')
    return {
      subject: signIn.subject(vendorName),
      content: {
        title: signIn.title,
        paragraphs: [signIn.text],
        button: { label: signIn.button, url },
        footer: signIn.footer,
      },
    };
  return {
    subject: reset.subject(vendorName),
    content: {
      title: reset.title,
      paragraphs: [reset.text],
      button: { label: reset.button, url },
      footer: reset.footer,
    },
  };
}

/** Tells that the password is another one now. */
export function passwordChangedMail(user: UserAccount, link: OneTimeLink, url: string): AccountMail {
  return {
    kind: 'ACCOUNT_NOTICE',
    dedupeKey: `reset:${link.id}`,
    to: { address: user.email, name: user.name, userId: user.id },
    customerId: user.customerId,
    subject: changed.subject,
    content: {
      title: changed.title,
      paragraphs: [changed.text],
      button: { label: changed.button, url },
      footer: changed.footer,
    },
  };
}
