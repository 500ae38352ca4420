/** The audit trail in words. */
import {
  ARCHITECTURE_LABELS,
  ASSET_TYPE_LABELS,
  formatBytes,
  PLATFORM_LABELS,
  sizeText,
  STATUS_LABELS,
  type Schema,
} from '@slipway/shared';
import { calendarDateText, instantText } from './date-text';

type AuditAction = `${Schema.AuditAction}`;
type AuditSubject = `${Schema.AuditSubject}`;

const ACTIONS: Readonly<Record<AuditAction, string>> = {
  ANNOUNCEMENT_CREATE: 'wrote an announcement',
  ANNOUNCEMENT_SEND: 'sent an announcement',
  ANNOUNCEMENT_STOP: 'stopped an announcement',
  ANNOUNCEMENT_UPDATE: 'edited an announcement',
  ASSET_ABORT: 'cancelled an upload',
  ASSET_CONTINUE: 'continued an upload',
  ASSET_CREATE: 'added a file',
  ASSET_CREATE_EXTERNAL: 'added an external file',
  ASSET_EXPIRE: 'dropped a file that was never sent',
  ASSET_RELABEL: 'relabelled several files',
  ASSET_REMOVE: 'removed a file',
  ASSET_REORDER: 'put its files in another order',
  ASSET_REPLACE: 'replaced a file',
  ASSET_UPDATE: 'relabelled a file',
  CUSTOMER_CREATE: 'created it',
  CUSTOMER_ERASE: 'erased it',
  CUSTOMER_EXPORT: 'exported what is held about it',
  CUSTOMER_UPDATE: 'edited it',
  DOWNLOADABLE_ARCHIVE: 'archived it',
  DOWNLOADABLE_CANCEL_SCHEDULE: 'cancelled its schedule',
  DOWNLOADABLE_COPY: 'copied it to a new version',
  DOWNLOADABLE_CREATE: 'created it',
  DOWNLOADABLE_DELETE: 'deleted it for good',
  DOWNLOADABLE_DISCARD_REVISION: 'discarded its draft revision',
  DOWNLOADABLE_PUBLISH: 'published it',
  DOWNLOADABLE_PUBLISH_WHEN_READY: 'set it to be published when its last file is ready',
  DOWNLOADABLE_PURGE_REVISION: 'deleted the files of a past revision',
  DOWNLOADABLE_RESTORE: 'restored it',
  DOWNLOADABLE_REVISE: 'opened its next revision',
  DOWNLOADABLE_SCHEDULE: 'scheduled it',
  DOWNLOADABLE_SCHEDULE_FAILED: 'could not publish it at the set time',
  DOWNLOADABLE_UNDO_PUBLISH: 'undid the publish of its revision',
  DOWNLOADABLE_UNPUBLISH: 'hid it from customers',
  DOWNLOADABLE_UPDATE: 'edited it',
  DOWNLOADABLE_WITHDRAW: 'withdrew it',
  DOWNLOADABLE_WITHDRAW_REVISION: 'withdrew one of its past revisions',
  INVITATION_ACCEPT: 'accepted an invitation of it',
  INVITATION_ASK: 'asked for an account of it',
  INVITATION_REVOKE: 'revoked an invitation of it',
  INVITATION_SEND: 'sent an invitation for it',
  LICENSE_CREATE: 'created it',
  LICENSE_KEY_SHOWN: 'looked at its key',
  LICENSE_REINSTATE: 'reinstated it',
  LICENSE_REVOKE: 'revoked it',
  LICENSE_SUSPEND: 'suspended it',
  LICENSE_UPDATE: 'edited it',
  MAIL_ACCEPT_ADDRESS: 'said that the address takes mail again',
  MAIL_SEND_AGAIN: 'sent it again by hand',
  PRODUCT_ARCHIVE: 'archived it',
  PRODUCT_CREATE: 'created it',
  PRODUCT_UPDATE: 'edited it',
  SETTINGS_UPDATE: 'changed it',
  SHARE_LINK_CREATE: 'made a share link for it',
  SHARE_LINK_REVOKE: 'revoked a share link for it',
  STORE_ALLOW_UPLOADS: 'allowed uploads from browsers in it',
  STORE_CHANGE: 'chose another store or changed its access',
  STORE_GO_BACK: 'kept files where they were, because the new store refused them',
  STORE_LEAVE: 'gave up a store that files were moved from',
  STORE_REMOVE_UNKNOWN: 'deleted unknown objects from it',
  TOKEN_CREATE: 'created it',
  TOKEN_REVOKE: 'revoked it',
  USER_CREATE: 'created it',
  USER_PASSWORD_CHANGE: 'changed its password',
  USER_PASSWORD_RESET: 'reset its password',
  USER_ADDRESS_ASK: 'asked for another address of it',
  USER_ADDRESS_CHANGE: 'changed the address of it',
  USER_REMOVE: 'removed it',
  USER_RECOVERY_CODES: 'got new recovery codes',
  USER_SECOND_FACTOR_OFF: 'ended the second factor',
  USER_SECOND_FACTOR_ON: 'set up a second factor',
  USER_UPDATE: 'edited it',
  OTHER: 'did something that this version of Slipway has no name for',
};

/** Actions by themselves, for a choice of them: `License: key shown`. */
export const ACTION_LABELS = Object.fromEntries(
  Object.keys(ACTIONS)
    .filter((action) => action !== 'OTHER')
    .map((action) => [action, labelOf(action)]),
) as Readonly<Record<AuditAction, string>>; // one entry per action; nobody chooses OTHER

