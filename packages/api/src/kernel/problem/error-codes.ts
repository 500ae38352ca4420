import type { EntitlementCode, ProblemCode } from '@slipway/shared';

/** What a code means to whoever meets it. */
interface ErrorText {
  readonly cause: string;
  readonly fix: string;
}

const text = (cause: string, fix: string): ErrorText => ({ cause, fix });

/** Answers to a whole request, in `extensions.code` of a GraphQL error and `code` of problem+json. */
export const FAULTS = {
  UNAUTHENTICATED: text('Nobody is signed in, or the token is unknown, expired or revoked.', 'Sign in, or send a valid API token.'),
  FORBIDDEN: text('The caller lacks a permission, which `scope` names.', 'Ask an administrator for the permission, or use another token.'),
  NOT_FOUND: text('There is no such object, or the caller may not see it.', 'Check the id and the caller’s permissions.'),
  BAD_USER_INPUT: text(
    'The request cannot be read, or an argument breaks the rules of the schema.',
    'Change the request as the message says.',
  ),
  RATE_LIMITED: text('Too many requests or wrong guesses in a short time.', 'Wait as long as `Retry-After` says, then repeat the request.'),
  RESPONSE_TOO_LARGE: text(
    'The query could answer with, or did answer with, more than the limit.',
    'Ask for fewer items or fields at a time.',
  ),
  UNAVAILABLE: text('The database or the object store cannot be reached just now; nothing was changed.', 'Try again in a moment.'),
  FILE_MISSING: text('The object store has lost the file.', 'Try again later; an administrator finds it under Needs attention.'),
  CREDENTIAL_WOULD_LEAK: text(
    'A client that keeps its headers would send the key on to another server.',
    'Send the key by Basic, or as `?key=`.',
  ),
  INTERNAL: text('A fault of Slipway itself.', 'Report the `requestId`; the log has the details under it.'),
} as const satisfies Readonly<Record<string, ErrorText>>;

/** Why a download is refused; the same codes as `EntitlementDecision.code`. */
export const REFUSED_DOWNLOADS: Readonly<Record<EntitlementCode, ErrorText>> = {
  ALLOWED: text('Nothing is wrong.', 'Download it.'),
  NOT_FOUND: text('There is no such file for this caller: it is a draft, unpublished, deleted, or never was.', 'Check the address.'),
  PRODUCT_CLOSED: text('The product is CLOSED: only staff and share links open it.', 'Ask the vendor for access.'),
  AUTH_REQUIRED: text('The product is for customers, and nobody is signed in.', 'Sign in, or send a license key.'),
  LICENSE_KEY_INVALID: text('No license has this key.', 'Check that the key was copied completely.'),
  PRODUCT_NOT_LICENSED: text('The caller has no license of this product.', 'Get a license, or sign in with the account that has it.'),
  LICENSE_SUSPENDED: text('The license is suspended.', 'Contact the vendor.'),
  LICENSE_REVOKED: text('The license was revoked.', 'Contact the vendor.'),
  LICENSE_NOT_STARTED: text('The license starts on a later day, `startsOn`.', 'Wait until then.'),
  LICENSE_EXPIRED: text('The license expired on `expiredOn`.', 'Renew it.'),
  UPDATES_EXPIRED: text('Updates ended on `coveredUntil`, and the release is newer.', 'Renew, or take an older release.'),
  VERSION_NOT_COVERED: text('The license covers other versions, `range`.', 'Upgrade, or take a version within the range.'),
  CHANNEL_NOT_INCLUDED: text('The license does not include this channel.', 'Take a stable release, or ask the vendor for the channel.'),
  PLATFORM_NOT_COVERED: text('The license does not cover this platform.', 'Upgrade, or take a file for another platform.'),
  RELEASE_WITHDRAWN: text(
    'The vendor withdrew the release or this revision, for the `reason` given.',
    'Take the `replacement`, if there is one.',
  ),
  ASSET_NOT_READY: text('The file is still being uploaded or verified, or it failed.', 'Wait, or upload it again.'),
  DOWNLOAD_LIMIT: text('The license has used up its downloads.', 'Contact the vendor for more.'),
  SHARE_LINK_EXPIRED: text('The share link expired or was revoked.', 'Ask whoever sent it for a new one.'),
  SHARE_LINK_LIMIT: text('The share link has used up its downloads.', 'Ask whoever sent it for a new one.'),
};

