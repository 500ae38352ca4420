/** The audit trail in words. */
import { ARCHITECTURE_LABELS, ASSET_TYPE_LABELS, formatBytes, PLATFORM_LABELS, sizeText, STATUS_LABELS } from '@slipway/shared';
import { AUDIT_ACTION_TEXTS as ACTIONS, AUDIT_SUBJECT_TEXTS as SUBJECTS, type AuditAction, type AuditSubject } from './audit-words';
import { calendarDateText, instantText } from './date-text';

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
  customerReason: 'Reason for the customer',
  notes: 'Notes',
  externalReference: 'Reference',
  tags: 'Tags',
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
