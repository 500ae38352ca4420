/** What a tester reads at the address of a share link. */
import { calendarDateText, instantText } from '../ui/date-text';
import { counted } from './plural';

export const sharedMessages = {
  tab: 'Downloads',
  failed: 'The download could not be loaded',
  whatIsNew: (version: string | null) => `What is new in ${version ?? ''}`,
  feedback: 'How does it work for you? Write to',
  draft: 'Draft',
  forTesting: 'For testing: it is not published yet, and may still change.',
  staysOpen: (until: string) => `What you have begun stays open to you until ${instantText(until)}.`,
  channel: (name: string) => `${name} channel`,
  released: (date: string) => `Released ${calendarDateText(date)}`,
  worksUntil: (until: string) => `This link works until ${instantText(until)}`,
  left: (count: number) => `${counted(count, { one: 'download', other: 'downloads' })} left`,
  noFiles: 'There are no files yet. Come back later: this link stays the same.',
  noneFor: (computer: string) => `There is no file for ${computer} yet: see all files below.`,
  choose: 'Choose the file for your computer below.',
} as const;

/** Why a link, or a file of it, opens nothing. */
export const sharedRefusals = {
  unknown: 'This link does not work',
  unknownText: 'It was revoked, or it was not copied completely: ask the person who sent it for a new one.',
  expired: 'This link has expired',
  usedUp: 'This link is used up',
  withdrawn: (release: string) => `${release} was withdrawn`,
  refused: 'This cannot be downloaded',
  deleted: 'This release is gone',
  deletedText: 'It was deleted after the link was made: ask the person who sent it for another one.',
  nothingYet: 'Nothing to test at the moment',
  nothingYetText: (product: string, channel: string) =>
    `${product} has no ${channel} draft right now, but keep this link: it opens the next one as soon as there is one.`,
  theFile: 'The file',
  fileGone: (file: string) => `${file} is not here any more`,
  fileGoneText: 'The release has changed: choose from the files below.',
  fileMissing: (file: string) => `${file} is missing at the moment`,
  fileMissingText: 'It has to be put back first: try again later, or tell whoever sent you this link.',
  fileNotReady: (file: string) => `${file} is not ready yet`,
  fileNotReadyText: 'Try again in a few minutes.',
} as const;
