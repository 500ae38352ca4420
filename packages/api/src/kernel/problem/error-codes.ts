import type { EntitlementCode, ProblemCode } from '@slipway/shared';
import { ACCOUNT_RULES } from './account-codes.js';
import { text, type ErrorText } from './error-text.js';

/** Answers to a whole request, in `extensions.code` of a GraphQL error and `code` of problem+json. */
export const FAULTS = {
  UNAUTHENTICATED: text('The caller is not signed in, or the token is unknown, expired or revoked.', 'Sign in, or send a valid API token.'),
  FORBIDDEN: text('The caller lacks the permission that `scope` names.', 'Ask an administrator for the permission, or use another token.'),
  NOT_FOUND: text('The object does not exist, or the caller may not see it.', 'Check the id and the caller’s permissions.'),
  BAD_USER_INPUT: text(
    'The request cannot be parsed, or an argument does not match the schema.',
    'Change the request as the message says.',
  ),
  RATE_LIMITED: text(
    'There were too many requests, or too many wrong passwords or keys, in a short time.',
    'Wait as long as `Retry-After` says, then repeat the request.',
  ),
  RESPONSE_TOO_LARGE: text('The response exceeds, or could exceed, the size limit.', 'Ask for fewer items or fields at a time.'),
  UNAVAILABLE: text('The database or the object store is temporarily unavailable; nothing was changed.', 'Try again in a moment.'),
  FILE_MISSING: text('The file is missing from the object store.', 'Try again later; an administrator finds it under Needs attention.'),
  CREDENTIAL_WOULD_LEAK: text(
    'The client could forward the license key to another server.',
    'Send the key with Basic authentication, or as `?key=`.',
  ),
  INTERNAL: text('Slipway failed unexpectedly.', 'Report the `requestId`; the log has the details under it.'),
} as const satisfies Readonly<Record<string, ErrorText>>;

/** Why a download is refused; the same codes as `EntitlementDecision.code`. */
export const REFUSED_DOWNLOADS: Readonly<Record<EntitlementCode, ErrorText>> = {
  ALLOWED: text('The download is allowed.', 'Download it.'),
  NOT_FOUND: text('The file does not exist, or the caller may not see it.', 'Check the address.'),
  PRODUCT_CLOSED: text('The product is closed: only staff and holders of a share link can download it.', 'Ask the vendor for access.'),
  AUTH_REQUIRED: text('The product is for customers only, and the caller is not signed in.', 'Sign in, or send a license key.'),
  LICENSE_KEY_INVALID: text('No license has this key.', 'Check that the key was copied completely.'),
  PRODUCT_NOT_LICENSED: text('The caller has no license for the product.', 'Get a license, or sign in with the account that has it.'),
  LICENSE_SUSPENDED: text('The license is suspended.', 'Contact the vendor.'),
  LICENSE_REVOKED: text('The license was revoked.', 'Contact the vendor.'),
  LICENSE_NOT_STARTED: text('The license does not start until `startsOn`.', 'Wait until then.'),
  LICENSE_EXPIRED: text('The license expired on `expiredOn`.', 'Renew it.'),
  UPDATES_EXPIRED: text('Updates ended on `coveredUntil`, and the release is newer.', 'Renew, or take an older release.'),
  VERSION_NOT_COVERED: text('The license covers only versions in `range`.', 'Upgrade, or take a version within the range.'),
  CHANNEL_NOT_INCLUDED: text('The license does not include this channel.', 'Take a stable release, or ask the vendor for the channel.'),
  PLATFORM_NOT_COVERED: text('The license does not cover this platform.', 'Upgrade, or take a file for another platform.'),
  RELEASE_WITHDRAWN: text(
    'The vendor withdrew the release or this revision, for the `reason` given.',
    'Take the `replacement`, if there is one.',
  ),
  ASSET_NOT_READY: text('The file is still being uploaded or verified, or it failed.', 'Wait, or upload it again.'),
  DOWNLOAD_LIMIT: text('The license has reached its download limit.', 'Contact the vendor for more.'),
  SHARE_LINK_EXPIRED: text('The share link expired or was revoked.', 'Ask whoever sent it for a new one.'),
  SHARE_LINK_LIMIT: text('The share link has reached its download limit.', 'Ask whoever sent it for a new one.'),
};

