import { composeAccess } from './access.js';
import { composeAccounts } from './accounts.js';
import type { Foundation } from './foundation/foundation.js';
import { SessionService } from '../features/accounts/session.service.js';
import { AssetLoaders } from '../features/assets/asset.loaders.js';
import { UserService } from '../features/accounts/user.service.js';
import { deleteObjectJob } from '../features/assets/delete-object.job.js';
import { DELETE_OBJECT_JOB } from '../features/assets/object-release.js';
import { FilePresence } from '../features/assets/presence/file-presence.js';
import { announceFiles } from '../features/files/draft/announced-files.js';
import { Audit } from '../machinery/audit/audit.service.js';
import { AuditSealer } from '../machinery/audit/audit-sealer.js';
import { AuditVerifier } from '../machinery/audit/audit-verifier.js';
import { CustomerService } from '../features/customers/customer.service.js';
import { BulkService } from '../features/downloadables/bulk/bulk.service.js';
import { VisibleDownloadables } from '../features/downloadables/visible-downloadables.js';
import { DownloadableLoaders } from '../features/downloadables/downloadable.loaders.js';
import { PublishChecklists } from '../features/downloadables/publishing/publish-checklists.js';
import { DownloadableService } from '../features/downloadables/editing/downloadable.service.js';
import { LifecycleService } from '../features/downloadables/publishing/lifecycle.service.js';
import { publishJob } from '../features/downloadables/publishing/publish.job.js';
import { PUBLISH_JOB, PublishingService } from '../features/downloadables/publishing/publishing.service.js';
import { PastRevisions } from '../features/downloadables/revisions/past-revisions.js';
import { RevisionService } from '../features/downloadables/revisions/revision.service.js';
import { Visitors } from '../features/downloads/counting/visitors.js';
import { wasGranted } from '../features/downloads/counting/granted.js';
import { DownloadRecorder } from '../features/downloads/counting/download-recorder.js';
import { DownloadService } from '../features/downloads/delivery/download.service.js';
import { IdempotencyKeys } from '../machinery/idempotency/idempotency.service.js';
import { LongIdempotency } from '../machinery/idempotency/long-work.js';
import { JobRunner } from '../machinery/jobs/job-runner.js';
import { composeLogs } from '../features/logs/logs.js';
import { LogRetention } from '../features/logs/log-retention.js';
import { findLicenseHeads } from '../features/licenses/license-heads.js';
import { ProductLoaders } from '../features/products/product.loaders.js';
import { ProductService } from '../features/products/product.service.js';
import { EraseCustomerService } from '../features/privacy/erase-customer.service.js';
import { ExportCustomerService } from '../features/privacy/export-customer.service.js';
import { SavedFilterService } from '../features/saved-filters/saved-filter.service.js';
import { DownloadCountLoaders } from '../features/statistics/download-counts.loaders.js';
import { StatisticsService } from '../features/statistics/statistics.service.js';
import { DROP_JOB, dropJob, LEAVE_JOB, leaveJob } from '../features/storage/moving/left-copies.job.js';
import { moveJob } from '../features/storage/moving/move.job.js';
import { MOVE_JOB } from '../features/storage/moving/move-step.js';
import { StoreChoice } from '../features/storage/moving/store-choice.js';
import { StorageSettingsService } from '../features/storage/storage-settings.service.js';
import { StoreCertificates } from '../features/storage/store-certificates.js';
import { SystemConcerns } from '../features/storage/system-concerns.js';
import { Alerts } from '../features/mail/alerts.js';
import { MailBrands } from '../features/settings/mail-brands.js';
import { allowedFor, routeOf } from '../features/mail/mail-route.js';
import { MailService } from '../features/mail/mail.service.js';
import { RefusedAddresses } from '../machinery/mail/refused-addresses.js';
import { LostMails } from '../machinery/mail/lost-mails.js';
import { deliverJob } from '../machinery/mail/mail.job.js';
import { DELIVER_JOB, Outbox } from '../machinery/mail/outbox.js';
import { DownloadableList } from '../features/downloadables/list/downloadable-list.js';
import { composePortal } from './portal.js';
import { FeedReleases } from '../features/news/feed-releases.js';
import { NewsFeeds } from '../features/news/news-feeds.js';
import { NotificationService } from '../features/news/notification.service.js';
import { NewsChoices } from '../features/news/news-choices.js';
import { StoreTrials } from '../features/storage/store-trials.js';
import { VendorLogos } from '../features/settings/vendor-logos.js';
import { SettingsService } from '../features/settings/settings.service.js';
import { ShareLinkService } from '../features/sharing/share-link.service.js';
import { SharedReleaseService } from '../features/sharing/shared-release.service.js';
import { SharedReleaseView } from '../features/sharing/shared-release.view.js';
import { FileStores } from '../storage/stores/file-stores.js';
import { UploadOrigin } from '../storage/stores/upload-origin.js';
import { GuessThrottle } from '../machinery/throttle/guess-throttle.js';
import { RefusalLog } from '../machinery/refusals/refusal-log.js';
import { StoreEvents } from '../machinery/store-events/store-events.js';
import { RequestRates } from '../machinery/throttle/request-rates.js';
import { TokenService } from '../features/tokens/token.service.js';
import { AssetEditService } from '../features/files/draft/asset-edit.service.js';
import { AssetListService } from '../features/files/draft/asset-list.service.js';
import { ExternalAssetService } from '../features/files/external/external-asset.service.js';
import { StreamUploadService } from '../features/files/stream/stream-upload.service.js';
import { Sweeper } from '../features/files/upload/sweeper.js';
import { UploadService } from '../features/files/upload/upload.service.js';
import { VERIFY_JOB, verifyJob } from '../features/files/verify/verify.job.js';
import { publicFaultOf } from '../http/faults.js';
import { composeAnnouncements } from './announcements.js';
import { composeLicenses } from './licenses.js';
import { composeUpdates } from './stable.js';
import { SEARCH_REBUILD_JOB, searchRebuildJob } from './search-rebuild.job.js';

