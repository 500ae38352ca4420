/** The audit trail in words. */
import { formatBytes, STATUS_LABELS, type DownloadableStatus } from '@slipway/shared';
import { calendarDateText, instantText } from '../../ui/date-text';

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
  'downloadable.copy': 'copied it to a new version',
  'asset.create': 'added a file',
  'asset.upload': 'uploaded a file',
  'asset.replace': 'replaced a file',
  'asset.update': 'relabelled a file',
  'asset.remove': 'removed a file',
  'asset.abort': 'gave up an upload',
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
};

export interface ChangedField {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What somebody did, to be read after their name. Unknown actions keep their code. */
export function actionText(action: string): string {
  return ACTIONS[action] ?? `did ${action}`;
}

/** The fields that differ between before and after and mean something to people; ids and keys do not. */
export function changedFields(change: { readonly before?: unknown; readonly after?: unknown }): readonly ChangedField[] {
  const [before, after] = [asRecord(change.before), asRecord(change.after)];
  return Object.keys(LABELS)
    .filter((key) => JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null))
    .map((key) => ({ name: LABELS[key] ?? key, before: valueText(key, before[key]), after: valueText(key, after[key]) }));
}

function asRecord(value: unknown): Record<string, unknown> {
  // The API sends objects or null here.
  return (value ?? {}) as Record<string, unknown>;
}

function valueText(key: string, value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  if (key === 'publishAt') return instantText(text);
  if (key === 'releaseDate') return calendarDateText(text);
  if (key === 'size') return formatBytes(Number(text));
  return key === 'status' ? (STATUS_LABELS[text as DownloadableStatus] ?? text) : text; // a status unknown to this build shows as it is
}