/** Rules of the fields, which forms know too. */
export const FIELD_RULES: Readonly<Record<ProblemCode, ErrorText>> = {
  VERSION_INVALID: text('The version is not valid.', 'Write it like 2.4.0 or 3.0.0-beta.1; the message proposes one where it can.'),
  VERSION_TOO_LONG: text('The version has more than 100 characters.', 'Shorten it.'),
  VERSION_SCHEME_MISMATCH: text(
    'The product’s version scheme does not allow this version.',
    'Write it as the scheme asks, or change the scheme.',
  ),
  PRERELEASE_NUMBER_ORDER: text('A warning: a suffix such as beta10 sorts before beta2.', 'Write beta.10.'),
  NUMERIC_SUFFIX_ORDER: text('A warning: a version such as 1.2.3-1 sorts before 1.2.3.', 'Write 1.2.3.1.'),
  RANGE_INVALID: text('The version range is not valid.', 'Write it like >=2.0 <3.0.'),
  CONSTRAINT_INVALID: text('The update constraint is not valid.', 'Write it like 1, 1.2 or 1.2.3.'),
  CHANNEL_UNKNOWN: text('The product has no channel of this name.', 'Choose one of its channels, or add it to the product.'),
  CHANNEL_MISMATCH: text('The suffix of the version names a different channel than the one chosen.', 'Change the version or the channel.'),
  CHANNEL_REQUIRED: text('The suffix of the version does not name a channel of the product.', 'Choose a channel.'),
  CHANNEL_NAME_INVALID: text(
    'The name of the channel must consist of lowercase letters, digits and hyphens.',
    'Choose a name like nightly.',
  ),
  CHANNEL_DUPLICATE: text('Two channels have the same name.', 'Rename one.'),
  CHANNEL_STABLE_MISSING: text('The channel stable is missing, which every product must have.', 'Keep it in the list.'),
  CHANNEL_TOO_MANY: text('The product has more channels than the limit.', 'Remove some.'),
  FILE_NAME_INVALID: text('The file name has characters that some systems cannot store.', 'Take the name that the message proposes.'),
  FILE_EMPTY: text('The file is empty.', 'Choose another file.'),
  FILE_TOO_LARGE: text('The file is larger than the limit in the settings.', 'Split the file, or raise the limit.'),
  NO_ASSETS: text('The release has no files.', 'Add at least one.'),
  ASSET_NOT_READY: text('A file of the release is not verified yet, or its check failed.', 'Wait, or upload it again.'),
  ASSET_NAME_TAKEN: text('Two files of the release have the same name.', 'Rename one.'),
  SIDE_FILE_ALONE: text(
    'A warning: a signature or checksum does not belong to any file of the release.',
    'Add that file, or remove this one.',
  ),
  PRODUCT_ARCHIVED: text('The product is archived and takes no new releases.', 'Choose another product.'),
  PLATFORMS_MISSING: text('A warning: the last release of this channel had files for more platforms.', 'Add the missing files.'),
  CHANGELOG_EMPTY: text('A warning: the release has no changelog.', 'Write what is new.'),
  VERSION_BELOW_LATEST: text('A warning: a higher version is published already.', 'Check the version.'),
  FILE_VERSION_MISMATCH: text('A warning: a file name contains a different version.', 'Check that it is the right file.'),
  FILE_NAME_MISMATCH: text('A warning: a file is not named like the product.', 'Check that the file belongs to it.'),
  TRANSITION_NOT_ALLOWED: text('The release’s status does not allow this action.', 'Change the status first, as the message says.'),
  REVISION_NOT_ALLOWED: text('The revision does not allow this action.', 'Do what the message says first.'),
  REASON_REQUIRED: text('The reason for the withdrawal is missing.', 'Write one sentence.'),
  PUBLISH_AT_INVALID: text('The publishing time is not in the future, or is too far ahead.', 'Choose another time.'),
  SLUG_INVALID: text('The slug must consist of lowercase letters, digits and single hyphens.', 'Write it like aurora-studio.'),
  NAME_REQUIRED: text('The name is missing.', 'Enter it.'),
  TOO_LONG: text('The text is longer than the field allows.', 'Shorten it.'),
  DATE_INVALID: text('The date is not a valid calendar date.', 'Write it like 2026-03-01.'),
  URL_INVALID: text('The URL is not a valid https URL.', 'Write it like https://downloads.example.com/app.zip.'),
  EMAIL_INVALID: text('The e-mail address is not valid.', 'Write it like name@example.com.'),
  PASSWORD_TOO_SHORT: text('The password is shorter than the settings allow, which is 8 characters by default.', 'Choose a longer one.'),
  PASSWORD_TOO_LONG: text('The password has more than 128 characters.', 'Choose a shorter one.'),
  PASSWORD_COMMON: text('The password is among those that attackers try first.', 'Choose another one.'),
  CHECKSUM_INVALID: text('The SHA-256 is not 64 hexadecimal digits.', 'Copy the output of sha256sum, without the file name.'),
  VALUE_INVALID: text('The value has characters or a format that the field does not allow.', 'Change it as the message says.'),
  PLACEHOLDER_UNKNOWN: text('The text has something in braces that is no placeholder there.', 'Use one that the message names.'),
  ONE_OF: text(
    'Exactly one of several inputs is required, but none or more than one was given.',
    'Give exactly one of those that the message names.',
  ),
};

