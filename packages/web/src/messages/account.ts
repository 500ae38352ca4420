/** One's own account: who one is, how one signs in, and where one is signed in. */
import { instantText } from '../ui/date-text';
import { counted } from './plural';

export const accountMessages = {
  title: 'Your account',
  failed: 'Your account could not be loaded',
  signInTitle: 'Sign in to see your account',
  details: 'Your details',
  name: 'Name',
  email: 'E-mail address',
  password: 'Password',
  mail: 'Mail',
  change: 'Change',
  yourName: ' your name',
  yourAddress: ' your address',
  yourPassword: ' your password',
  whatYouHear: ' what you hear of',
  passwordSet: 'Set',
  noPassword: 'None: you sign in by mail',
  chooseOne: 'Choose one',
  choose: 'Choose',
  aboutReleases: 'About new releases',
  takeBack: 'Take it back',
  changeTo: (email: string) => `Change to ${email}`,
  newMustConfirm: 'The new address has to confirm it: open the link in the mail there.',
  presentMustConfirm: 'Your present address has to confirm it: open the link in the mail there.',
  bothMustConfirm: 'Both addresses have to confirm it: open the link in each of the two mails.',
} as const;

export const renameMessages = {
  title: 'Change your name',
  text: 'Others see it with what you do.',
  name: 'Your name',
} as const;

export const addressDialogMessages = {
  title: 'Change your e-mail address',
  text: 'Both addresses get a mail and have to confirm. Until then nothing changes.',
  email: 'New e-mail address',
  currentPassword: 'Current password',
  send: 'Send both mails',
} as const;

/** Choosing a password, wherever that is done. */
export const passwordMessages = {
  change: 'Change your password',
  choose: 'Choose a password',
  sessionsEnd: 'Your other sessions end; this one stays.',
  current: 'Current password',
  new: 'New password',
  hint: (minLength: number) => `At least ${minLength} characters; four or more words are good.`,
  save: 'Save password',
  changed: 'Your password is changed. Your other sessions have ended.',
} as const;

/** Whoever came with a license key asks for an account. */
export const askAccountMessages = {
  title: 'Get an account',
  text: (customer: string) =>
    `You are signed in with a license key of ${customer}. With an account you sign in by mail or password and see all licenses in one place.`,
  almostDone: 'Almost done',
  name: 'Your name',
  email: 'Your e-mail address',
  hint: 'A link is mailed there, so that nobody else gets the account.',
  ask: 'Ask for an account',
  ownerMustAgree: 'An owner of your company has to agree. Then you get a mail with a link.',
  openLink: (email: string) => `Open the link in the mail to ${email} to finish.`,
} as const;

export const sessionsMessages = {
  title: 'Where you are signed in',
  text: 'Do you not know one of them? End it and change your password.',
  endOthers: 'End all others',
  label: 'Sessions',
  thisDevice: 'This device',
  unknown: 'Unknown device',
  since: (at: string) => `Since ${instantText(at)}`,
  lastUsed: (at: string) => `, last used ${instantText(at)}`,
  end: 'End',
  endOf: (device: string) => ` the session on ${device}`,
  goesOn: 'The session goes on.',
  goOn: 'The sessions go on.',
  ended: 'All your other sessions have ended.',
} as const;

/** The second factor, where it is set up, renewed and ended. */
export const factorMessages = {
  title: 'Second factor',
  text: 'A code of an authenticator app beside your password: whoever learns the password still stays out.',
  required: 'Set up a second factor to go on',
  requiredText: 'Your role has to have one. It takes an authenticator app and a minute.',
  since: (at: string) => `On since ${instantText(at)}.`,
  codesLeft: (count: number) => `${counted(count, { one: 'recovery code', other: 'recovery codes' })} left.`,
  off: 'Off',
  newCodes: 'New recovery codes',
  endIt: 'End it',
  setUp: 'Set up',
  setUpTitle: 'Set up a second factor',
  step: (step: number) => `Step ${step} of 3`,
  password: 'Your password',
  appNeeded: 'You need an authenticator app on your phone or computer.',
  scan: 'Scan this with your authenticator app, then enter the code that it shows.',
  picture: 'The picture for your authenticator app',
  noCamera: 'No camera? Type the secret',
  secret: 'Secret',
  code: 'Code of the app',
  codeHint: 'Six digits, new every half minute.',
  turnOn: 'Turn on',
  kept: 'I have kept them',
  endTitle: 'End the second factor',
  oldCodesEnd: 'Those you have now stop working.',
  passwordAlone: 'From then on your password alone lets you in.',
  showCodes: 'Show new codes',
  ended: 'You sign in without a code again.',
} as const;

export const recoveryCodesMessages = {
  text: 'Each of these lets you in once without the app. They are shown this once: print them, or keep them with your passwords.',
  label: 'Recovery codes',
  print: 'Print',
  copyAll: 'Copy all codes',
} as const;
