import type { MailContent } from '../../../machinery/mail/mail-template.js';
import { dayText } from '../links/link-times.js';

/** What an invitation tells. */
export interface InvitationFacts {
  readonly vendorName: string;
  /** Null: it is for the vendor's staff. */
  readonly customerName: string | null;
  /** Who of the customer invites; null: the vendor does, or they asked for it themselves. */
  readonly inviterName: string | null;
  readonly isAskedFor: boolean;
  /** What the customer has licenses of. */
  readonly products: readonly string[];
  readonly url: string;
  readonly expiresAt: Date;
  readonly timeZone: string;
}

const inWords = (names: readonly string[]): string => {
  const [first = '', second = ''] = names;
  if (names.length <= 1) return first;
  return names.length === 2 ? `${first} and ${second}` : `${first}, ${second} and ${names.length - 2} more`;
};

/** The subject and the words of an invitation. */
export function invitationMail(facts: InvitationFacts): { readonly subject: string; readonly content: MailContent } {
  const { vendorName, customerName, inviterName, url, expiresAt, timeZone } = facts;
  const until = `This link works once, until ${dayText(expiresAt, timeZone)}.`;
  if (customerName === null)
    return {
      subject: `You are invited to work on releases at ${vendorName}`,
      content: {
        title: `Join ${vendorName}`,
        paragraphs: ['An account in the release console is ready for you: choose a password there.', until],
        button: { label: 'Accept the invitation', url },
        footer: `Sent because an administrator of ${vendorName} entered your address. Not expecting this? Then do nothing.`,
      },
    };
  return {
    subject: inviterName === null ? `Your downloads from ${vendorName} are ready` : `${inviterName} invited you to ${customerName}`,
    content: {
      title: 'Your downloads are ready',
      paragraphs: [
        reasonOf(facts, customerName),
        `Choose a password there, or go without one: then we mail you a link each time you sign in. ${until}`,
      ],
      button: { label: 'Open my downloads', url },
      footer: `${originOf(facts)} Not expecting this? Then do nothing: there is no account until you make it there.`,
    },
  };
}

function reasonOf({ inviterName, isAskedFor, products, vendorName }: InvitationFacts, customerName: string): string {
  const what = products.length === 0 ? 'the software' : inWords(products);
  if (isAskedFor) return `This is the account of ${customerName} that you asked for, to download ${what}.`;
  if (inviterName !== null) return `${inviterName} invited you to download ${what} that ${customerName} has from us.`;
  return `${vendorName} has an account for you, to download ${what} for ${customerName}.`;
}

function originOf({ inviterName, isAskedFor, vendorName }: InvitationFacts): string {
  if (isAskedFor) return 'Sent because an account was asked for with your address.';
  return `Sent because ${inviterName ?? vendorName} entered your address.`;
}
