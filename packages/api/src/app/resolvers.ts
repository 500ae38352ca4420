import type { Foundation } from './foundation/foundation.js';
import type { Features } from './features.js';
import { AnnouncementResolver } from '../features/announcements/editing/announcement.resolver.js';
import { downloaders, mailFates, RecipientResolver } from '../features/announcements/editing/recipient.resolver.js';
import { NoticeResolver } from '../features/announcements/notices/notice.resolver.js';
import { AccountResolver } from '../features/accounts/account.resolver.js';
import { SecondFactorResolver } from '../features/accounts/factor/second-factor.resolver.js';
import { factorsByUser, UserFactorResolver } from '../features/accounts/factor/user-factor.resolver.js';
import { EntryResolver } from '../features/accounts/entry/entry.resolver.js';
import { InvitationList } from '../features/accounts/people/invitation-list.js';
import { mailsById } from '../features/accounts/people/invitation-mails.js';
import { AcceptanceResolver, InvitationResolver } from '../features/accounts/people/invitation.resolver.js';
import { PeopleResolver } from '../features/accounts/people/people.resolver.js';
import { OwnAccountResolver, OwnSessionsResolver } from '../features/accounts/self/self.resolver.js';
import { UserList } from '../features/accounts/user-list.js';
import { usersByCustomer } from '../features/accounts/user.loaders.js';
import { productsByUser } from '../features/accounts/user-products.js';
import { CustomerUsersResolver, UserProductsResolver, UserResolver } from '../features/accounts/user.resolver.js';
import { AssetResolver } from '../features/assets/asset.resolver.js';
import { CustomerList } from '../features/customers/customer-list.js';
import { customerLoader, CustomerResolver } from '../features/customers/customer.resolver.js';
import { BulkResolver } from '../features/downloadables/bulk/bulk.resolver.js';
import { DownloadableList } from '../features/downloadables/list/downloadable-list.js';
import { DownloadableResolver } from '../features/downloadables/list/downloadable.resolver.js';
import { DownloadableEditingResolver } from '../features/downloadables/editing/downloadable-editing.resolver.js';
import { LifecycleResolver } from '../features/downloadables/publishing/lifecycle.resolver.js';
import { ProductReleasesResolver } from '../features/downloadables/list/product-releases.resolver.js';
import { PublishChecklistResolver } from '../features/downloadables/publishing/publish-checklist.resolver.js';
import { DownloadableContentResolver, RevisionResolver } from '../features/downloadables/revisions/revision.resolver.js';
import { PastRevisionResolver } from '../features/downloadables/revisions/past-revision.resolver.js';
import { RevisionChangesResolver } from '../features/downloadables/revisions/revision-changes.resolver.js';
import { DownloadableTimesResolver, WithdrawalResolver } from '../features/downloadables/publishing/withdrawal.resolver.js';
import { ExplainResolver } from '../features/downloads/explain/explain.resolver.js';
import { ImpactResolver } from '../features/downloads/impact/impact.resolver.js';
import { AssetAccessResolver, DownloadableAccessResolver, ProductAccessResolver } from '../features/downloads/access/access.resolver.js';
import { AssetDownloadResolver } from '../features/downloads/delivery/download.resolver.js';
import { licenseLoader } from '../features/licenses/license-rows.js';
import { CustomerLicensesResolver, LicenseResolver, licensesByCustomer } from '../features/licenses/license.resolver.js';
import { ProvisionResolver } from '../features/licenses/shop/provision.resolver.js';
import { LicenseImportLineResolver, LicenseImportResolver } from '../features/licenses/import/license-import.resolver.js';
import { LicenseTaskFailureResolver, LicenseTaskResolver } from '../features/licenses/tasks/license-task.resolver.js';
import { MachineKeyResolver } from '../features/machine-keys/machine-key.resolver.js';
import { AuditActorResolver } from '../features/logs/audit-actor.resolver.js';
import { actorNames } from '../features/logs/actor-names.js';
import { AuditChainResolver } from '../features/logs/audit-chain.resolver.js';
import { personalValues } from '../features/logs/audit-personal.js';
import { AuditResolver, DownloadableHistoryResolver } from '../features/logs/audit.resolver.js';
import { DownloadEventResolver } from '../features/logs/downloads/download-event.resolver.js';
import { subjectNames } from '../features/logs/subject-names.js';
import { LogSubjects } from '../features/logs/log-subjects.js';
import { RefusalResolver } from '../features/logs/refusals/refusal.resolver.js';
import { ImportSenderResolver } from '../features/logs/imports/import-sender.resolver.js';
import { auditEventById, SavedSettingResolver } from '../features/logs/settings/saved-setting.resolver.js';
import { StoreEventResolver } from '../features/logs/store/store-event.resolver.js';
import { AssetReleaseResolver } from '../features/portal/asset-release.resolver.js';
import { LastDownloadResolver, OwnDownloadResolver } from '../features/portal/own-download.resolver.js';
import { WhatsNewResolver } from '../features/portal/whats-new.resolver.js';
import { PrivacyResolver } from '../features/privacy/privacy.resolver.js';
import { ProductList } from '../features/products/product-list.js';
import { ProductResolver } from '../features/products/product.resolver.js';
import { SavedFilterResolver } from '../features/saved-filters/saved-filter.resolver.js';
import { AssetCountsResolver, DownloadableCountsResolver, StatisticsResolver } from '../features/statistics/statistics.resolver.js';
import { SettingsResolver } from '../features/settings/settings.resolver.js';
import { VendorResolver } from '../features/settings/vendor.resolver.js';
import { ShareLinkList } from '../features/sharing/share-link-list.js';
import { ShareLinkResolver } from '../features/sharing/share-link.resolver.js';
import {
  DownloadableShareLinksResolver,
  ProductShareLinksResolver,
  SharedReleaseResolver,
} from '../features/sharing/shared-release.resolver.js';
import { MissingFileList } from '../features/storage/missing-file-list.js';
import { CustomerRefusalResolver, refusalsByAddress, UserRefusalResolver } from '../features/news/address-refusals.resolver.js';
import { NotificationResolver } from '../features/news/notification.resolver.js';
import { MailWordsResolver } from '../features/mail/mail-words.resolver.js';
import { MailResolver } from '../features/mail/mail.resolver.js';
import { StorageUsages } from '../features/storage/storage-usage.js';
import { StorageSettingsResolver } from '../features/storage/storage-settings.resolver.js';
import { StorageReportResolver } from '../features/storage/storage-report.resolver.js';
import { TokenResolver } from '../features/tokens/token.resolver.js';
import { AssetListResolver } from '../features/files/draft/asset-list.resolver.js';
import { AssetUploadResolver } from '../features/files/upload/asset-upload.resolver.js';
import { ExternalAssetResolver } from '../features/files/external/external-asset.resolver.js';
import { UploadResolver } from '../features/files/upload/upload.resolver.js';
import { UpdateCheckResolver, UpdateFileResolver } from '../features/updates/update-check.resolver.js';
import type { ResolverInstance } from '../graphql/schema.js';

