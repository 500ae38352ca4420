import { expect, it } from 'vitest';
import {
  certificateConcern,
  clockConcern,
  diskConcern,
  fullConcern,
  lateJobsConcern,
  storeProblem,
  unknownConcern,
} from './concern-texts.js';

const GIB = 1_024 ** 3;
const now = new Date('2026-11-28T12:00:00Z');

it.each([
  [19, 500, true],
  [19, 100, false],
  [21, 500, false],
])('of %i GiB left of %i need attention: %s', (free, total, isScarce) => {
  const found = diskConcern({ freeBytes: free * GIB, totalBytes: total * GIB });
  expect(found?.kind ?? null).toBe(isScarce ? 'DISK_NEARLY_FULL' : null);
});

it('a bucket has no disk that could be nearly full', () => {
  expect(diskConcern(null)).toBeNull();
});

it.each([
  [-41, "The clock of this server is 41 s ahead of the file store's: keep it set with NTP."],
  [3_600, "The clock of this server is 3,600 s behind the file store's: keep it set with NTP."],
])('a clock that is %s s off is told', (seconds, message) => {
  expect(clockConcern(seconds)).toEqual({ kind: 'CLOCK', message });
  expect(clockConcern(29)).toBeNull();
});

it.each([
  ['2026-12-12T12:00:00Z', null],
  ['2026-12-12T11:59:59Z', 'The certificate of s3.example.com ends on 2026-12-12: renew it before uploads and downloads fail.'],
  ['2026-11-28T12:00:00Z', 'The certificate of s3.example.com ends on 2026-11-28: renew it before uploads and downloads fail.'],
  [
    '2026-11-28T11:59:59Z',
    'The certificate of s3.example.com ended on 2026-11-28: renew it, because uploads and downloads fail without it.',
  ],
])('a certificate that ends at %s is told within 14 days', (endsAt, message) => {
  const certificate = { host: 's3.example.com', endsAt: new Date(endsAt) };
  expect(certificateConcern(certificate, { now, isOperator: true })?.message ?? null).toBe(message);
});

it('the host of a certificate is named only for those who may change settings', () => {
  const certificate = { host: 's3.example.com', endsAt: now };
  expect(certificateConcern(certificate, { now, isOperator: false })?.message).toBe(
    'The certificate of the file store ends on 2026-11-28: renew it before uploads and downloads fail.',
  );
  expect(certificateConcern(null, { now, isOperator: true })).toBeNull();
});

it.each([
  [1, '1 job of the lane files has waited for 5 minutes: look for errors in the log.'],
  [1_200, '1,200 jobs of the lane files wait, the oldest for 5 minutes: look for errors in the log.'],
])('%i late jobs are told from five minutes on', (count, message) => {
  expect(lateJobsConcern({ lane: 'files', count, oldestSeconds: 300 })?.message).toBe(message);
  expect(lateJobsConcern({ lane: 'files', count, oldestSeconds: 299 })).toBeNull();
});

it('what is well needs no attention', () => {
  expect([unknownConcern(0), fullConcern(false), storeProblem(['OURS', 'OURS'])]).toEqual([null, null, null]);
});

it('one object is told as one', () => {
  expect(unknownConcern(1)?.message).toBe(
    '1 object in the file store belongs to no release: run "slipway doctor" on the server to list it.',
  );
});

it('a store that is not used is told, whichever of several it is', () => {
  expect(storeProblem(['OURS', 'STRANGE'])).toMatch(/do not belong together/);
});
