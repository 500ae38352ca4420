import { IsNull } from 'typeorm';
import type { Database } from '../../../database/database.js';
import type { JobHandler } from '../../../machinery/jobs/job-lane.js';
import type { AccountMails } from '../links/account-mails.js';
import type { OneTimeLinks } from '../links/one-time-links.js';
import { UserAccount } from '../user-account.entity.js';
import { entryMail, type EntryPurpose } from './entry-mails.js';

export const ENTRY_MAIL_JOB = 'accounts.entryMail';

/** What is asked for: as much work, and as long a row, whether there is such an account or not. */
export interface EntryMailPayload {
  /** Empty: there is no such account. */
  readonly userId: string;
  readonly purpose: EntryPurpose;
}

/** Writes the mail with a link to come in by. Earlier ones go on working: a stranger who asks for one ends nobody's. */
export function entryMailJob(use: { readonly database: Database; readonly links: OneTimeLinks; readonly mails: AccountMails }): JobHandler {
  return async (payload) => {
    const { userId, purpose } = payload as EntryMailPayload; // written by `EntryService`
    const user = await use.database.read.findOneBy(UserAccount, { id: userId, disabledAt: IsNull() });
    if (!user) return async () => undefined;
    const brand = await use.mails.readBrand();
    return async (tx) => {
      const { link, token } = await use.links.make(
        tx,
        { purpose, userId: user.id, customerId: user.customerId, address: user.email },
        null,
      );
      await use.mails.put(tx, brand, {
        kind: purpose === 'SIGN_IN' ? 'SIGN_IN_LINK' : 'PASSWORD_RESET',
        dedupeKey: `entry:${link.id}`,
        to: { address: user.email, name: user.name, userId: user.id },
        customerId: user.customerId,
        isSecret: true,
        ...entryMail(purpose, brand.vendorName, use.mails.urlOf(purpose, token)),
      });
    };
  };
}
