import type { AccountMail } from '../links/account-mails.js';
import { newDeviceMailMessages as words } from '../../../messages/account-mails.js';
import type { UserAccount } from '../user-account.entity.js';

interface DeviceFacts {
  readonly user: UserAccount;
  readonly vendorName: string;
  readonly device: string;
  readonly url: string;
  /** One mail a day for each kind of device. */
  readonly day: string;
  readonly when: string;
}

/** Tells of a sign-in from a device that was never seen. */
export function newDeviceMail({ user, vendorName, device, url, day, when }: DeviceFacts): AccountMail {
  return {
    kind: 'ACCOUNT_NOTICE',
    dedupeKey: `device:${user.id}:${day}:${device}`,
    to: { address: user.email, name: user.name, userId: user.id },
    customerId: user.customerId,
    subject: words.subject(vendorName),
    content: {
      title: words.title,
      paragraphs: [words.text],
      facts: [
        [words.device, device],
        [words.when, when],
      ],
      button: { label: words.button, url },
      footer: words.footer,
    },
  };
}
