import { newsChoiceMessages } from '../messages/news.js';

/** What somebody wants to hear of new releases by mail, most first. */
export const NEWS_CHOICES = ['ALL', 'STABLE', 'SECURITY', 'NONE'] as const;
export type NewsChoice = (typeof NEWS_CHOICES)[number];

/** Until somebody chooses. */
export const DEFAULT_NEWS_CHOICE: NewsChoice = 'ALL';

/** A choice in words, as the page says it. */
export const NEWS_CHOICE_TEXTS: Readonly<Record<NewsChoice, { readonly label: string; readonly hint: string }>> = newsChoiceMessages;

/** What a release is to whoever chooses. */
export interface NewsRelease {
  readonly channel: string;
  readonly isSecurityFix: boolean;
}

/** Whether somebody who chose so is written to about a release. */
export function wantsNews(choice: NewsChoice, { channel, isSecurityFix }: NewsRelease): boolean {
  if (choice === 'ALL') return true;
  if (choice === 'NONE') return false;
  return isSecurityFix || (choice === 'STABLE' && channel === 'stable');
}

/** Whether somebody who chose so is written to about the recall of a release that they downloaded. */
export const wantsRecalls = (choice: NewsChoice): boolean => choice !== 'NONE';

/** The choice that holds for a product: its own, else the one for all. */
export const choiceFor = (own: NewsChoice | undefined, general: NewsChoice | undefined): NewsChoice =>
  own ?? general ?? DEFAULT_NEWS_CHOICE;
