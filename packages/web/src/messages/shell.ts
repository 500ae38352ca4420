/** The frame around the pages of customers, and the pages that stand for others. */

export const shellMessages = {
  skip: 'Skip to content',
  announcements: 'Announcements',
  outdated: 'Slipway cannot be reached: what you see may be out of date.',
  newBuild: 'A new version of Slipway is here.',
  reload: 'Reload',
  later: 'Later',
} as const;

export const portalShellMessages = {
  website: 'Website',
  support: 'Support',
  downloads: 'downloads',
  account: 'Account: ',
  console: 'Console',
  signOut: 'Sign out',
  stillSignedIn: 'You are still signed in.',
} as const;

export const crashMessages = {
  tab: 'Something broke',
  title: 'This page broke',
  text: 'Nothing that was saved is lost. Reload the page; if it breaks again, tell your administrator what it says here.',
  toStart: 'Go to the start',
} as const;

export const notFoundMessages = {
  tab: 'Page not found',
  title: 'There is no such page',
  text: 'The address may be mistyped, or what it led to was deleted.',
  toDownloadables: 'Go to downloadables',
  toDownloads: 'Go to downloads',
} as const;
