/** What announcements and recalls say until somebody writes something else. */

/** What people read: a subject and a text. */
export interface AnnouncementText {
  readonly subject: string;
  readonly body: string;
}

/** What a new announcement says. */
export const FIRST_TEXT: AnnouncementText = {
  subject: '{product} {version} is out',
  body: 'Hello {name},\n\n{product} {version} is ready for you.\n\n{changelog}\n\n{download}\n',
};

/** What it says to those whose updates ended before the release. */
export const SECOND_TEXT: AnnouncementText = {
  subject: '{product} {version} is out: renew to get it',
  body: 'Hello {name},\n\n{product} {version} is out. Your updates ended on {updatesUntil}, so it is not part of your license yet.\n\nWhat you would get:\n\n{changelog}\n\n{renew}\n',
};

/** What a recall says. */
export const RECALL_TEXT: AnnouncementText = {
  subject: 'Please replace {product} {version}',
  body: 'Hello {name},\n\nYou downloaded {product} {version} on {downloadedOn}. We have withdrawn it: {reason}\n\nInstall {replacement} instead, then tell us that it is done.\n\n{replace}\n\n{acknowledge}\n',
};
