/** What announcements and recalls say besides the vendor's own text, in mails, notices and feeds. */
export const announcementMessages = {
  unsubscribe: 'Choose what you get, or unsubscribe',
  becauseDownloaded: (product: string, version: string) => `You get this because ${product} ${version} was downloaded with your license.`,
  becauseLicensed: (product: string) => `You get this because you have a license for ${product}.`,
  noLimit: 'without an end',
  anotherVersion: 'another version',
  get: (version: string) => `Get ${version}`,
  renew: 'Renew updates',
  replaced: 'I have replaced it',
  gone: 'This release is no longer available.',
} as const;

export const feedMessages = {
  title: (vendor: string) => `${vendor} releases`,
  none: 'There is no such feed any more: make a new one on your notifications page.',
  linkIncomplete: 'This link is not complete: open it from the mail again.',
  only: 'Give only=all, only=stable or only=security.',
  unsubscribed: 'Done: no more mail about releases goes to this address.\n',
} as const;
