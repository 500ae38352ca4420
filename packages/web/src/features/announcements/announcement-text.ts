import type { AnnouncementState } from '@slipway/shared';
import type { AnnouncementFieldsFragment, ListRecipientsQuery, MailState } from '../../graphql/documents.generated';
import { countText, instantText, numberText } from '../../ui/date-text';

/** How long it takes at a limit; null: there is none. */
export function sendingTime(people: number, perMinute: number | null): string | null {
  if (perMinute === null || perMinute < 1 || people === 0) return null;
  const minutes = Math.ceil(people / perMinute);
  const time = minutes < 120 ? `${numberText(minutes)} min` : `${numberText(Math.ceil(minutes / 60))} h`;
  return `About ${time} at ${numberText(perMinute)} a minute`;
}

export const ANNOUNCEMENT_STATE_LABELS: Readonly<Record<AnnouncementState, string>> = {
  DRAFT: 'Draft',
  SCHEDULED: 'Scheduled',
  PREPARING: 'Working out who gets it',
  SENDING: 'Sending',
  SENT: 'Sent',
  STOPPED: 'Stopped',
};

/** People who were told, of those who are to be. */
export function progressOf({ waiting, mailed, noticeOnly }: Pick<AnnouncementFieldsFragment, 'waiting' | 'mailed' | 'noticeOnly'>) {
  const done = mailed + noticeOnly;
  return { done, total: done + waiting };
}

/** One line about an announcement in a list. */
export function summaryOf(row: AnnouncementFieldsFragment): string {
  const { state, sendAt, problem } = row;
  if (problem) return problem;
  if (state === 'SCHEDULED' && sendAt) return `Goes out on ${instantText(sendAt)}`;
  const { done, total } = progressOf(row);
  if (state === 'DRAFT') return 'Was not sent';
  return state === 'SENT'
    ? `${countText(done, 'person', 'people')} told`
    : `${numberText(done)} of ${countText(total, 'person', 'people')} told`;
}

type Recipient = NonNullable<ListRecipientsQuery['announcement']>['recipients']['nodes'][number];

const MAIL_LABELS: Readonly<Record<MailState, string>> = {
  QUEUED: 'Trying',
  HELD: 'Held',
  SENDING: 'Sending',
  SENT: 'Sent',
  UNKNOWN: 'Unknown',
  FAILED: 'Failed',
};

export type Tone = 'neutral' | 'good' | 'warn' | 'bad';

/** What became of somebody. */
export function fateOf({ state, mailState }: Pick<Recipient, 'state' | 'mailState'>): { readonly label: string; readonly tone: Tone } {
  if (state === 'WAITING') return { label: 'Waiting', tone: 'neutral' };
  if (state === 'LEFT_OUT') return { label: 'Left out', tone: 'neutral' };
  if (state === 'NOTICE_ONLY') return { label: 'Notice only', tone: 'neutral' };
  if (mailState === 'FAILED') return { label: MAIL_LABELS.FAILED, tone: 'bad' };
  if (mailState === 'UNKNOWN') return { label: MAIL_LABELS.UNKNOWN, tone: 'warn' };
  // The log of mails may have been cut since.
  return { label: mailState === null ? MAIL_LABELS.SENT : MAIL_LABELS[mailState], tone: mailState === 'SENT' ? 'good' : 'neutral' };
}
