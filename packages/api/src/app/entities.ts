import { Session } from '../features/accounts/session.entity.js';
import { UserAccount } from '../features/accounts/user-account.entity.js';
import { Asset } from '../features/assets/asset.entity.js';
import { StoredObject } from '../features/assets/stored-object.entity.js';
import { AuditEvent } from '../features/audit/audit-event.entity.js';
import { CustomerTerm } from '../features/customers/customer-term.entity.js';
import { Customer } from '../features/customers/customer.entity.js';
import { DownloadableCounter, DownloadableTerm, ReleaseTarget, SearchTerm } from '../features/downloadables/derived.entities.js';
import { Downloadable } from '../features/downloadables/downloadable.entity.js';
import { Revision } from '../features/downloadables/revision.entity.js';
import { DownloadCounter } from '../features/downloads/download-counter.entity.js';
import { DownloadEvent, LicenseDownload } from '../features/downloads/download.entities.js';
import { VisitorDownload, VisitorKey } from '../features/downloads/visitor.entities.js';
import { Idempotency } from '../features/idempotency/idempotency.entity.js';
import { Installation } from '../features/installation/installation.entity.js';
import { SecretFingerprint } from '../features/installation/secret-fingerprint.entity.js';
import { Job } from '../features/jobs/job.entity.js';
import { License } from '../features/licenses/license.entity.js';
import { ProductChannel } from '../features/products/product-channel.entity.js';
import { Product } from '../features/products/product.entity.js';
import { SavedFilter } from '../features/saved-filters/saved-filter.entity.js';
import { Setting } from '../features/settings/setting.entity.js';
import { ShareLink, ShareLinkUse } from '../features/sharing/share-link.entity.js';
import { AcceptedKey } from '../features/throttle/accepted-key.entity.js';
import { GuessFailure } from '../features/throttle/guess-failure.entity.js';
import { RequestCount } from '../features/throttle/request-count.entity.js';
import { WrongGuess } from '../features/throttle/wrong-guess.entity.js';
import { ApiToken } from '../features/tokens/api-token.entity.js';

/** Every table of the program. */
export const ENTITIES = [
  AcceptedKey,
  ApiToken,
  Asset,
  AuditEvent,
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
  License,
  LicenseDownload,
  Product,
  ProductChannel,
  ReleaseTarget,
  RequestCount,
  Revision,
  SavedFilter,
  SearchTerm,
  SecretFingerprint,
  Session,
  Setting,
  ShareLink,
  ShareLinkUse,
  StoredObject,
  UserAccount,
  VisitorDownload,
  VisitorKey,
  WrongGuess,
];
