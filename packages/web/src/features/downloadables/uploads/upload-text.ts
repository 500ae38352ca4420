import { formatBytes, formatDuration, formatSpeed, unreachable } from '@slipway/shared';
import { countText } from '../../../ui/date-text';
import { isOver, type UploadItem } from './upload-item';

/** 0 to 100, and 100 only when every byte is there. */
export function percentOf(item: Pick<UploadItem, 'sentBytes' | 'sizeBytes'>): number {
  return Math.floor((item.sentBytes / Math.max(item.sizeBytes, 1)) * 100);
}

/** "12 MB of 148 MB, 8 %" */
export function amountText(item: UploadItem): string {
  if (item.state === 'WAITING' && item.sentBytes === 0) return formatBytes(item.sizeBytes);
  return `${formatBytes(item.sentBytes)} of ${formatBytes(item.sizeBytes)}, ${percentOf(item)} %`;
}

/** "9 MB/s, 15 s left", or what is going on instead. */
export function paceText(item: UploadItem): string {
  switch (item.state) {
    case 'WAITING':
      return 'Waiting';
    case 'PAUSED':
      return 'Paused';
    case 'UNFINISHED':
      return 'Unfinished';
    case 'VERIFYING':
      return 'Verifying';
    case 'READY':
      return 'Ready';
    case 'FAILED':
      return 'Failed';
    case 'UPLOADING':
      return item.bytesPerSecond
        ? `${formatSpeed(item.bytesPerSecond)}, ${formatDuration((item.sizeBytes - item.sentBytes) / item.bytesPerSecond)} left`
        : 'Starting';
    default:
      return unreachable(item.state);
  }
}

/** One line for all uploads: what moves, else what waits for a click, else how it ended. */
export function summaryText(items: readonly UploadItem[]): string {
  const moving = items.filter(({ state }) => state === 'WAITING' || state === 'UPLOADING' || state === 'VERIFYING');
  if (moving.length > 0) {
    const total = moving.reduce((sum, item) => sum + item.sizeBytes, 0);
    const sent = moving.reduce((sum, item) => sum + item.sentBytes, 0);
    return `Uploading ${countText(moving.length, 'file')}, ${percentOf({ sentBytes: sent, sizeBytes: total })} %`;
  }
  const count = (state: UploadItem['state']): number => items.filter((item) => item.state === state).length;
  if (count('UNFINISHED') > 0) return countText(count('UNFINISHED'), 'unfinished upload');
  if (count('PAUSED') > 0) return `${countText(count('PAUSED'), 'file')} paused`;
  if (count('FAILED') > 0) return `${countText(count('FAILED'), 'file')} failed`;
  return items.every(isOver) ? 'All files are ready' : 'Uploads';
}
