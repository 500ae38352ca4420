import {
  ARCHITECTURES,
  ASSET_TYPES,
  CHECKLIST_SEVERITIES,
  DOWNLOADABLE_STATUSES,
  DOWNLOAD_SOURCES,
  ENTITLEMENT_CODES,
  PLATFORMS,
  ROLES,
  SHARE_LINK_STATES,
  VERSION_SCHEMES,
  WITHDRAW_SEVERITIES,
} from '@slipway/shared';
import { registerEnumType } from 'type-graphql';

/** Makes a GraphQL enum of the shared module's list of values, so that the list has one home. */
function enumOf<T extends string>(name: string, description: string, values: readonly T[]): Record<T, T> {
  // Object.fromEntries forgets the keys' type; they are exactly the values.
  const members = Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;
  registerEnumType(members, { name, description });
  return members;
}

export const RoleEnum = enumOf('Role', 'What a person may do; a set of scopes.', ROLES);
export const VersionSchemeEnum = enumOf('VersionScheme', 'Which versions a product accepts.', VERSION_SCHEMES);
export const DistributionEnum = enumOf('Distribution', 'Who may download a product at all.', ['OPEN', 'LICENSED', 'CLOSED']);
export const DownloadableStatusEnum = enumOf('DownloadableStatus', 'Where a downloadable is in its life.', DOWNLOADABLE_STATUSES);
export const WithdrawSeverityEnum = enumOf('WithdrawSeverity', 'How bad a withdrawn release is.', WITHDRAW_SEVERITIES);
export const ChecklistSeverityEnum = enumOf('ChecklistSeverity', 'Whether a finding stops a publish.', CHECKLIST_SEVERITIES);
export const BulkActionEnum = enumOf('BulkAction', 'What a bulk action does with each downloadable.', [
  'PUBLISH',
  'UNPUBLISH',
  'ARCHIVE',
  'RESTORE',
  'DELETE',
]);
export const SortDirectionEnum = enumOf('SortDirection', 'Ascending or descending.', ['ASC', 'DESC']);
export const DownloadableSortFieldEnum = enumOf('DownloadableSortField', 'By what downloadables are sorted.', [
  'VERSION',
  'PRODUCT',
  'STATUS',
  'RELEASE_DATE',
  'CREATED_AT',
]);
export const AssetTypeEnum = enumOf('AssetType', 'What a file is for.', ASSET_TYPES);
export const PlatformEnum = enumOf('Platform', 'The system a file is for.', PLATFORMS);
export const ArchitectureEnum = enumOf('Architecture', 'The processor a file is for.', ARCHITECTURES);
export const AssetStateEnum = enumOf('AssetState', 'How far a file has come.', ['UPLOADING', 'VERIFYING', 'READY', 'FAILED']);
export const LicenseStatusEnum = enumOf('LicenseStatus', 'Whether a license is in force.', ['ACTIVE', 'SUSPENDED', 'REVOKED']);
export const ExpiryPolicyEnum = enumOf('ExpiryPolicy', 'What a customer keeps when a license expires.', ['REVOKE', 'FALLBACK']);
export const DownloadSourceEnum = enumOf('DownloadSource', 'Where a download came from.', DOWNLOAD_SOURCES);
export const EntitlementCodeEnum = enumOf('EntitlementCode', 'Why a download is allowed or not.', ENTITLEMENT_CODES);
export const EntitlementRemedyEnum = enumOf('EntitlementRemedy', 'What the customer can do about a refusal.', [
  'SIGN_IN',
  'RENEW',
  'UPGRADE',
  'WAIT',
  'CONTACT_VENDOR',
]);
export const ShareLinkStateEnum = enumOf('ShareLinkState', 'What has become of a share link.', SHARE_LINK_STATES);
