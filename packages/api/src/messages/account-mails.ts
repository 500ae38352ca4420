/** The words of mails about an account. */

export const signInMailMessages = {
  subject: (vendor: string) => `Sign in to ${vendor}`,
  title: 'Sign in',
  text: 'This link signs you in. It works once, for 15 minutes.',
  button: 'Sign in',
  footer: 'Sent because this address was entered at the sign-in. Not you? Then do nothing: nobody comes in without this mail.',
} as const;

export const resetMailMessages = {
  subject: (vendor: string) => `Choose a new password for ${vendor}`,
  title: 'Choose a new password',
  text: 'With this link you choose a new password. It works once, for one hour.',
  button: 'Choose a password',
  footer: 'Sent because a new password was asked for with this address. Not you? Then do nothing: your password stays as it is.',
} as const;

export const passwordChangedMailMessages = {
  subject: 'Your password was changed',
  title: 'Your password was changed',
  text: 'A new password was chosen with a link that was mailed to you, and all other sessions were ended.',
  button: 'Sign in',
  footer: 'Sent because your account changed. Not you? Then choose another password now: somebody can read your mail.',
} as const;

export const confirmAddressMailMessages = {
  subject: 'Confirm your new e-mail address',
  title: 'Confirm your new address',
  asked: (newEmail: string, email: string) => `You asked to sign in with ${newEmail} instead of ${email}.`,
  both: 'Both addresses have to confirm it: each got a mail like this one. The link works once, for 24 hours.',
  button: 'Confirm the change',
  footer: 'Not you? Then do nothing, and choose another password: somebody signed in to your account.',
} as const;

export const addressChangedMailMessages = {
  subject: 'Your e-mail address was changed',
  title: 'Your address was changed',
  text: (newEmail: string) => `You sign in with ${newEmail} from now on, and mail goes there.`,
  button: 'Sign in',
  footer: 'This is the last mail to this address. Not you? Then answer this mail.',
} as const;

export const newDeviceMailMessages = {
  subject: (vendor: string) => `New sign-in to ${vendor}`,
  title: 'New sign-in',
  text: 'Your account was signed in to from a device that it was not used on before.',
  device: 'Device',
  unknownDevice: 'An unknown program',
  when: 'When',
  button: 'See your sessions',
  footer: 'Was this you? Then do nothing. Otherwise end that session and choose another password.',
} as const;

export const factorMailMessages = {
  on: 'A second factor was set up',
  onText: 'From now on you sign in with your password and a code of your app. All other sessions were ended.',
  off: 'Your second factor was ended',
  offText: 'You sign in without a code of an app again.',
  newCodes: 'You have new recovery codes',
  newCodesText: 'The recovery codes that you had before do not work any more.',
  button: 'Open your account',
  footer: 'Sent because your account changed. Not you? Then choose another password now: somebody knows yours.',
} as const;

/** To the owners of a customer: somebody with a license key wants an account. */
export const accountAskedMailMessages = {
  subject: (email: string) => `${email} asks for an account`,
  title: 'Somebody asks for an account',
  text: (email: string) =>
    `Whoever has ${email} signed in with one of your license keys and asks for an account, to download without the key.`,
  advice: 'Approve it only if you know the address; until then nothing changes.',
  button: 'Review the request',
  footer: 'Sent because you are an owner of the account.',
} as const;
