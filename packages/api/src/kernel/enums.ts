import {
  ARCHITECTURES,
  ASSET_TYPES,
  CHECKLIST_SEVERITIES,
  CUSTOMER_KINDS,
  DOWNLOADABLE_STATUSES,
  DOWNLOAD_SOURCES,
  ENTITLEMENT_CODES,
  MEMBER_ROLES,
  PLATFORMS,
  ROLES,
  SHARE_LINK_STATES,
  VERSION_SCHEMES,
  WITHDRAW_SEVERITIES,
} from '@slipway/shared';
import { registerEnumType } from 'type-graphql';

/** Makes a GraphQL enum of the shared module's list of values, so that the list has one home. */
export function enumOf<T extends string>(name: string, description: string, values: readonly T[]): Record<T, T> {
  // Object.fromEntries forgets the keys' type; they are exactly the values.
  const members = Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;
  registerEnumType(members, { name, description });
  return members;
}

export const RoleEnum = enumOf('Role', 'The role of a person: a set of scopes.', ROLES);
export const MemberRoleEnum = enumOf(
  'MemberRole',
  'What a person may do at a customer: an `OWNER` sees license keys and manages its people, a `MEMBER` downloads.',
  MEMBER_ROLES,
);
export const CustomerKindEnum = enumOf('CustomerKind', 'Whether a customer is one person, or a company with people.', CUSTOMER_KINDS);
export const VersionSchemeEnum = enumOf('VersionScheme', 'The versions that a product accepts.', VERSION_SCHEMES);
export const DistributionEnum = enumOf(
  'Distribution',
  'Who may download a product: everyone, holders of a license, or only staff and share links.',
  ['OPEN', 'LICENSED', 'CLOSED'],
);
export const DownloadableStatusEnum = enumOf('DownloadableStatus', 'The status of a downloadable.', DOWNLOADABLE_STATUSES);
export const WithdrawSeverityEnum = enumOf(
  'WithdrawSeverity',
  'The severity of a withdrawal: after `NORMAL`, earlier downloaders may download again; after `SECURITY`, nobody may.',
  WITHDRAW_SEVERITIES,
);
export const ChecklistSeverityEnum = enumOf(
  'ChecklistSeverity',
  'The severity of a finding: a `BLOCKER` prevents publishing, a `WARNING` does not.',
  CHECKLIST_SEVERITIES,
);
export const BulkActionEnum = enumOf('BulkAction', 'An action to take on many downloadables.', [
  'PUBLISH',
  'UNPUBLISH',
  'ARCHIVE',
  'RESTORE',
  'DELETE',
]);
export const SortDirectionEnum = enumOf('SortDirection', 'The direction of a sorted list: ascending or descending.', ['ASC', 'DESC']);
export const DownloadableSortFieldEnum = enumOf('DownloadableSortField', 'A field that downloadables can be sorted by.', [
  'VERSION',
  'PRODUCT',
  'STATUS',
  'RELEASE_DATE',
  'CREATED_AT',
]);
export const AssetTypeEnum = enumOf('AssetType', 'The purpose of a file.', ASSET_TYPES);
export const PlatformEnum = enumOf('Platform', 'The platform that a file is for.', PLATFORMS);
export const ArchitectureEnum = enumOf('Architecture', 'The processor architecture that a file is for.', ARCHITECTURES);
export const AssetStateEnum = enumOf('AssetState', 'The state of a file; only `READY` files can be downloaded.', [
  'UPLOADING',
  'VERIFYING',
  'READY',
  'FAILED',
]);
export const LicenseStatusEnum = enumOf('LicenseStatus', 'The status of a license.', ['ACTIVE', 'SUSPENDED', 'REVOKED']);
export const ExpiryPolicyEnum = enumOf(
  'ExpiryPolicy',
  'What a customer keeps when a license expires: nothing with `REVOKE`, older releases with `FALLBACK`.',
  ['REVOKE', 'FALLBACK'],
);
export const DownloadSourceEnum = enumOf('DownloadSource', 'The way in which a file was downloaded.', DOWNLOAD_SOURCES);
export const EntitlementCodeEnum = enumOf('EntitlementCode', 'The reason why a download is allowed or denied.', ENTITLEMENT_CODES);
export const EntitlementRemedyEnum = enumOf('EntitlementRemedy', 'What a customer can do about a denied download.', [
  'SIGN_IN',
  'RENEW',
  'UPGRADE',
  'WAIT',
  'CONTACT_VENDOR',
]);
export const ShareLinkStateEnum = enumOf('ShareLinkState', 'The state of a share link; only an `ACTIVE` one works.', SHARE_LINK_STATES);