export type Features = ReturnType<typeof composeFeatures>;

/** Makes every service, lower floors first. */
export function composeFeatures(
  foundation: Pick<Foundation, 'database' | 'store' | 'clock' | 'secrets' | 'log' | 'guarding'> & Partial<Pick<Foundation, 'config'>>,
) {
  const { database, clock, secrets, log } = foundation;
  const { publicUrl = '', s3 = null, allowedPrivateHosts = [] } = foundation.config ?? {};
  const stores = new FileStores({ ...foundation, fixed: s3, allowedPrivateHosts });
  const storeEvents = new StoreEvents({ database, clock, log });
  const presence = new FilePresence({ database, stores, clock, log, events: storeEvents });
  const audit = new Audit(clock, secrets);
  const uploadOrigin = new UploadOrigin({ database, stores, audit, log });
  const idempotency = new IdempotencyKeys(clock);
  const jobs = new JobRunner(database, log);
  const settings = new SettingsService({ database, clock, audit, secrets, fixed: foundation.config?.fixedSettings ?? {} });
  const products = new ProductService(database, clock, audit, idempotency);
  const customers = new CustomerService(database, clock, audit, idempotency);
  const refusals = new RefusalLog({
    database,
    clock,
    log,
    readAddressDetail: async () => (await settings.read()).logAddress,
    findLicenses: (ids) => findLicenseHeads(database, ids),
  });
  const throttle = new GuessThrottle(database, clock, secrets);
  const requestRates = new RequestRates(database, clock);
  const faultOf = (error: unknown, requestId: string) => publicFaultOf(error, { log, storeEvents }, requestId);
  const actorOf = (kind: string, id: string) => (kind === 'TOKEN' ? tokens.actorOf(id) : sessions.actorOfUser(id));
  const parts = { audit, idempotency, customers, products, settings, throttle, jobs };
  const keys = composeLicenses({ ...foundation, ...parts, actorOf, faultOf });
  const { licenses, licenseKeys } = keys;
  const sessions = new SessionService(database, clock, settings);
  const outbox = new Outbox(clock, secrets);
  const brands = new MailBrands({ database, settings, publicUrl });
  const newsChoices = new NewsChoices({ secrets, clock, publicUrl });
  const letters = { brands, outbox, newsChoices, publicUrl };
  const accounts = composeAccounts({ ...foundation, ...letters, audit, jobs, settings, sessions, throttle, licenses });
  const users = new UserService({ database, clock, audit, idempotency, links: accounts.oneTimeLinks });
  const tokens = new TokenService(database, clock, audit, idempotency);
  const publishing = new PublishingService(database, clock, audit, idempotency, settings);
  const lifecycle = new LifecycleService(database, clock, audit, jobs, wasGranted);
  const downloadables = new DownloadableService(database, clock, audit, idempotency, products, publishing, settings, announceFiles(clock));
  const revisions = new RevisionService({ database, clock, audit, idempotency, downloadables, jobs });
  const loaders = {
    products: new ProductLoaders(database),
    assets: new AssetLoaders(database),
    downloadables: new DownloadableLoaders(database),
    downloadCounts: new DownloadCountLoaders(database),
  };
  const visible = new VisibleDownloadables(database, loaders.products);
  const checklists = new PublishChecklists(loaders.downloadables, loaders.assets, loaders.products.byId);
  const bulk = new BulkService({ database, visible, publishing, lifecycle, checklists, faultOf });
  const files = { database, clock, audit, settings, stores, jobs };
  const uploads = new UploadService({ ...files, idempotency });
  const streamUploads = new StreamUploadService({ ...files, publishing, idempotency: new LongIdempotency(clock) });
  const externalAssets = new ExternalAssetService({ database, clock, audit, idempotency, settings, publishing });
  const assetEdits = new AssetEditService(database, clock, audit, jobs);
  const assetLists = new AssetListService(database, clock, audit);
  const savedFilters = new SavedFilterService(database, clock);
  const visitors = new Visitors(database, clock, secrets);
  const retention = new LogRetention({ database, clock, settings, secrets });
  const sweeper = new Sweeper(database, clock, log, audit, [
    throttle,
    visitors,
    requestRates,
    retention,
    new LostMails(database),
    accounts.oneTimeLinks,
    keys.licenseTasks,
    keys.importRetention,
  ]);
  const accessing = composeAccess({ database, clock, settings, ...keys, loaders });
  const { subjects, access, offered } = accessing;
  const statistics = new StatisticsService({ database, clock, settings, ...loaders });
  const recorder = new DownloadRecorder({ database, clock, settings, visitors });
  const downloads = new DownloadService({ clock, settings, stores, access, visible, presence, recorder });
  const shareLinks = new ShareLinkService({ database, clock, audit, idempotency, products, settings });
  const shared = new SharedReleaseService({ database, clock, access, downloads, settings, visitors, ...loaders });
  const sharedView = new SharedReleaseView({ shared, settings, ...loaders });
  jobs.register('upkeep', SEARCH_REBUILD_JOB, { handler: searchRebuildJob(database) });
  jobs.register('publish', PUBLISH_JOB, { handler: publishJob(publishing, settings) });
  jobs.register('files', VERIFY_JOB, { handler: verifyJob({ database, stores, publishing, settings, clock }) });
  jobs.register('files', DELETE_OBJECT_JOB, {
    handler: deleteObjectJob({ database, stores, events: storeEvents }),
    isOpen: () => stores.mayDiscard,
  });
  const moving = { database, stores, clock, audit, events: storeEvents };
  jobs.register('moves', MOVE_JOB, { handler: moveJob(moving) });
  jobs.register('moves', LEAVE_JOB, { handler: leaveJob(moving), isOpen: () => stores.mayDiscard });
  jobs.register('files', DROP_JOB, { handler: dropJob(moving), isOpen: () => stores.mayDiscard });
  const refusedAddresses = new RefusedAddresses(secrets);
  const readRoute = async () => routeOf(await settings.read(), allowedFor(settings, allowedPrivateHosts));
  jobs.register('mail', DELIVER_JOB, { handler: deliverJob({ database, secrets, readRoute }) });
  const mailing = { brands, outbox, choices: newsChoices, refused: refusedAddresses, publicUrl };
  const announcing = { database, clock, secrets, audit, idempotency, jobs, settings, ...mailing };
  const storeTrials = new StoreTrials({ database, audit, clock, stores, allowedPrivateHosts, publicUrl });
  const storeChoice = new StoreChoice({ database, secrets, audit, jobs, stores, uploadOrigin, publicUrl });
  const certificates = new StoreCertificates({ stores, clock, log, allowedPrivateHosts });
  const systemConcerns = new SystemConcerns({ database, clock, jobs, stores, certificates, requestRates });
  return {
    jobs,
    ...accessing,
    certificates,
    storeTrials,
    alerts: new Alerts({ database, concerns: systemConcerns, presence, outbox, brands, jobs, publicUrl }),
    systemConcerns,
    mail: new MailService({ database, clock, audit, jobs, settings, brands, refusedAddresses, allowedPrivateHosts }),
    outbox,
    refusedAddresses,
    newsChoices,
    notifications: new NotificationService({ database, choices: newsChoices, refusedAddresses, audit }),
    newsFeeds: new NewsFeeds({ database, clock, publicUrl }),
    updates: composeUpdates({ database, access, subjects, visible, loaders, publicUrl, productService: products, ...keys }),
    ...composePortal({ database, products, offered, visible, access, settings, loaders, publicUrl }),
    feedReleases: new FeedReleases({ list: new DownloadableList(database), access, ...loaders, publicUrl }),
    announcements: composeAnnouncements(announcing),
    storageSettings: new StorageSettingsService({ database, audit, stores, settings, storeTrials, storeChoice }),
    auditSealer: new AuditSealer({ database, secrets, log }),
    erasing: new EraseCustomerService({ database, clock, secrets, audit }),
    exporting: new ExportCustomerService({ database, clock, secrets, audit }),
    auditVerifier: new AuditVerifier(database, secrets),
    settings,
    logos: new VendorLogos(database),
    products,
    customers,
    ...keys,
    sessions,
    ...accounts,
    users,
    tokens,
    downloadables,
    visible,
    publishing,
    lifecycle,
    bulk,
    checklists,
    revisions,
    pastRevisions: new PastRevisions(database, clock, audit, jobs),
    uploads,
    streamUploads,
    assetEdits,
    assetLists,
    savedFilters,
    externalAssets,
    sweeper,
    stores,
    uploadOrigin,
    presence,
    requestRates,
    refusals,
    storeEvents,
    logs: composeLogs({ database, licenseKeys, refusals }),
    loaders,
    downloads,
    shareLinks,
    visitors,
    shared,
    sharedView,
    statistics,
  };
}
