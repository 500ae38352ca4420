/** The life of an announcement, and what becomes of those whom it is for. */
import type { EntitlementCode } from '../entitlement/entitlement.js';

/**
 * DRAFT: it is being written. SCHEDULED: it goes out at the set time. PREPARING: whom it is for is being worked out. SENDING: mails
 * go out. SENT: all are out. STOPPED: somebody stopped it, and may go on with it.
 */
export const ANNOUNCEMENT_STATES = ['DRAFT', 'SCHEDULED', 'PREPARING', 'SENDING', 'SENT', 'STOPPED'] as const;
export type AnnouncementState = (typeof ANNOUNCEMENT_STATES)[number];

export const ANNOUNCEMENT_STEPS = ['EDIT', 'SEND', 'STOP'] as const;
export type AnnouncementStep = (typeof ANNOUNCEMENT_STEPS)[number];

const STEPS: Readonly<Record<AnnouncementState, readonly AnnouncementStep[]>> = {
  DRAFT: ['EDIT', 'SEND'],
  SCHEDULED: ['SEND', 'STOP'],
  PREPARING: ['STOP'],
  SENDING: ['STOP'],
  SENT: [],
  STOPPED: ['SEND'],
};

/** What can be done with an announcement: the console draws its buttons from the same table. */
export function canStep(state: AnnouncementState, step: AnnouncementStep): boolean {
  return STEPS[state].includes(step);
}

/** Whether work on it goes on by itself. */
export function isUnderway(state: AnnouncementState): boolean {
  return state === 'PREPARING' || state === 'SENDING';
}

/** WAITING: they are told soon. MAILED: the mail is in the outbox, the notice in the portal. NOTICE_ONLY: there is no mail. LEFT_OUT: they get nothing. */
export const RECIPIENT_STATES = ['WAITING', 'MAILED', 'NOTICE_ONLY', 'LEFT_OUT'] as const;
export type RecipientState = (typeof RECIPIENT_STATES)[number];

/** SECOND: that for people whose updates ended. */
export const RECIPIENT_TEXTS = ['FIRST', 'SECOND'] as const;
export type RecipientText = (typeof RECIPIENT_TEXTS)[number];

const OWN_REASONS = ['CHOSE_NO_MAIL', 'ADDRESS_REFUSED', 'ALREADY_TOLD', 'NO_ADDRESS', 'ACCOUNT_DISABLED'] as const;
type OwnReason = (typeof OWN_REASONS)[number];

/** Why somebody gets no mail: the code of the decision about the release, or one of our own. */
export type RecipientReason = Exclude<EntitlementCode, 'ALLOWED'> | OwnReason;

/** What is said of each, after a number of people or customers. */
const SENTENCES: Readonly<Record<RecipientReason, string>> = {
  CHOSE_NO_MAIL: 'Chose no mail about it',
  ADDRESS_REFUSED: 'Address refused mail before',
  ALREADY_TOLD: 'Was told before',
  NO_ADDRESS: 'Has no address',
  ACCOUNT_DISABLED: 'Account was disabled or removed',
  NOT_FOUND: 'Release is not published',
  PRODUCT_CLOSED: 'Product is closed to customers',
  AUTH_REQUIRED: 'Has no license',
  LICENSE_KEY_INVALID: 'Has no license',
  PRODUCT_NOT_LICENSED: 'Has no license',
  LICENSE_SUSPENDED: 'License is suspended',
  LICENSE_REVOKED: 'License was revoked',
  LICENSE_NOT_STARTED: 'License has not started',
  LICENSE_EXPIRED: 'License has expired',
  UPDATES_EXPIRED: 'Updates ended before the release',
  VERSION_NOT_COVERED: 'License covers other versions',
  CHANNEL_NOT_INCLUDED: 'License lacks the channel',
  PLATFORM_NOT_COVERED: 'License covers other platforms',
  RELEASE_WITHDRAWN: 'Release was withdrawn',
  ASSET_NOT_READY: 'Files are not ready',
  DOWNLOAD_LIMIT: 'Download limit is used up',
  SHARE_LINK_EXPIRED: 'Has no license',
  SHARE_LINK_LIMIT: 'Has no license',
};
// Object.keys forgets that these are the keys of the table.
export const RECIPIENT_REASONS = Object.keys(SENTENCES) as readonly RecipientReason[];

/** Why somebody gets no mail, in a few words. */
export function recipientReasonText(reason: RecipientReason): string {
  return SENTENCES[reason];
}