/** Makes every resolver; together they are the schema. */
export function composeResolvers(
  { database, config, clock, secrets }: Pick<Foundation, 'database' | 'config' | 'clock' | 'secrets'>,
  features: Features,
): readonly ResolverInstance[] {
  const { loaders } = features;
  const list = new DownloadableList(database);
  const events = features.logs.auditEvents;
  const licenseLoaders = { customer: customerLoader(database), product: loaders.products.byId, byCustomer: licensesByCustomer(database) };
  const shareLinks = new ShareLinkList(database);
  const actorName = actorNames(database);
  const subjects = new LogSubjects({ database, actorName, products: loaders.products, downloadables: loaders.downloadables });
  const refusals = refusalsByAddress(database, features.refusedAddresses);
  return [
    new AccountResolver(features.accounts, features.licenses),
    new UserResolver(features.users, features.accounts, new UserList(database)),
    new InvitationResolver({ ...features, list: new InvitationList(database, clock), mailById: mailsById(database, secrets), clock }),
    new AcceptanceResolver(features.acceptance),
    new PeopleResolver(features.people, features.accountRequests),
    new EntryResolver(features.entry),
    new SecondFactorResolver(features.ownSecondFactor),
    new UserFactorResolver(factorsByUser(database)),
    new OwnSessionsResolver(features.ownSessions),
    new OwnAccountResolver(features.ownAccount, features.addressChange),
    new UserProductsResolver(productsByUser(database)),
    new CustomerUsersResolver(usersByCustomer(database)),
    new VendorResolver(features.settings, features.logos),
    new SettingsResolver(features.settings),
    new ImportSenderResolver(actorName),
    new SavedSettingResolver(actorName, auditEventById(database)),
    new ProductResolver(features.products, new ProductList(database), loaders.products),
    new CustomerResolver(features.customers, new CustomerList(database)),
    new LicenseResolver(features.licenses, features.licenseList, licenseLoaders),
    new ProvisionResolver(features.provisioning),
    new LicenseTaskResolver(features.licenseTasks),
    new LicenseImportResolver(features.licenseImports),
    new LicenseImportLineResolver(),
    new LicenseTaskFailureResolver(licenseLoader(database)),
    new CustomerLicensesResolver(licenseLoaders),
    new MachineKeyResolver(features.machineKeys, licenseLoader(database)),
    new TokenResolver(features.tokens, loaders.products.byId),
    new DownloadableResolver(features.visible, list, loaders.products),
    new DownloadableEditingResolver(features.downloadables),
    new DownloadableTimesResolver(),
    new WithdrawalResolver(loaders.downloadables, features.visible),
    new LifecycleResolver(features.publishing, features.lifecycle),
    new BulkResolver(features.bulk),
    new PublishChecklistResolver(features.checklists),
    new RevisionChangesResolver(features.revisions),
    new PastRevisionResolver(features.pastRevisions),
    new DownloadableContentResolver(loaders.downloadables, loaders.assets),
    new RevisionResolver(loaders.downloadables, loaders.assets),
    new ProductReleasesResolver(loaders.downloadables, list, features.visible),
    new AssetResolver(loaders.assets),
    new UploadResolver(features.uploads, features.assetEdits),
    new AssetListResolver(features.assetLists),
    new SavedFilterResolver(features.savedFilters),
    new AssetUploadResolver(loaders.assets, loaders.downloadables, clock),
    new ExternalAssetResolver(features.externalAssets),
    new AssetAccessResolver(features.access),
    new AssetDownloadResolver(features.downloads, config.publicUrl),
    new DownloadableAccessResolver(features.access),
    new ProductAccessResolver(features.offered),
    new ExplainResolver(features.explainer),
    new UpdateCheckResolver(features.updates),
    new UpdateFileResolver(features.updates),
    new ImpactResolver(features.impact),
    new AssetReleaseResolver({ ...loaders.downloadables, visible: features.visible }),
    new WhatsNewResolver(features.whatsNew),
    new LastDownloadResolver(features.ownDownloads),
    new OwnDownloadResolver({
      downloads: features.ownDownloads,
      products: loaders.products,
      downloadable: loaders.downloadables.byId,
      visible: features.visible,
      actorName,
    }),
    new MailResolver(features.mail, features.logs.mails),
    new MailWordsResolver(secrets),
    new NotificationResolver(features.notifications, features.newsFeeds),
    new CustomerRefusalResolver(refusals),
    new UserRefusalResolver(refusals, features.notifications),
    new StorageSettingsResolver(features.storageSettings, features.storeTrials, new StorageUsages(database)),
    new StorageReportResolver(features.stores, new MissingFileList(database), features.systemConcerns),
    new AuditResolver(events, { actor: actorName, subject: subjectNames(database) }, personalValues(database)),
    new AuditActorResolver(database),
    new PrivacyResolver(features.erasing, features.exporting, config.publicUrl),
    new AuditChainResolver(features.auditVerifier),
    new DownloadEventResolver(features.logs.downloadEvents, subjects),
    new RefusalResolver(features.logs.refusals, subjects),
    new StoreEventResolver(features.logs.storeEvents, subjects),
    new DownloadableHistoryResolver(events),
    new AnnouncementResolver({ ...features.announcements, product: loaders.products.byId, actorName }),
    new RecipientResolver({ fates: mailFates(database), downloaders: downloaders(database) }),
    new NoticeResolver(features.announcements.notices),
    new ShareLinkResolver({
      links: features.shareLinks,
      list: shareLinks,
      downloadable: loaders.downloadables.byId,
      product: loaders.products.byId,
      actorName,
      clock,
      publicUrl: config.publicUrl,
    }),
    new SharedReleaseResolver(features.sharedView, config.publicUrl),
    new DownloadableShareLinksResolver(shareLinks),
    new ProductShareLinksResolver(shareLinks),
    new StatisticsResolver(features.statistics),
    new DownloadableCountsResolver(loaders.downloadCounts),
    new AssetCountsResolver(loaders.downloadCounts, loaders.downloadables),
  ];
}
