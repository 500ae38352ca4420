/** What stands on pages of all kinds: buttons, states, and what is said when something cannot be reached. */

export const kitMessages = {
  cancel: 'Cancel',
  save: 'Save',
  done: 'Done',
  close: 'Close',
  revoke: 'Revoke',
  continue: 'Continue',
  loading: 'Loading',
  tryAgain: 'Try again',
  showOlder: 'Show older',
  signIn: 'Sign in',
  comeBack: 'You come back here.',
  nothingChanged: 'Nothing was changed.',
  request: 'Request',
  copied: 'Copied',
  copy: (what: string) => `Copy ${what.toLowerCase()}`,
  copyFailed: 'The browser did not allow copying.',
  copyByHand: 'Select the text and copy it by hand.',
  code: 'Code of your app',
  codeHint: 'Six digits. Without the app, enter a recovery code.',
  theme: (chosen: string, next: string) => `Theme: ${chosen}. Change to ${next}`,
} as const;

/** A part of a page whose code did not come. */
export const lazyMessages = {
  title: 'This could not be loaded',
  partTitle: 'This part could not be loaded',
  text: 'Check your connection, then try again. What you entered elsewhere on the page is kept.',
  menu: 'The menu could not be loaded. Check your connection.',
  page: 'That page could not be loaded. Check your connection.',
  reload: 'Reload the page',
} as const;

/** A request that failed as a whole. */
export const requestMessages = {
  unreachable: 'Slipway cannot be reached: check your connection and try again.',
  failed: 'The request failed: try again.',
  refused: (status: number) => `Slipway refused the request (HTTP ${status}): reload the page and try again.`,
} as const;
