import type { AuditAction } from '../../../machinery/audit/audit-actions.js';
import { factorMailMessages as words } from '../../../messages/account-mails.js';
import type { AccountMail } from '../links/account-mails.js';
import type { UserAccount } from '../user-account.entity.js';

const TITLES: Partial<Readonly<Record<AuditAction, string>>> = {
  'user.secondFactorOn': words.on,
  'user.secondFactorOff': words.off,
  'user.recoveryCodes': words.newCodes,
};
const TEXTS: Partial<Readonly<Record<AuditAction, string>>> = {
  'user.secondFactorOn': words.onText,
  'user.secondFactorOff': words.offText,
  'user.recoveryCodes': words.newCodesText,
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
      button: { label: words.button, url },
      footer: words.footer,
    },
  };
}
