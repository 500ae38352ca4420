/** What customers are refused, and what they can do: one sentence each. Refused downloads: `packages/shared/src/messages/access.ts`. */

/** Links that mails have. */
export const linkRefusals = {
  used: 'This link was used already: sign in, or ask for a new one.',
  expired: 'This link is too old: ask for a new one.',
  withdrawn: 'This link works no more: ask whoever sent it for a new one.',
  incomplete: 'This link is not complete: copy all of it from the mail, or ask for a new one.',
  newerSent: 'A newer link was sent since: use the one in the latest mail.',
  accountEnded: 'This account cannot sign in any more: ask whoever manages it.',
} as const;

export const signInRefusals = {
  wrong: 'No account has this e-mail address and password: check both, then try again.',
  machineKey: 'This is a machine key, with which programs download: sign in with a license key or your account.',
  noLicense: 'No license has this key: copy it from the message it came in, with all its groups.',
  noAccount: 'Only somebody who signed in with an account can change its password.',
  passwordChanged: 'The password was changed meanwhile: enter the one you have now.',
  passwordWrong: 'This is not the password you have now: check it, then try again.',
  passwordCommon: 'This password is one of the first that others would try: use four or more words that do not belong together.',
  signInAgain: 'Sign out and in again by mail first, then change this within 15 minutes.',
} as const;

export const factorRefusals = {
  isOn: 'Your account has a second factor: end that one first.',
  notBegun: 'There is nothing to confirm: begin to set up the second factor again.',
  begunAgain: 'It was begun again meanwhile: use the newest picture.',
  mandatory: 'Your role has to have a second factor: an administrator can end it for you to set up another one.',
  ownNeedsCode: 'Your own second factor ends with a code: end it on your account page, or ask another administrator.',
  isOff: 'Your account has no second factor: set one up first.',
  noAccount: 'Only somebody who signed in with an account has a second factor.',
  codeNeeded: 'This account has a second factor: enter the code that your app shows now.',
  codeWrong: 'This code is not right, or was used already: enter the one that your app shows now, or a recovery code.',
} as const;

export const peopleRefusals = {
  noKey: 'Only somebody who signed in with a license key can ask for an account.',
  hasAccount: 'This address has an account already: sign in with it, or ask there for a link by mail.',
  nobodyAgrees: 'Nobody of your company can agree to this: ask the vendor to invite you.',
  isInvited: 'This address is invited already: open the link in the mail that came there.',
  licenseRevoked: 'Your license was revoked: ask the vendor to invite you.',
  ownersOnly: 'People are invited and changed by the owners of your company: ask one of them.',
  shownToOwners: 'People are shown to the owners of their company and to staff with license:read: ask one of them.',
  personHasAccount: 'This person has an account already: they sign in with it, or reset its password.',
  lastOwner: 'This is the last owner: make somebody else an owner first.',
  choosePassword: 'Choose a password: staff sign in with one.',
  inviterEnded: 'Whoever invited you may not do so any more: ask for a new invitation.',
  notFromHere: 'This invitation cannot be sent again from here: ask whoever invited you for a new one.',
  youHaveAccount: 'There is an account with your address already: sign in with it, or reset its password.',
  accepted: 'This invitation was accepted already: look for the person in the list.',
  revoked: 'This invitation was revoked already: send a new one.',
  customerHas: 'This customer has',
  disableFirst: 'disable somebody or revoke an invitation first',
} as const;

export const addressRefusals = {
  taken: 'Another account has the new address by now: ask for a change to another one.',
  noAccount: 'Only somebody who signed in with an account can change its address.',
  isYours: 'This is your address already: enter another one.',
} as const;

export const machineKeyRefusals = {
  /** "There is no ... here". */
  what: 'machine key',
  theName: 'The name',
  ownersOnly: 'Machine keys are made and revoked by the owners of your company: ask one of them.',
  shownToOwners: 'Machine keys are shown to the owners of their company and to staff with license:read: ask one of them.',
  endsInPast: 'A machine key must run out in the future: choose a later day, or none.',
  customerHas: 'This customer has',
  revokeFirst: 'revoke one first',
} as const;

export const newsRefusals = {
  notKnown: 'The link is not complete, or you are not signed in with an account: open it from the mail again, or sign in.',
  tooMany: (most: number) => `Choose for at most ${most} products at a time.`,
  noLicense: 'You have no license of one of these products: reload the page, then choose again.',
  noFeed: 'Only a customer’s person has a feed: sign in with such an account.',
} as const;

export const noticeRefusals = {
  tooMany: (most: number) => `Give at most ${most} IDs at a time.`,
  idOrToken: 'Give either the ID of the notice or the token of the link.',
} as const;

/** Addresses that lead nowhere: what there is instead. */
export const addressMessages = {
  noChannel: (product: string, channel: string) => `${product} has no channel ${channel}`,
  noPlatform: (target: string) => `${target} names no platform`,
  noProduct: (slug: string) => `There is no product ${slug} for you`,
  nothingOn: (product: string, channel: string) => `${product} has nothing on ${channel} yet`,
  nothingFor: ({
    product,
    computer,
    channel,
    most,
  }: Readonly<Record<'product' | 'computer' | 'channel', string>> & { readonly most: number }) =>
    `${product} has nothing for ${computer} in the newest ${most} releases on ${channel}`,
  others: (count: number) => `one of ${count} others`,
  noOther: 'there is nothing else to choose from at the moment',
  choose: (offered: string) => `choose ${offered}`,
  channelUnknown: (channels: string) => `The product has no such channel: use one of ${channels}.`,
} as const;