/** Rules of the fields, which forms know too. */
export const FIELD_RULES: Readonly<Record<ProblemCode, ErrorText>> = {
  VERSION_INVALID: text('The version is no version.', 'Write it like 2.4.0 or 3.0.0-beta.1; the message proposes one where it can.'),
  VERSION_TOO_LONG: text('The version has more than 100 characters.', 'Shorten it.'),
  VERSION_SCHEME_MISMATCH: text(
    'The product’s version scheme does not allow this version.',
    'Write it as the scheme asks, or change the scheme.',
  ),
  PRERELEASE_NUMBER_ORDER: text('A warning: beta10 sorts before beta2.', 'Write beta.10.'),
  NUMERIC_SUFFIX_ORDER: text('A warning: 1.2.3-1 sorts before 1.2.3.', 'Write 1.2.3.1.'),
  RANGE_INVALID: text('The version range cannot be read.', 'Write it like >=2.0 <3.0.'),
  CONSTRAINT_INVALID: text('The update constraint cannot be read.', 'Write it like 1, 1.2 or 1.2.3.'),
  CHANNEL_UNKNOWN: text('The product has no channel of this name.', 'Choose one of its channels, or add it to the product.'),
  CHANNEL_MISMATCH: text('The version’s suffix names another channel than the one chosen.', 'Change the version or the channel.'),
  CHANNEL_REQUIRED: text('The version’s suffix names no channel of the product.', 'Choose a channel.'),
  CHANNEL_NAME_INVALID: text('The channel’s name is not lowercase letters, digits and hyphens.', 'Choose a name like nightly.'),
  CHANNEL_DUPLICATE: text('Two channels have the same name.', 'Rename one.'),
  CHANNEL_STABLE_MISSING: text('A product always has the channel stable.', 'Keep it in the list.'),
  CHANNEL_TOO_MANY: text('The product has more channels than the limit.', 'Remove some.'),
  FILE_NAME_INVALID: text('The file name has characters that some systems cannot store.', 'Take the name that the message proposes.'),
  FILE_EMPTY: text('The file has no bytes.', 'Choose another file.'),
  FILE_TOO_LARGE: text('The file is larger than the limit in the settings.', 'Split the file, or raise the limit.'),
  NO_ASSETS: text('The release has no files.', 'Add at least one.'),
  ASSET_NOT_READY: text('A file of the release is not verified yet, or it failed.', 'Wait, or upload it again.'),
  ASSET_NAME_TAKEN: text('Two files of the release have the same name.', 'Rename one.'),
  SIDE_FILE_ALONE: text('A warning: a signature or checksum has no file to go with.', 'Add that file, or remove this one.'),
  PRODUCT_ARCHIVED: text('The product is archived and takes no new releases.', 'Choose another product.'),
  PLATFORMS_MISSING: text('A warning: the last release of this channel had files for more platforms.', 'Add the missing files.'),
  CHANGELOG_EMPTY: text('A warning: the release has no changelog.', 'Write what is new.'),
  VERSION_BELOW_LATEST: text('A warning: a higher version is published already.', 'Check the version.'),
  FILE_VERSION_MISMATCH: text('A warning: a file’s name has another version.', 'Check that it is the right file.'),
  FILE_NAME_MISMATCH: text('A warning: a file’s name differs from the pattern of the others.', 'Check that it is the right file.'),
  TRANSITION_NOT_ALLOWED: text('The release’s status does not allow this action.', 'Change the status first, as the message says.'),
  REVISION_NOT_ALLOWED: text('The revision does not allow this action.', 'Do what the message says first.'),
  REASON_REQUIRED: text('A withdrawal needs a reason, which customers read.', 'Write one sentence.'),
  PUBLISH_AT_INVALID: text('The time of publishing is not in the future, or too far away.', 'Choose another time.'),
  SLUG_INVALID: text('The slug is not lowercase letters, digits and single hyphens.', 'Write it like aurora-studio.'),
  NAME_REQUIRED: text('The name is missing.', 'Enter it.'),
  TOO_LONG: text('The text is longer than the field allows.', 'Shorten it.'),
  DATE_INVALID: text('The date is no calendar date.', 'Write it like 2026-03-01.'),
  URL_INVALID: text('The address is no https address.', 'Write it like https://downloads.example.com/app.zip.'),
  EMAIL_INVALID: text('The text is no e-mail address.', 'Write it like name@example.com.'),
  PASSWORD_TOO_SHORT: text('The password has fewer than 8 characters.', 'Choose a longer one.'),
  PASSWORD_TOO_LONG: text('The password has more than 128 characters.', 'Choose a shorter one.'),
  PASSWORD_COMMON: text('The password is one that attackers try first.', 'Choose another one.'),
  CHECKSUM_INVALID: text('The SHA-256 is not 64 hexadecimal digits.', 'Copy the output of sha256sum, without the file name.'),
  VALUE_INVALID: text('The value has characters or a form that the field does not allow.', 'Change it as the message says.'),
  ONE_OF: text(
    'Several inputs were given of which exactly one is allowed, or none was.',
    'Give exactly one of those that the message names.',
  ),
};

