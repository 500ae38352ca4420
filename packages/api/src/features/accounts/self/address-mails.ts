import type { AccountMail } from '../links/account-mails.js';
import type { OneTimeLink } from '../links/one-time-link.entity.js';
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
    subject: 'Confirm your new e-mail address',
    content: {
      title: 'Confirm your new address',
      paragraphs: [
        `You asked to sign in with ${link.address} instead of ${user.email}.`,
        'Both addresses have to confirm it: each got a mail like this one. The link works once, for 24 hours.',
      ],
      button: { label: 'Confirm the change', url },
      footer: 'Not you? Then do nothing, and choose another password: somebody signed in to your account.',
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
    subject: 'Your e-mail address was changed',
    content: {
      title: 'Your address was changed',
      paragraphs: [`You sign in with ${link.address} from now on, and mail goes there.`],
      button: { label: 'Sign in', url },
      footer: 'This is the last mail to this address. Not you? Then answer this mail.',
    },
  };
}
