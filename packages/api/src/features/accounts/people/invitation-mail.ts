import type { MailContent } from '../../../machinery/mail/mail-template.js';
import { invitationMailMessages as words } from '../../../messages/invitation-mail.js';
import { dayText } from '../../../messages/dates.js';

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
  return names.length === 2 ? words.two(first, second) : words.more(first, second, names.length - 2);
};

/** The subject and the words of an invitation. */
export function invitationMail(facts: InvitationFacts): { readonly subject: string; readonly content: MailContent } {
  const { vendorName, customerName, inviterName, url, expiresAt, timeZone } = facts;
  const until = words.until(dayText(expiresAt, timeZone));
  if (customerName === null)
    return {
      subject: words.staffSubject(vendorName),
      content: {
        title: words.staffTitle(vendorName),
        paragraphs: [words.staffText, until],
        button: { label: words.staffButton, url },
        footer: words.staffFooter(vendorName),
      },
    };
  return {
    subject: inviterName === null ? words.subject(vendorName) : words.invitedSubject(inviterName, customerName),
    content: {
      title: words.title,
      paragraphs: [reasonOf(facts, customerName), words.choosePassword(until)],
      button: { label: words.button, url },
      footer: words.footer(originOf(facts)),
    },
  };
}

function reasonOf({ inviterName, isAskedFor, products, vendorName }: InvitationFacts, customerName: string): string {
  const what = products.length === 0 ? words.software : inWords(products);
  if (isAskedFor) return words.askedFor(customerName, what);
  if (inviterName !== null) return words.invitedBy(inviterName, what, customerName);
  return words.invited(vendorName, what, customerName);
}

function originOf({ inviterName, isAskedFor, vendorName }: InvitationFacts): string {
  if (isAskedFor) return words.originAsked;
  return words.originEntered(inviterName ?? vendorName);
}