/** Rules that need the database, and those of uploads and accounts. */
export const OTHER_RULES = {
  TOO_MANY: text('The number of objects would exceed the limit.', 'Remove some, or ask for fewer at a time.'),
  STORAGE_REFUSED: text(
    'The store did not let Slipway make the change.',
    'Test the storage to see why, or make the change at the provider.',
  ),
  SETTING_FIXED: text(
    'The environment gives this setting, which wins over what is saved.',
    'Change the variable that the message names, then restart Slipway.',
  ),
  EDIT_CONFLICT: text('The object has changed since it was read.', 'Read it again, and repeat the change with the new lockVersion.'),
  VERSION_TAKEN: text(
    'The product already has a release with this version; `params` has its ID and status.',
    'Choose another version, or edit that release.',
  ),
  VERSION_FIXED: text('The version cannot change, because it was published before.', 'Copy the release to a new version.'),
  REVISION_FROZEN: text('The revision is published and can no longer change.', 'Open the next revision with reviseDownloadable.'),
  REVISION_NOT_REVIEWED: text(
    'The release has an open revision, which is not published in bulk.',
    'Look at its changes on its page, and publish it there.',
  ),
  REVISION_OPENED_SINCE: text(
    'A revision was opened since the publish that this request repeats.',
    'Send lockVersion or idempotencyKey to publish it.',
  ),
  REVISION_NOT_LIVE: text('The revision is no longer the live one, so its publishing cannot be undone.', 'Read the release again.'),
  REVISION_LIVE: text('The revision is the live one.', 'Withdraw or unpublish the release instead.'),
  ALREADY_ANNOUNCED: text('People were told of the release before.', 'Say with `excludeAlreadyTold` whether they are told again.'),
  ANNOUNCEMENT_STATE: text('The state of the announcement does not allow this.', 'Read its state.'),
  RELEASE_NOT_PUBLISHED: text('The release to tell of is not published.', 'Publish it, or choose a time after its schedule.'),
  RELEASE_NOT_WITHDRAWN: text('The release to recall is not withdrawn.', 'Withdraw it first.'),
  SCHEDULED_LOCKED: text('A scheduled release cannot be edited.', 'Cancel the schedule first.'),
  REPLACEMENT_INVALID: text('The replacement is not another published release of the same product.', 'Choose one that is.'),
  CONFIRMATION_MISMATCH: text('What was typed to confirm does not match.', 'Type what the message names.'),
  SLUG_TAKEN: text('Another product has this slug.', 'Choose another slug.'),
  CHANNEL_IN_USE: text('The channel is in use by releases.', 'Move them to another channel first.'),
  REFERENCE_TAKEN: text('Another customer has a license with this reference.', 'Use the address of that customer, or another reference.'),
  LICENSE_KEY_TAKEN: text('Another license has this key.', 'Choose another key, or let Slipway make one.'),
  LICENSE_KEY_UNREADABLE: text(
    'The license key was stored under a different `APP_SECRET`.',
    'Put the former secret back, or create a new license.',
  ),
  CUSTOMER_ERASED: text('The customer was erased, and nothing of theirs can be changed or used again.', 'Create a new customer.'),
  PRODUCTS_NOT_ALLOWED: text(
    'Only the roles `PUBLISHER` and `SUPPORT` can be limited to products.',
    'Choose one of these roles, or leave the products out.',
  ),
  OWNER_REQUIRED: text('Only owners of the customer may do this.', 'Ask an owner.'),
  LAST_ADMIN: text('The account is the last administrator.', 'Make another administrator first.'),
  SCOPE_INVALID: text('The scope does not exist.', 'Choose from the scopes that the message lists.'),
  SCOPE_NOT_ALLOWED: text('The token would have permissions that its creator lacks.', 'Choose fewer scopes.'),
  ORDER_INCOMPLETE: text('The files of the draft have changed since they were read.', 'Read them again, and name each of them once.'),
  FILE_NAME_MISSING: text('The URL of the upload does not end with a file name.', 'Add the name after the last slash.'),
  FILE_NAME_TAKEN: text('The release already has a file with this name.', 'Choose another name, or remove that file first.'),
  OBJECT_MISSING: text('The file did not arrive in the store.', 'Upload it again.'),
  SIZE_MISMATCH: text('The size of the file differs from the declared one.', 'Upload the file again.'),
  CHECKSUM_MISMATCH: text('The SHA-256 of the file differs from the declared one.', 'Upload the file again.'),
  UPLOAD_INCOMPLETE: text('Parts of the upload are missing.', 'Send them, then complete it again.'),
  UPLOAD_EXPIRED: text('The upload took too long, or was left unfinished, and was dropped.', 'Upload the file again.'),
  UPLOAD_GONE: text('The file of this upload was replaced or removed in the meantime.', 'Upload it again, with a new idempotency key.'),
  UPLOAD_FINISHED: text('The upload is already complete, or was aborted.', 'Read the file’s state.'),
  IDEMPOTENCY_KEY_INVALID: text('The idempotency key is empty or longer than 255 characters.', 'Use a random text, for example a UUID.'),
  IDEMPOTENCY_KEY_REUSED: text('The idempotency key was already used with a different input.', 'Use a new key for a new request.'),
  PRECONDITION_FAILED: text(
    '`If-None-Match: *` was sent and a file with this name exists, or `If-Match` was sent.',
    'Leave the header out to replace the file.',
  ),
  CONTENT_RANGE_NOT_SUPPORTED: text('Only a part of the file was sent (`Content-Range`).', 'Send the whole file.'),
  CONTENT_ENCODING_NOT_SUPPORTED: text('The body was sent with a content encoding.', 'Send the bytes of the file as they are.'),
  MULTIPART_NOT_SUPPORTED: text('The body is multipart, but not a form.', 'Send the file as the body, or as multipart/form-data.'),
  FORM_INVALID: text('The form cannot be parsed.', 'Send it as curl -F does.'),
  FORM_FILE_MISSING: text('The form has no file.', 'Send it in the field `file`.'),
  FORM_FILE_TWICE: text('The form has more than one file.', 'Send one file at a time.'),
  FORM_FIELD_UNKNOWN: text('The form has an unknown field.', 'Leave it out.'),
  FORM_FIELD_LATE: text('A field of the form came after the file.', 'Send the fields before the file.'),
  FORM_TRUNCATED: text('The form is incomplete.', 'Send it again.'),
  IDEMPOTENCY_RESULT_DELETED: text(
    'The object that the first request with this key created has been deleted.',
    'Use a new key to make another.',
  ),
  IDEMPOTENCY_IN_PROGRESS: text('The first request with this key is still running.', 'Wait for it, then repeat the request.'),
  ...ACCOUNT_RULES,
} as const satisfies Readonly<Record<string, ErrorText>>;

