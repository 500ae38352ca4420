import { AccountService } from '../features/accounts/account.service.js';
import { Devices } from '../features/accounts/devices.js';
import { EntryService } from '../features/accounts/entry/entry.service.js';
import { OwnSecondFactor } from '../features/accounts/factor/own-second-factor.js';
import { SecondFactors } from '../features/accounts/factor/second-factors.js';
import { ENTRY_MAIL_JOB, entryMailJob } from '../features/accounts/entry/entry.job.js';
import { AccountMails } from '../features/accounts/links/account-mails.js';
import { OneTimeLinks } from '../features/accounts/links/one-time-links.js';
import { AcceptanceService } from '../features/accounts/people/acceptance.service.js';
import { AccountRequestService } from '../features/accounts/people/account-request.service.js';
import { InvitationLetters } from '../features/accounts/people/invitation-letters.js';
import { InvitationService } from '../features/accounts/people/invitation.service.js';
import { PeopleService } from '../features/accounts/people/people.service.js';
import { AddressChangeService, type AddressChangeUse } from '../features/accounts/self/address-change.service.js';
import { newDeviceNotice } from '../features/accounts/self/new-device.js';
import { OwnAccount } from '../features/accounts/self/own-account.service.js';
import { OwnSessions } from '../features/accounts/self/own-sessions.service.js';
import type { SessionService } from '../features/accounts/session.service.js';
import type { LicenseService } from '../features/licenses/license.service.js';
import type { NewsChoices } from '../features/news/news-choices.js';
import type { MailBrands } from '../features/settings/mail-brands.js';
import type { SettingsService } from '../features/settings/settings.service.js';
import type { Secrets } from '../kernel/secret/secrets.js';
import type { JobRunner } from '../machinery/jobs/job-runner.js';
import type { Outbox } from '../machinery/mail/outbox.js';
import type { GuessThrottle } from '../machinery/throttle/guess-throttle.js';
import { MailRequests } from '../machinery/throttle/mail-requests.js';

/** What accounts stand on. */
export interface AccountFoundation extends Pick<AddressChangeUse, 'database' | 'clock' | 'audit'> {
  readonly secrets: Secrets;
  readonly jobs: JobRunner;
  readonly settings: SettingsService;
  readonly sessions: SessionService;
  readonly throttle: GuessThrottle;
  readonly licenses: LicenseService;
  readonly brands: MailBrands;
  readonly outbox: Outbox;
  readonly newsChoices: NewsChoices;
  readonly publicUrl: string;
}

/** Makes what lets people in, and what they do with their accounts. */
export function composeAccounts(use: AccountFoundation) {
  const { database, clock } = use;
  const devices = new Devices(use.secrets, clock);
  const links = new OneTimeLinks(database, clock);
  const mails = new AccountMails(use);
  const mailRequests = new MailRequests(database, clock);
  const factors = new SecondFactors({ ...use, devices });
  const accounts = new AccountService({ ...use, devices, factors, links, tellNewDevice: newDeviceNotice({ ...use, mails }) });
  const letters = new InvitationLetters({ ...use, mails });
  const all = { ...use, devices, links, mails, mailRequests, accounts, factors, letters };
  use.jobs.register('mail', ENTRY_MAIL_JOB, { handler: entryMailJob(all) });
  return {
    accounts,
    oneTimeLinks: links,
    invitations: new InvitationService(all),
    acceptance: new AcceptanceService(all),
    accountRequests: new AccountRequestService(all),
    people: new PeopleService(all),
    entry: new EntryService(all),
    ownSecondFactor: new OwnSecondFactor(all),
    ownAccount: new OwnAccount(all),
    ownSessions: new OwnSessions(database),
    addressChange: new AddressChangeService({ ...all, moveChoices: (tx, from, to) => use.newsChoices.move(tx, from, to) }),
  };
}
