import type { MailContent } from '../../../machinery/mail/mail-template.js';
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
      subject: `Sign in to ${vendorName}`,
      content: {
        title: 'Sign in',
        paragraphs: ['This link signs you in. It works once, for 15 minutes.'],
        button: { label: 'Sign in', url },
        footer: 'Sent because this address was entered at the sign-in. Not you? Then do nothing: nobody comes in without this mail.',
      },
    };
  return {
    subject: `Choose a new password for ${vendorName}`,
    content: {
      title: 'Choose a new password',
      paragraphs: ['With this link you choose a new password. It works once, for one hour.'],
      button: { label: 'Choose a password', url },
      footer: 'Sent because a new password was asked for with this address. Not you? Then do nothing: your password stays as it is.',
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
    subject: 'Your password was changed',
    content: {
      title: 'Your password was changed',
      paragraphs: ['A new password was chosen with a link that was mailed to you, and all other sessions were ended.'],
      button: { label: 'Sign in', url },
      footer: 'Sent because your account changed. Not you? Then choose another password now: somebody can read your mail.',
    },
  };
}
