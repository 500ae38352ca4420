/** What people choose to hear of releases. */
import { instantText } from '../ui/date-text';

export const newsMessages = {
  title: 'Mail about releases',
  failed: 'Your choices could not be loaded',
  incomplete: 'This link is not complete',
  incompleteText: 'Open it from the mail again; some programs cut long links in two.',
  noAccount: 'Choices belong to an account',
  noAccountText: 'Sign in with your account to choose what you hear of, or use the link in a mail.',
  goesTo: (address: string) => `To ${address}. Mail that you ask for, such as a new password, always comes.`,
  refused: 'This address takes no mail',
  refusedText: (since: string) =>
    `Its server has refused mail since ${instantText(since)}: ask the vendor to try again once that is mended.`,
  noMore: 'No more mail about releases goes to this address',
  undo: 'Undo',
  chooseAgain: 'You can choose again below.',
  unsubscribe: 'Unsubscribe from all of it',
  orChoose: 'Or choose what you want to hear of.',
  releases: 'Releases',
  byProduct: 'By product',
  ofProduct: (product: string) => `What to hear of ${product}`,
  asAbove: (choice: string) => `As above: ${choice.toLowerCase()}`,
  saved: 'Your choice is saved.',
  notSaved: 'Your choice was not saved.',
} as const;

export const feedMessages = {
  title: 'Feed',
  text: 'For a feed reader, instead of mail or beside it. Its address works without signing in: keep it to yourself.',
  what: 'What it has',
  all: 'All releases',
  stable: 'Stable releases',
  security: 'Security only',
  address: 'Address of the feed',
  shownOnce: 'It is shown this once.',
  made: (at: string, lastReadAt: string | null) =>
    `Made ${instantText(at)}, ${lastReadAt === null ? 'not read yet' : `last read ${instantText(lastReadAt)}`}.`,
  newAddress: 'New address',
  make: 'Make a feed',
  end: 'End the feed',
  notMade: 'The feed was not made.',
  notEnded: 'The feed was not ended.',
  ended: 'The address of the feed has stopped working.',
} as const;