/** What HTTP itself refuses, before anything looks at what is asked; in problem+json. */
export const TRANSPORT = {
  BODY_TOO_LARGE: text('The body of the request is larger than the limit.', 'Send less at a time.'),
  UNSUPPORTED_MEDIA_TYPE: text('The route does not accept this content type.', 'Send application/json.'),
  REQUEST_TIMEOUT: text('The request took too long to arrive.', 'Send it again.'),
  HEADERS_TOO_LARGE: text('The headers of the request are larger than the limit.', 'Send fewer or shorter ones.'),
  EXPECTATION_FAILED: text('The request has an `Expect` header other than `100-continue`.', 'Leave the header out.'),
} as const satisfies Readonly<Record<string, ErrorText>>;

/** What a signed URL of the embedded store answers; with S3 the store answers by itself. */
export const SIGNED_URLS = {
  URL_EXPIRED: text('The signed URL has expired.', 'Ask for a new one.'),
  URL_INVALID: text('The signed URL was changed, or is used with another method.', 'Use it exactly as it was given.'),
  NOT_FOUND: text('The object behind the URL is no longer there.', 'Ask for the file again.'),
  LENGTH_DIFFERS: text('`Content-Length` is not the length that the URL was signed for.', 'Send the part as it was declared.'),
  BODY_CUT: text('The body ended early, and nothing was stored.', 'Send the part again.'),
  RANGE_UNSATISFIABLE: text('The file ends before the range begins.', 'Ask for a range within the file.'),
  STORE_FULL: text('The server has no space left for files.', 'Free some space, then send the part again.'),
  STORE_UNAVAILABLE: text('The server cannot reach its files just now.', 'Try again in a moment.'),
} as const satisfies Readonly<Record<string, ErrorText>>;

export type FaultCode = keyof typeof FAULTS;
export type TransportCode = keyof typeof TRANSPORT;
export type SignedUrlCode = keyof typeof SIGNED_URLS;
/** Every code of a user error. A code is added, never renamed: programs go by it. */
export type ErrorCode = EntitlementCode | ProblemCode | keyof typeof OTHER_RULES | FaultCode;

/** Every code of a user error, each once. */
export const ERROR_CODES: Readonly<Record<ErrorCode, ErrorText>> = { ...FAULTS, ...REFUSED_DOWNLOADS, ...FIELD_RULES, ...OTHER_RULES };
