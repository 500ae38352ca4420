/** The people of a customer, as the customer and the vendor see them. */

export const peopleMessages = {
  title: 'People',
  text: 'Owners see license keys and invite others. Members download.',
  invite: 'Invite someone',
  failed: 'The people could not be loaded',
  nobody: 'Nobody has an account yet: they download with a license key.',
  moreInvitations: 'Show more invitations',
  invited: (email: string) => `${email} is invited.`,
  actionsFor: (name: string) => `Actions for ${name}`,
  you: 'You',
  signedIn: (day: string) => `Signed in ${day}`,
  disabled: 'Disabled',
  newPassword: 'New password',
  enable: 'Enable',
  makeMember: 'Make a member',
  makeOwner: 'Make an owner',
  leave: 'Leave…',
  remove: 'Remove…',
  isOwner: (name: string) => `${name} is an owner now.`,
  isMember: (name: string) => `${name} is a member now.`,
  isEnabled: (name: string) => `${name} can sign in again.`,
  isRemoved: (name: string) => `${name} cannot sign in any more.`,
  owner: 'Owner',
  ownerHint: 'Downloads, sees license keys, and manages people.',
  member: 'Member',
  memberHint: 'Downloads. Does not see license keys.',
  theName: 'The name',
} as const;

export const invitationMessages = {
  text: 'They get a mail with a link that works for seven days.',
  nobodyInvited: 'Nobody was invited',
  email: 'E-mail address',
  name: 'Name',
  role: 'Role',
  sendInvitation: 'Send invitation',
  asksForAccount: 'Asks for an account',
  mailFailed: 'Mail did not arrive',
  expired: 'Expired',
  invitedOn: (day: string) => `Invited on ${day}`,
  send: 'Send again',
  approve: 'Approve',
  copyLink: 'Copy the link',
  decline: 'Decline',
  gone: (email: string) => `The invitation of ${email} is gone.`,
  newLink: (email: string) => `${email} gets a new link.`,
} as const;

export const removePersonMessages = {
  leaveTitle: 'Leave?',
  leaveText: 'Your account and all your sessions end. An owner can invite you again.',
  leave: 'Leave',
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText: 'Their account and all their sessions end at once. They can be invited again.',
  remove: 'Remove',
} as const;

/** What is handed on by hand: a link that no mail server has, or a new password. */
export const personSecretMessages = {
  password: 'Password',
  passwordText: (email: string) => `For ${email}. It is shown only now: copy it and send it to them by a way you trust.`,
  passwordKept: 'The password was not changed.',
  link: 'Invitation link',
  linkText: (email: string) => `For ${email}. Send it to them by a way you trust: it works once, for seven days.`,
} as const;
