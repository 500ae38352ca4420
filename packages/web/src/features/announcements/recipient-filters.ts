import type { AnnouncementFieldsFragment, MailState, RecipientFilter } from '../../graphql/documents.generated';

interface FilterChoice {
  readonly key: string;
  readonly label: string;
  /** Null: it is not counted. */
  readonly count: number | null;
  readonly isBad: boolean;
}

const MAIL_STATES: readonly (readonly [MailState, string])[] = [
  ['SENT', 'Sent'],
  ['QUEUED', 'Trying'],
  ['HELD', 'Held'],
  ['FAILED', 'Failed'],
  ['UNKNOWN', 'Unknown'],
];
const BAD: ReadonlySet<MailState> = new Set(['FAILED', 'UNKNOWN']);

/** What can be filtered by, with how many there are; what has none is left out. */
export function filterChoices(
  { kind, waiting, mailed, noticeOnly, leftOut }: AnnouncementFieldsFragment,
  mails: readonly { readonly state: MailState; readonly count: number }[],
): readonly FilterChoice[] {
  const countOf = (state: MailState): number => mails.find((tally) => tally.state === state)?.count ?? 0;
  const counted: readonly FilterChoice[] = [
    { key: 'WAITING', label: 'Waiting', count: waiting, isBad: false },
    ...MAIL_STATES.map(([state, label]) => ({ key: state, label, count: countOf(state), isBad: BAD.has(state) })),
    { key: 'NOTICE_ONLY', label: 'Notice only', count: noticeOnly, isBad: false },
    { key: 'LEFT_OUT', label: 'Left out', count: leftOut, isBad: false },
  ];
  const ofRecall: readonly FilterChoice[] = [
    { key: 'ACKNOWLEDGED', label: 'Confirmed', count: null, isBad: false },
    { key: 'OPEN', label: 'Not confirmed', count: null, isBad: false },
  ];
  return [
    { key: 'ALL', label: 'All', count: waiting + mailed + noticeOnly + leftOut, isBad: false },
    ...counted.filter(({ count }) => (count ?? 0) > 0),
    ...(kind === 'RECALL' ? ofRecall : []),
  ];
}

/** The filter of a choice. */
export function filterOf(key: string): RecipientFilter {
  if (key === 'WAITING' || key === 'NOTICE_ONLY' || key === 'LEFT_OUT') return { state: key };
  if (key === 'ACKNOWLEDGED' || key === 'OPEN') return { isAcknowledged: key === 'ACKNOWLEDGED' };
  const mailState = MAIL_STATES.find(([state]) => state === key)?.[0];
  return mailState === undefined ? {} : { mailState };
}
