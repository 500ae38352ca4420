/** Where mails lead, and the page where people sign in. */

export const linkMessages = {
  ended: 'This link does not work',
  newLink: 'Email me a new link',
  toSignIn: 'Go to sign in',
} as const;

export const invitationPageMessages = {
  tab: 'Invitation',
  failed: 'The invitation could not be loaded',
  ended: 'This invitation does not work',
  sendNew: 'Send me a new one',
  newOnItsWay: 'A new invitation is on its way to the address of the first one.',
  hasAccount: 'You have an account already',
  signInWith: (email: string) => `Sign in with ${email}, or have a link mailed to it there.`,
  join: 'Join the team',
  ready: 'Your downloads are ready',
  theVendor: 'The vendor',
  forStaff: (vendor: string) => `${vendor} invites you to work on its releases.`,
  invitedBy: (inviter: string, company: string | null, vendor: string) =>
    `${inviter} invites you to download the software that ${company ?? 'your company'} has from ${vendor}.`,
  invited: (vendor: string, company: string | null) =>
    `${vendor} has an account for you, to download the software of ${company ?? 'your company'}.`,
  used: 'This invitation was accepted already: sign in with your account.',
  expired: 'This invitation is more than seven days old: have a new one sent to the same address.',
  withdrawn: 'This invitation works no more: ask whoever invited you for a new one.',
  unknown: 'This invitation is unknown: open the link in the latest mail, or ask whoever invited you for a new one.',
} as const;

export const acceptMessages = {
  youSignInWith: 'You sign in with',
  name: 'Your name',
  password: 'Password',
  createAccount: 'Create my account',
  openDownloads: 'Open my downloads',
  withoutPassword: 'Continue without a password',
  withoutPasswordText: 'Without one, we mail you a link each time you sign in.',
} as const;

export const addressPageMessages = {
  tab: 'Confirm your address',
  title: 'Confirm your new address',
  text: 'The address that you sign in with changes once both the old and the new one have confirmed it.',
  confirm: 'Confirm the change',
  changed: 'Your address is changed',
  changedText: (email: string) => `You sign in with ${email} from now on.`,
  oneToGo: 'Confirmed, one to go',
  oneToGoText: 'The other address has to confirm it as well: open the link in the mail there.',
} as const;

export const resetMessages = {
  title: 'Choose a new password',
  text: 'Your sessions on other devices end, and you are signed in here.',
  save: 'Save and sign in',
} as const;

export const signInLinkMessages = {
  text: 'This link works once, on this device.',
} as const;

export const signInMessages = {
  text: 'With your account, or with the license key you received.',
  ways: 'Ways to sign in',
  account: 'Account',
  licenseKey: 'License key',
  publicDownloads: 'See public downloads',
  email: 'Email',
  password: 'Password',
  forgot: 'Forgot password?',
  otherAccount: 'Use another account',
  licenseKeyHint: 'It is in the mail that came with your purchase.',
  emailLink: 'Email me a link',
  keyMissing: 'Enter the license key you received.',
  emailMissing: 'Enter your email address.',
  passwordMissing: 'Enter your password.',
} as const;

/** Having a link mailed that signs in or leads to a new password. */
export const mailLinkMessages = {
  link: 'Email me a link',
  linkText: 'We mail you a link that signs you in. It works for 15 minutes.',
  password: 'Forgot your password?',
  passwordText: 'We mail you a link to choose a new one. It works for one hour.',
  sent: 'Look into your mail',
  sentText: (email: string) => `If there is an account for ${email}, a link is on its way.`,
  email: 'Email',
  send: 'Send the link',
  back: 'Back to sign in',
} as const;
