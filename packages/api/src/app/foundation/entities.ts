import { OneTimeLink } from '../../features/accounts/links/one-time-link.entity.js';
import { RecoveryCode, SecondFactor } from '../../features/accounts/factor/second-factor.entity.js';
import { Session } from '../../features/accounts/session.entity.js';
import { UserAccount, UserProduct } from '../../features/accounts/user-account.entity.js';
import { Asset } from '../../features/assets/asset.entity.js';
import { LeftCopy } from '../../features/assets/left-copy.entity.js';
import { StoredObject } from '../../features/assets/stored-object.entity.js';
import { AuditHead, AuditPersonal, AuditSeal } from '../../machinery/audit/audit-chain.entities.js';
import { AuditEvent } from '../../machinery/audit/audit-event.entity.js';
import { CustomerTerm } from '../../features/customers/customer-term.entity.js';
import { Customer } from '../../features/customers/customer.entity.js';
import {
  DownloadableCounter,
  DownloadableTerm,
  ReleaseTarget,
  RevisionFiles,
  UpdateTarget,
  VersionCeiling,
  SearchTerm,
} from '../../features/downloadables/projection/derived.entities.js';
import { Downloadable } from '../../features/downloadables/downloadable.entity.js';
import { Revision } from '../../features/downloadables/revision.entity.js';
import { DownloadCounter } from '../../features/downloads/counting/download-counter.entity.js';
import { DownloadEvent, LicenseDownload } from '../../features/downloads/download.entities.js';
import { VisitorDownload, VisitorKey } from '../../features/downloads/counting/visitor.entities.js';
import { Idempotency } from '../../machinery/idempotency/idempotency.entity.js';
import { Installation } from '../../storage/ownership/installation.entity.js';
import { SavedStore } from '../../storage/stores/saved-store.entity.js';
import { SecretFingerprint } from '../../storage/ownership/secret-fingerprint.entity.js';
import { RefusalEvent } from '../../machinery/refusals/refusal.entity.js';
import { StoreEvent } from '../../machinery/store-events/store-event.entity.js';
import { Job } from '../../machinery/jobs/job.entity.js';
import { Announcement, AnnouncementRecipient } from '../../features/announcements/announcement.entity.js';
import { Alert } from '../../features/mail/alert.entity.js';
import { Mail, RefusedAddress } from '../../machinery/mail/mail.entity.js';
import { LicenseTag } from '../../features/licenses/license-tag.entity.js';
import { LicenseTask, LicenseTaskItem } from '../../features/licenses/tasks/license-task.entity.js';
import { MachineKey } from '../../features/machine-keys/machine-key.entity.js';
import { LimitLock } from '../../machinery/limits/limit-lock.entity.js';
import { LicenseImport, LicenseImportLine } from '../../features/licenses/import/license-import.entity.js';
import { License } from '../../features/licenses/license.entity.js';
import { PlatformNote } from '../../features/products/platform-note.entity.js';
import { ProductChannel } from '../../features/products/product-channel.entity.js';
import { Product } from '../../features/products/product.entity.js';
import { SavedFilter } from '../../features/saved-filters/saved-filter.entity.js';
import { Setting } from '../../features/settings/setting.entity.js';
import { VendorLogo } from '../../features/settings/vendor-logo.entity.js';
import { ShareLink, ShareLinkUse } from '../../features/sharing/share-link.entity.js';
import { AcceptedKey } from '../../machinery/throttle/accepted-key.entity.js';
import { GuessFailure } from '../../machinery/throttle/guess-failure.entity.js';
import { RequestCount } from '../../machinery/throttle/request-count.entity.js';
import { WrongGuess } from '../../machinery/throttle/wrong-guess.entity.js';
import { NewsChoiceRow, NewsFeed } from '../../features/news/news-choice.entity.js';
import { ApiToken } from '../../features/tokens/api-token.entity.js';

/** Every table of the program. */
export const ENTITIES = [
  AcceptedKey,
  Alert,
  Announcement,
  AnnouncementRecipient,
  ApiToken,
  Asset,
  AuditEvent,
  AuditHead,
  AuditPersonal,
  AuditSeal,
  Customer,
  CustomerTerm,
  Downloadable,
  DownloadableCounter,
  DownloadableTerm,
  DownloadCounter,
  DownloadEvent,
  GuessFailure,
  Idempotency,
  Installation,
  Job,
  LeftCopy,
  License,
  LicenseTag,
  LicenseTask,
  LicenseTaskItem,
  LicenseImport,
  LimitLock,
  LicenseImportLine,
  LicenseDownload,
  MachineKey,
  Mail,
  NewsChoiceRow,
  NewsFeed,
  OneTimeLink,
  Product,
  PlatformNote,
  ProductChannel,
  RefusalEvent,
  RefusedAddress,
  ReleaseTarget,
  RevisionFiles,
  UpdateTarget,
  VersionCeiling,
  RecoveryCode,
  RequestCount,
  Revision,
  SavedFilter,
  SavedStore,
  SearchTerm,
  SecondFactor,
  SecretFingerprint,
  Session,
  Setting,
  ShareLink,
  ShareLinkUse,
  StoredObject,
  StoreEvent,
  UserAccount,
  UserProduct,
  VendorLogo,
  VisitorDownload,
  VisitorKey,
  WrongGuess,
];
