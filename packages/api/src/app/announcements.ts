import type { Database } from '../database/database.js';
import type { Clock } from '../kernel/clock.js';
import type { Secrets } from '../kernel/secret/secrets.js';
import { AudiencePreview } from '../features/announcements/audience/audience-preview.js';
import { AudienceReader } from '../features/downloads/audience/audience-reader.js';
import { LicensedCandidates } from '../features/announcements/audience/candidates.js';
import { Reach } from '../features/announcements/audience/reach.js';
import { AnnouncementAudience } from '../features/announcements/editing/announcement-audience.js';
import { AnnouncementList } from '../features/announcements/editing/announcement-list.js';
import { AnnouncementService } from '../features/announcements/editing/announcement.service.js';
import { AnnouncementTexts } from '../features/announcements/editing/announcement-texts.js';
import { MailTallies } from '../features/announcements/editing/mail-tallies.js';
import { NoticeService } from '../features/announcements/notices/notice.service.js';
import { NoticeView } from '../features/announcements/notices/notice-view.js';
import { DownloadedCandidates } from '../features/announcements/recalls/recall-candidates.js';
import { RecallTokens } from '../features/announcements/recalls/recall-tokens.js';
import { Replacements } from '../features/announcements/recalls/replacements.js';
import { announcementJob } from '../features/announcements/sending/announcement.job.js';
import { ANNOUNCE_JOB } from '../features/announcements/sending/announcement-row.js';
import type { NewsChoices } from '../features/news/news-choices.js';
import type { MailBrands } from '../features/settings/mail-brands.js';
import type { SettingsService } from '../features/settings/settings.service.js';
import type { Audit } from '../machinery/audit/audit.service.js';
import type { IdempotencyKeys } from '../machinery/idempotency/idempotency.service.js';
import type { JobRunner } from '../machinery/jobs/job-runner.js';
import type { Outbox } from '../machinery/mail/outbox.js';
import type { RefusedAddresses } from '../machinery/mail/refused-addresses.js';

interface Composing {
  readonly database: Database;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly audit: Audit;
  readonly idempotency: IdempotencyKeys;
  readonly jobs: JobRunner;
  readonly settings: SettingsService;
  readonly brands: MailBrands;
  readonly outbox: Outbox;
  readonly choices: NewsChoices;
  readonly refused: RefusedAddresses;
  readonly publicUrl: string;
}

/** What tells people of releases, with its lane of jobs. */
export function composeAnnouncements(given: Composing) {
  const { database, jobs } = given;
  const audience = new AudienceReader(given);
  const reach = new Reach(given);
  const replacements = new Replacements({ database, audience });
  const tokens = new RecallTokens(given.secrets);
  const use = { ...given, audience, reach, replacements, tokens };
  const sources = { ANNOUNCEMENT: new LicensedCandidates(audience), RECALL: new DownloadedCandidates(database) };
  jobs.register('announcements', ANNOUNCE_JOB, { handler: announcementJob({ ...use, sources }) });
  return {
    service: new AnnouncementService(use),
    list: new AnnouncementList(database),
    texts: new AnnouncementTexts(use),
    audience: new AnnouncementAudience({ audience, preview: new AudiencePreview(use) }),
    tallies: new MailTallies(database),
    notices: new NoticeService({ database, tokens, view: new NoticeView(use) }),
  };
}
