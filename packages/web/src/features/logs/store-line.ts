import { formatBytes } from '@slipway/shared';
import type { StoreEventKind, StoreLineFieldsFragment } from '../../graphql/documents.generated';
import { releaseLink, requestDetail, type LogLine } from './log-line';

export const STORE_LABELS: Readonly<Record<StoreEventKind, string>> = {
  FAILED: 'failed',
  FILE_MISSING: 'lost a file of',
  FILE_BACK: 'has a file again of',
  DELETED: 'deleted an object',
  SWEPT: 'dropped an unfinished upload',
  COMPARED: 'was compared with the database',
};
const BAD = new Set<StoreEventKind>(['FAILED', 'FILE_MISSING']);

/** What happened to the store as a line. */
export function storeLine(event: StoreLineFieldsFragment): LogLine {
  const { kind, fileName, size, detail, objectKey } = event;
  const bytes = size === null ? null : formatBytes(size);
  return {
    id: event.id,
    at: event.at,
    who: { text: 'The store', to: null },
    isQuiet: true,
    said: STORE_LABELS[kind],
    isBad: BAD.has(kind),
    subject: releaseLink(event),
    beside: fileName ?? '',
    note: [detail, bytes].filter(Boolean).join(', '),
    details: [
      ...(detail ? [{ label: 'What it said', text: detail, to: null }] : []),
      ...(fileName ? [{ label: 'File', text: fileName, to: null }] : []),
      ...(bytes ? [{ label: 'Size', text: bytes, to: null }] : []),
      ...(objectKey ? [{ label: 'Object', text: objectKey, to: null, isCode: true }] : []),
      ...requestDetail(event.requestId),
    ],
    changes: [],
    act: null,
    remedy: null,
    same: null,
    more: [],
  };
}
