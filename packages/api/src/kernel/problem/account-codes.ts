import { text } from './error-text.js';

/** Rules of accounts, of the links in their mails and of second factors. */
export const ACCOUNT_RULES = {
  LINK_INVALID: text('The link is not one that was made here, or it is not complete.', 'Open it from the mail again, or sign in.'),
  MAIL_GONE: text('The link in the mail was for one use, so that the mail is not kept.', 'Ask for a new one where it came from.'),
  SIGN_IN_AGAIN: text('The session is too old for what was asked.', 'Sign in again, then repeat the request.'),
  EMAIL_TAKEN: text('The e-mail address belongs to someone else.', 'Use another address, or edit that person.'),
  CUSTOMER_REQUIRED: text('An account with the role `CUSTOMER` must belong to a customer.', 'Name the customer.'),
  PERSON_REQUIRED: text('The action requires a person who is signed in.', 'Sign in with an account.'),
  ROLE_INVALID: text('The role does not exist, or does not fit the customer.', 'Choose another role.'),
  ROLE_NOT_ALLOWED: text('The role has permissions that the caller lacks.', 'Ask an administrator.'),
  LAST_OWNER: text('The person is the last owner of the customer.', 'Make somebody else an owner first.'),
  ACCOUNT_NOT_OFFERED: text('Nobody of the customer can agree to the account.', 'Ask the vendor for an invitation.'),
  LINK_UNKNOWN: text('No link has this token.', 'Copy the whole link from the mail.'),
  LINK_USED: text('The link works once, and was used already.', 'Sign in, or ask for a new one.'),
  LINK_EXPIRED: text('The link is too old.', 'Ask for a new one.'),
  LINK_WITHDRAWN: text('The link was revoked, replaced by a newer one, or belongs to a customer who is gone.', 'Ask for a new one.'),
  SIGN_IN_FAILED: text('The e-mail address or the password is wrong.', 'Try again, or ask an administrator for a new password.'),
  TOTP_REQUIRED: text('The account has a second factor.', 'Send the code of the app, or a recovery code, as `totpCode`.'),
  TOTP_WRONG: text('The code of the second factor is wrong, or it was used already.', 'Enter the one that the app shows now.'),
  TOTP_ALREADY_ON: text('The account has a second factor already.', 'End that one first.'),
  TOTP_NOT_BEGUN: text('No second factor is waiting to be confirmed.', 'Begin with `enrolTotp` again.'),
  TOTP_OFF: text('The account has no second factor.', 'Set one up first.'),
  TOTP_MANDATORY: text('The role of the account has to have a second factor.', 'Ask an administrator to end it, then set up another one.'),
  PASSWORD_WRONG: text('The current password is wrong.', 'Enter it again.'),
} as const;
