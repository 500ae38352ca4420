/** The audit trail in words. */
import { ARCHITECTURE_LABELS, ASSET_TYPE_LABELS, formatBytes, PLATFORM_LABELS, STATUS_LABELS } from '@slipway/shared';
import { calendarDateText, instantText } from './date-text';

const ACTIONS: Readonly<Record<string, string>> = {
  'downloadable.create': 'created it',
  'downloadable.update': 'edited it',
  'downloadable.publish': 'published it',
  'downloadable.publishWhenReady': 'had it published when its last file is ready',
  'downloadable.schedule': 'scheduled it',
  'downloadable.cancelSchedule': 'cancelled its schedule',
  'downloadable.scheduleFailed': 'could not publish it at the set time',
  'downloadable.unpublish': 'hid it from customers',
  'downloadable.archive': 'archived it',
  'downloadable.restore': 'restored it',
  'downloadable.withdraw': 'withdrew it',
  'downloadable.revise': 'opened its next revision',
  'downloadable.discardRevision': 'discarded its draft revision',
  'downloadable.withdrawRevision': 'withdrew one of its past revisions',
  'downloadable.purgeRevision': 'deleted the files of a past revision',
  'downloadable.undoPublish': 'took the publish of its revision back',
  'downloadable.copy': 'copied it to a new version',
  'downloadable.delete': 'deleted it for good',
  'asset.createExternal': 'added an external file',
  'asset.create': 'added a file',
  'asset.upload': 'uploaded a file',
  'asset.replace': 'replaced a file',
  'asset.update': 'relabelled a file',
  'asset.remove': 'removed a file',
  'asset.abort': 'gave up an upload',
  'asset.expire': 'took off a file that was never sent',
  'license.create': 'created it',
  'license.update': 'edited it',
  'license.suspend': 'suspended it',
  'license.reinstate': 'reinstated it',
  'license.revoke': 'revoked it',
  'license.keyShown': 'looked at its key',
  'customer.create': 'created it',
  'customer.update': 'edited it',
  'product.create': 'created it',
  'product.update': 'edited it',
  'product.archive': 'archived it',
  'user.create': 'created it',
  'user.update': 'edited it',
  'user.passwordChange': 'changed its password',
  'user.passwordReset': 'reset its password',
  'shareLink.create': 'made a share link for it',
  'shareLink.revoke': 'revoked a share link for it',
  'token.create': 'created it',
  'token.revoke': 'revoked it',
};

const LABELS: Readonly<Record<string, string>> = {
  version: 'Version',
  name: 'Name',
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
  disabledAt: 'Disabled',
  scopes: 'Scopes',
  distribution: 'Distribution',
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

const INSTANTS = new Set(['publishAt', 'startsAt', 'expiresAt', 'disabledAt', 'revokedAt']);

export interface ChangedField {
  readonly key: string;
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** One event as the lists show it. */
export interface ShownEvent {
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly address: string | null;
  readonly actor: { readonly name: string };
  readonly change: { readonly before: Record<string, unknown> | null; readonly after: Record<string, unknown> | null };
}

/** What somebody did, to be read after their name. Unknown actions keep their code. @param subject stands for "it" */
export function actionText(action: string, subject: string | null = null): string {
  const text = ACTIONS[action] ?? `did ${action}`;
  if (subject === null) return text;
  if (/\bit\b/.test(text)) return text.replace(/\bit\b/, `the ${subject}`);
  return /\bits\b/.test(text) ? `${text} (${subject})` : `${text} (the ${subject})`;
}

/** What an event is about: its kind, and its name where the event tells it. */
export function subjectText({ subjectType, change }: ShownEvent): string {
  const told = { ...change.before, ...change.after };
  const name = told['version'] ?? told['name'] ?? told['email'];
  return typeof name === 'string' && name !== '' ? `${subjectType} ${name}` : subjectType;
}

/** The fields that differ between before and after and mean something to people; ids and keys do not. */
export function changedFields(change: { readonly before?: unknown; readonly after?: unknown }): readonly ChangedField[] {
  const [before, after] = [asRecord(change.before), asRecord(change.after)];
  return Object.keys(LABELS)
    .map((key) => ({ key, name: LABELS[key] ?? key, before: valueText(key, before[key]), after: valueText(key, after[key]) }))
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
  if (key === 'size') return formatBytes(Number(text));
  const labels = CODES[key];
  return labels ? (labels[text] ?? `${text.charAt(0)}${text.slice(1).toLowerCase()}`) : text;
}
