import type { Recipient } from '../../news/recipients.js';
import type { Announcement, AnnouncementRecipient } from '../announcement.entity.js';
import type { JudgedCustomer } from '../../downloads/audience/audience-reader.js';
import { placeOf } from '../audience/placement.js';

/** What is known, right before they are told, of the customers of those who are next. */
export interface PresentPeople {
  readonly announcement: Announcement;
  readonly customers: ReadonlyMap<string, JudgedCustomer>;
  readonly peopleOf: (customerId: string) => readonly Recipient[];
}

/**
 * What is decided about somebody at this very time: since the audience was worked out the license may have been suspended, or renewed,
 * the account may be gone, or have another address, with which what was chosen has moved.
 */
export function placed(given: AnnouncementRecipient, people: PresentPeople): AnnouncementRecipient {
  if (given.address === '') return { ...given, reason: 'NO_ADDRESS' };
  const recipient = asPresent(given, people);
  if (!recipient) return { ...given, reason: 'ACCOUNT_DISABLED' };
  const { announcement, customers } = people;
  if (announcement.kind === 'RECALL') return recipient;
  const customer = customers.get(recipient.customerId);
  if (!customer) return { ...recipient, reason: 'PRODUCT_NOT_LICENSED' };
  const { text, reason } = placeOf(customer.decision, announcement.secondSubject !== null);
  return { ...recipient, reason, text: text ?? recipient.text, licenseId: customer.decision.licenseId };
}

/** The customer's own address stays good, whoever has an account there meanwhile. */
function asPresent(given: AnnouncementRecipient, { peopleOf }: PresentPeople): AnnouncementRecipient | null {
  if (given.userId === null) return given;
  const person = peopleOf(given.customerId).find(({ userId }) => userId === given.userId);
  return person ? { ...given, address: person.address, name: person.name } : null;
}
