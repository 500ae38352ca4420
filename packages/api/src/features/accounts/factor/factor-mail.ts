import type { AuditAction } from '../../../machinery/audit/audit-actions.js';
import type { AccountMail } from '../links/account-mails.js';
import type { UserAccount } from '../user-account.entity.js';

const TITLES: Partial<Readonly<Record<AuditAction, string>>> = {
  'user.secondFactorOn': 'A second factor was set up',
  'user.secondFactorOff': 'Your second factor was ended',
  'user.recoveryCodes': 'You have new recovery codes',
};
const TEXTS: Partial<Readonly<Record<AuditAction, string>>> = {
  'user.secondFactorOn': 'From now on you sign in with your password and a code of your app. All other sessions were ended.',
  'user.secondFactorOff': 'You sign in without a code of an app again.',
  'user.recoveryCodes': 'The recovery codes that you had before do not work any more.',
};

/** Tells that something about the second factor changed. */
export function factorMail(user: UserAccount, action: AuditAction, { at, url }: { readonly at: Date; readonly url: string }): AccountMail {
  const title = TITLES[action] ?? '';
  return {
    kind: 'ACCOUNT_NOTICE',
    dedupeKey: `${action}:${user.id}:${at.getTime()}`,
    to: { address: user.email, name: user.name, userId: user.id },
    customerId: user.customerId,
    subject: title,
    content: {
      title,
      paragraphs: [TEXTS[action] ?? ''],
      button: { label: 'Open your account', url },
      footer: 'Sent because your account changed. Not you? Then choose another password now: somebody knows yours.',
    },
  };
}
