import { formatBytes, formatDuration, formatSpeed, unreachable } from '@slipway/shared';
import type { UploadItem } from './upload-queue';

/** 0 to 100, and 100 only when every byte is there. */
export function percentOf(item: Pick<UploadItem, 'sentBytes' | 'sizeBytes'>): number {
  return Math.floor((item.sentBytes / Math.max(item.sizeBytes, 1)) * 100);
}

/** "12 MB of 148 MB, 8 %" */
export function amountText(item: UploadItem): string {
  if (item.state === 'WAITING') return formatBytes(item.sizeBytes);
  return `${formatBytes(item.sentBytes)} of ${formatBytes(item.sizeBytes)}, ${percentOf(item)} %`;
}

/** "9 MB/s, 15 s left", or what is going on instead. */
export function paceText(item: UploadItem): string {
  switch (item.state) {
    case 'WAITING':
      return 'Waiting';
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