/** `DOWNLOADABLE_PUBLISH_WHEN_READY` as "Downloadable: publish when ready". */
function labelOf(action: string): string {
  const kind = ['SHARE_LINK', 'ASSET'].find((name) => action.startsWith(`${name}_`)) ?? action.split('_', 1)[0] ?? '';
  const words = (text: string): string => text.toLowerCase().replaceAll('_', ' ');
  const subject = kind === 'ASSET' ? 'file' : kind === 'USER' ? 'account' : words(kind);
  return `${subject.charAt(0).toUpperCase()}${subject.slice(1)}: ${words(action.slice(kind.length + 1))}`;
}

const SUBJECTS: Readonly<Record<AuditSubject, string>> = {
  CUSTOMER: 'customer',
  DOWNLOADABLE: 'downloadable',
  INVITATION: 'invitation',
  LICENSE: 'license',
  MAIL: 'mail',
  OTHER: 'object',
  PRODUCT: 'product',
  SETTINGS: 'settings',
  STORE: 'object store',
  TOKEN: 'API token',
  USER: 'account',
};

const LABELS: Readonly<Record<string, string>> = {
  version: 'Version',
  name: 'Name',
  summary: 'Summary',
  isSecurityFix: 'Security fix',
  channel: 'Channel',
  changelog: 'Changelog',
  releaseDate: 'Release date',
  status: 'Status',
  publishAt: 'Goes live',
  failure: 'Why',
  fileName: 'File',
  size: 'Size',
  type: 'Type',
  platform: 'Platform',
  architecture: 'Architecture',
  withdrawReason: 'Reason',
  withdrawSeverity: 'Severity',
  statusReason: 'Reason',
  startsAt: 'Starts',
  expiresAt: 'Ends',
  expiryPolicy: 'After expiry',
  updatesUntil: 'Updates until',
  channels: 'Channels',
  versionRange: 'Versions',
  platforms: 'Platforms',
  maxDownloads: 'Downloads',
  label: 'For',
  revokedAt: 'Revoked',
  email: 'E-mail',
  company: 'Company',
  role: 'Role',
  products: 'Products',
  disabledAt: 'Disabled',
  scopes: 'Scopes',
  distribution: 'Distribution',
  licenses: 'Licenses',
  people: 'Sign-ins',
};

/** Codes as people read them; those that are missing here are shown in small letters. */
const CODES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  status: STATUS_LABELS,
  platform: PLATFORM_LABELS,
  platforms: PLATFORM_LABELS,
  architecture: ARCHITECTURE_LABELS,
  type: ASSET_TYPE_LABELS,
  role: {},
  expiryPolicy: {},
  withdrawSeverity: {},
  distribution: {},
};

/** Stands for a value that is gone with a person. */
const ERASED = 'erased';

const INSTANTS = new Set(['publishAt', 'startsAt', 'expiresAt', 'disabledAt', 'revokedAt']);

export interface ChangedField {
  readonly key: string;
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What an event changed. `erased` names fields whose values are gone with a person. */
interface Change {
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly erased?: readonly string[];
}

/** One event as the lists show it. */
export interface ShownEvent {
  readonly id: string;
  readonly at: string;
  readonly action: AuditAction;
  readonly subjectType: AuditSubject;
  readonly subjectId: string;
  readonly address: string | null;
  readonly actor: { readonly name: string };
  readonly change: Change;
}

/** What somebody did, to be read after their name. @param subject stands for "it" */
export function actionText(action: AuditAction, subject: string | null = null): string {
  const text = ACTIONS[action];
  if (subject === null) return text;
  if (/\bit\b/.test(text)) return text.replace(/\bit\b/, `the ${subject}`);
  return /\bits\b/.test(text) ? `${text} (${subject})` : `${text} (the ${subject})`;
}

/** What an event is about: its kind, and its name where the event tells it. */
export function subjectText({ subjectType, change }: ShownEvent): string {
  const told = { ...change.before, ...change.after };
  const name = told['version'] ?? told['name'] ?? told['email'];
  const kind = SUBJECTS[subjectType];
  return typeof name === 'string' && name !== '' ? `${kind} ${name}` : kind;
}

/**
 * The fields that differ between before and after and mean something to people; ids and keys do not.
 * @param more what else means something where the list is looked at: names of settings, which first pages do without
 */
export function changedFields(
  change: { readonly before?: unknown; readonly after?: unknown; readonly erased?: readonly string[] },
  more: Readonly<Record<string, string>> = {},
): readonly ChangedField[] {
  const labels = { ...more, ...LABELS };
  const [before, after] = [asRecord(change.before), asRecord(change.after)];
  const isErased = (key: string): boolean => change.erased?.includes(key) ?? false;
  return Object.keys(labels)
    .map((key) => ({ key, name: labels[key] ?? key, before: valueText(key, before[key]), after: valueText(key, after[key]) }))
    .map((field) => (isErased(field.key) ? { ...field, before: null, after: ERASED } : field))
    .filter((field) => field.before !== field.after);
}

function asRecord(value: unknown): Record<string, unknown> {
  // The API sends objects or null here.
  return (value ?? {}) as Record<string, unknown>;
}

function valueText(key: string, value: unknown): string | null {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return null;
  if (Array.isArray(value)) return value.map((one) => valueText(key, one)).join(', ');
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  if (INSTANTS.has(key)) return instantText(text);
  if (key === 'releaseDate' || key === 'updatesUntil') return calendarDateText(text);
  if (key === 'maxFileSizeBytes') return sizeText(Number(text));
  if (key === 'size') return formatBytes(Number(text));
  const labels = CODES[key];
  return labels ? (labels[text] ?? `${text.charAt(0)}${text.slice(1).toLowerCase()}`) : text;
}
