import { expect, it } from 'vitest';
import type { UploadItem, UploadState } from './upload-item';
import { amountText, paceText, percentOf, summaryText } from './upload-text';

const item = (state: UploadState, sentBytes = 0): UploadItem => ({
  id: 'x',
  downloadableId: 'D',
  owner: 'Comet',
  fileName: 'a.exe',
  isReplacement: false,
  sizeBytes: 100,
  state,
  sentBytes,
  bytesPerSecond: null,
  message: null,
  detour: null,
  strangerName: null,
});

it.each([
  [[item('UPLOADING', 50), item('WAITING')], 'Uploading 2 files, 25 %'],
  [[item('UPLOADING', 50), item('PAUSED')], 'Uploading 1 file, 50 %'],
  [[item('UNFINISHED'), item('PAUSED')], '1 unfinished upload'],
  [[item('PAUSED'), item('READY')], '1 file paused'],
  [[item('FAILED'), item('READY')], '1 file failed'],
  [[item('READY')], 'All files are ready'],
])('all uploads in one line (%#)', (items, text) => {
  expect(summaryText(items)).toBe(text);
});

it.each([
  [0, 0],
  [1, 1],
  [99.9, 99],
  [100, 100],
])('of %d of 100 bytes %i %% are shown: 100 only when every byte is there', (sentBytes, percent) => {
  expect(percentOf({ sentBytes, sizeBytes: 100 })).toBe(percent);
});

it('a paused file shows what is there', () => {
  expect([amountText(item('PAUSED', 40)), paceText(item('PAUSED', 40))]).toEqual(['40 B of 100 B, 40 %', 'Paused']);
});
