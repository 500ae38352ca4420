/** What people were told of releases, and the page where a recall leads. */
import { calendarDateText, instantText } from '../ui/date-text';
import { counted } from './plural';

export const noticesMessages = {
  title: 'Notices',
  bell: (count: number) => (count === 0 ? 'Notices' : `Notices, ${counted(count, { one: 'unread', other: 'unread' })}`),
  markAll: 'Mark all as read',
  choose: 'Choose what you get',
  failed: 'The notices could not be loaded',
  none: 'No notices',
  noneText: 'News of releases that you may have appears here.',
  stillUnread: 'It is still unread.',
  notNoted: 'It was not noted.',
  unread: ', unread',
  get: (version: string) => `Get ${version}`,
  downloaded: (fileName: string | null, date: string) => `${fileName ?? ''}, downloaded on ${calendarDateText(date)}`,
  replaced: 'I have replaced it',
  saidReplaced: (at: string) => `You said on ${instantText(at)} that it is replaced.`,
} as const;

export const recallMessages = {
  tab: (release: string | null) => (release === null ? 'Recall' : `Replace ${release}`),
  failed: 'The page could not be loaded',
  incomplete: 'This link is not complete',
  incompleteText: 'Open it from the mail again, or copy all of it.',
  title: (release: string) => `Please replace ${release}`,
  downloaded: (fileName: string, date: string) => `${fileName} was downloaded with your license on ${calendarDateText(date)}.`,
  notNoted: 'It was not noted',
  noted: 'Thank you: it is noted that you replaced it.',
  get: (version: string | null) => `Get ${version ?? ''}`,
  replaced: 'I have replaced it',
} as const;