/** Rules that need the database, and those of uploads and accounts. */
export const OTHER_RULES = {
  TOO_MANY: text('There would be more objects than the limit.', 'Remove some, or ask for fewer at a time.'),
  EDIT_CONFLICT: text(
    'Somebody else changed the object since it was read.',
    'Read it again, and repeat the change with the new lockVersion.',
  ),
  VERSION_TAKEN: text(
    'The product has a release of this version; `params` has its id and status.',
    'Choose another version, or edit that release.',
  ),
  VERSION_FIXED: text('The version was published once and stays.', 'Copy the release to a new version.'),
  REVISION_FROZEN: text('What was published never changes.', 'Open the next revision with reviseDownloadable.'),
  REVISION_NOT_REVIEWED: text('The open revision changed since it was looked at.', 'Look at the changes again, then publish.'),
  REVISION_OPENED_SINCE: text(
    'A revision was opened after the publish that is repeated.',
    'Send lockVersion or idempotencyKey to publish it.',
  ),
  REVISION_NOT_LIVE: text('There is a newer live revision, so there is nothing to undo.', 'Read the release again.'),
  REVISION_LIVE: text('The revision is the live one.', 'Withdraw or unpublish the release instead.'),
  SCHEDULED_LOCKED: text('A scheduled release cannot be edited.', 'Cancel the schedule first.'),
  REPLACEMENT_INVALID: text(
    'What should replace a withdrawn release is not another published release of its product.',
    'Choose one that is.',
  ),
  CONFIRMATION_MISMATCH: text('The version typed to confirm is another one.', 'Type the version of what is deleted.'),
  SLUG_TAKEN: text('Another product has this slug.', 'Choose another slug.'),
  CHANNEL_IN_USE: text('Releases use the channel.', 'Move them to another channel first.'),
  EMAIL_TAKEN: text('The address belongs to somebody else.', 'Use another address, or edit that person.'),
  LICENSE_KEY_TAKEN: text('Another license has this key.', 'Choose another key, or let Slipway make one.'),
  LICENSE_KEY_UNREADABLE: text('The key was stored under another APP_SECRET.', 'Put the former secret back, or create a new license.'),
  CUSTOMER_REQUIRED: text('A person of the role CUSTOMER belongs to a customer.', 'Name the customer.'),
  PERSON_REQUIRED: text('Only a person who is signed in can do this.', 'Sign in with an account.'),
  ROLE_INVALID: text('There is no such role, or it does not fit the customer.', 'Choose another role.'),
  ROLE_NOT_ALLOWED: text('Nobody can give more permissions than they have.', 'Ask an administrator.'),
  LAST_ADMIN: text('Somebody has to remain an administrator.', 'Make another administrator first.'),
  SCOPE_INVALID: text('There is no such scope.', 'Choose from the scopes that the message lists.'),
  SCOPE_NOT_ALLOWED: text('A token cannot have permissions that its creator lacks.', 'Choose fewer scopes.'),
  SIGN_IN_FAILED: text('E-mail address and password do not belong together.', 'Try again, or ask an administrator for a new password.'),
  PASSWORD_WRONG: text('The present password is wrong.', 'Enter it again.'),
  ORDER_INCOMPLETE: text('The files of the draft changed since they were read.', 'Read them again, and name each of them once.'),
  FILE_NAME_MISSING: text('The address of an upload does not name the file.', 'Add the name after the last slash.'),
  FILE_NAME_TAKEN: text('The release has a file of this name.', 'Choose another name, or remove that file first.'),
  OBJECT_MISSING: text('The file did not arrive in the store.', 'Upload it again.'),
  SIZE_MISMATCH: text('More or fewer bytes came than were declared.', 'Upload the file again.'),
  CHECKSUM_MISMATCH: text('The bytes that came have another SHA-256 than was declared.', 'Upload the file again.'),
  UPLOAD_INCOMPLETE: text('Parts of the upload are missing.', 'Send them, then complete it again.'),
  UPLOAD_EXPIRED: text('The upload was left alone for too long and was dropped.', 'Create a new upload.'),
  UPLOAD_GONE: text('The object store no longer knows the upload.', 'Create a new upload.'),
  UPLOAD_FINISHED: text('The upload is complete already, or was aborted.', 'Read the file’s state.'),
  IDEMPOTENCY_KEY_INVALID: text('The idempotency key is empty or longer than 255 characters.', 'Use a random text, for example a UUID.'),
  IDEMPOTENCY_KEY_REUSED: text('The key was used for another input.', 'Use a new key for a new request.'),
  PRECONDITION_FAILED: text(
    '`If-None-Match: *` was sent and there is a file of this name, or `If-Match` was sent.',
    'Leave the header out to replace the file.',
  ),
  CONTENT_RANGE_NOT_SUPPORTED: text('A part of a file was sent (`Content-Range`).', 'Send the whole file.'),
  CONTENT_ENCODING_NOT_SUPPORTED: text('An encoded body was sent.', 'Send the bytes of the file as they are.'),
  MULTIPART_NOT_SUPPORTED: text('The body is multipart, but no form.', 'Send the file as the body, or as multipart/form-data.'),
  FORM_INVALID: text('The form cannot be read.', 'Send it as curl -F does.'),
  FORM_FILE_MISSING: text('The form has no file.', 'Send it in the field `file`.'),
  FORM_FILE_TWICE: text('The form has more than one file.', 'Send one file at a time.'),
  FORM_FIELD_UNKNOWN: text('The form has a field that is not known.', 'Leave it out.'),
  FORM_FIELD_LATE: text('A field of the form came after the file.', 'Send the fields before the file.'),
  FORM_TRUNCATED: text('The form broke off.', 'Send it again.'),
  IDEMPOTENCY_RESULT_DELETED: text('What the first request with this key made has been deleted.', 'Use a new key to make another.'),
  IDEMPOTENCY_IN_PROGRESS: text('The first request with this key is still running.', 'Wait for it, then repeat the request.'),
} as const satisfies Readonly<Record<string, ErrorText>>;

export type FaultCode = keyof typeof FAULTS;
/** Every code of a user error. A code is added, never renamed: programs go by it. */
export type ErrorCode = EntitlementCode | ProblemCode | keyof typeof OTHER_RULES | FaultCode;

/** Every code of a user error, each once. */
export const ERROR_CODES: Readonly<Record<ErrorCode, ErrorText>> = { ...FAULTS, ...REFUSED_DOWNLOADS, ...FIELD_RULES, ...OTHER_RULES };
