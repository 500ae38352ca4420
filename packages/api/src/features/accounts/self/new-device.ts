import type { Database } from '../../../database/database.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { deviceText } from '../../../kernel/text/device-text.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import { newDeviceMailMessages as words } from '../../../messages/account-mails.js';
import type { SettingsService } from '../../settings/settings.service.js';
import type { AccountMails } from '../links/account-mails.js';
import { momentText } from '../../../messages/dates.js';
import type { UserAccount } from '../user-account.entity.js';
import { newDeviceMail } from './device-mail.js';

export interface NewDeviceUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly jobs: JobRunner;
  readonly mails: AccountMails;
  readonly settings: SettingsService;
}

/** Tells people by mail that their account was entered from a device that it never was before; the same kind of device once a day. */
export function newDeviceNotice({ database, clock, jobs, mails, settings }: NewDeviceUse) {
  return async ({ origin }: RequestContext, user: UserAccount): Promise<void> => {
    const { smtpHost, timeZone } = await settings.read();
    if (smtpHost === '') return; // nobody would read it in time
    const [brand, now] = [await mails.readBrand(), clock.now()];
    const device = deviceText(origin.userAgent) ?? words.unknownDevice;
    const url = mails.pageUrl(user.customerId === null ? '/admin/account' : '/portal/account');
    const mail = newDeviceMail({
      user,
      vendorName: brand.vendorName,
      device,
      url,
      day: now.toISOString().slice(0, 10),
      when: momentText(now, timeZone),
    });
    await database.transaction((tx) => mails.put(tx, brand, mail));
    jobs.nudge();
  };
}
