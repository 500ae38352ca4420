import { formatBytes, type ConcernKind } from '@slipway/shared';
import type { StoreRoom } from '../../storage/object-store.js';
import type { StoreStanding } from '../../storage/ownership/store-guard.js';
import type { StoreCertificate } from './store-certificates.js';

/** What is wrong and what to do, in one sentence. Without hosts and buckets but for those who may change settings. */
export interface Concern {
  readonly kind: ConcernKind;
  readonly message: string;
}

/** A lane polls every second: whoever waits so long is not being served. */
const LATE_SECONDS = 300;
const SECONDS_PER_MINUTE = 60;
/** Below this share of the disk, and below this room, an upload of ordinary size may no longer fit. */
const SCARCE_SHARE = 0.1;
const SCARCE_BYTES = 20 * 1_024 ** 3;
const TOLD_OFFSET_SECONDS = 30;
const CERTIFICATE_DAYS = 14;
const DAY_MS = 24 * 3_600_000;

const numberText = (count: number): string => count.toLocaleString('en-US');

/** Why nothing is uploaded or deleted. Ids, buckets and hosts are for the operator, who finds them in the log and by the command. */
export const STORE_PROBLEMS: Readonly<Record<StoreStanding, string | null>> = {
  OURS: null,
  UNASKED:
    'The file store has not answered since the start, so nothing is uploaded or deleted: check the store, which is asked again every 10 seconds.',
  STRANGE:
    'The file store and this database do not belong together any more, so nothing is deleted from it: run "slipway doctor" on the server.',
};

/** What is wrong with the first store that is not as it should be; null: all are. */
export function storeProblem(standings: readonly StoreStanding[]): string | null {
  return STORE_PROBLEMS[standings.find((standing) => standing !== 'OURS') ?? 'OURS'];
}

/** @param standings of the stores in use */
export function unusedConcern(standings: readonly StoreStanding[]): Concern | null {
  const message = storeProblem(standings);
  return message === null ? null : { kind: 'STORE_UNUSED', message };
}

export function fullConcern(isFull: boolean): Concern | null {
  if (!isFull) return null;
  return { kind: 'STORE_FULL', message: 'The file store had no room for what was written last: make room in it, or raise its quota.' };
}

/** @param room of a disk; null: it is not one, or does not answer */
export function diskConcern(room: StoreRoom | null): Concern | null {
  if (room === null || room.freeBytes >= SCARCE_BYTES || room.freeBytes >= room.totalBytes * SCARCE_SHARE) return null;
  const message = `The disk of the file store has ${formatBytes(room.freeBytes)} of ${formatBytes(room.totalBytes)} left: make room on it.`;
  return { kind: 'DISK_NEARLY_FULL', message };
}

/** @param problem what a move met, with names */
export function moveConcern(problem: string | null, isOperator: boolean): Concern | null {
  if (problem === null) return null;
  return { kind: 'MOVE_HELD_UP', message: isOperator ? problem : 'Moving files to another store is held up: tell an administrator.' };
}

/** @param count of objects and open uploads that the last comparison found and no row wants */
export function unknownConcern(count: number): Concern | null {
  if (count === 0) return null;
  const what = count === 1 ? '1 object in the file store belongs' : `${numberText(count)} objects in the file store belong`;
  return {
    kind: 'UNKNOWN_OBJECTS',
    message: `${what} to no release: run "slipway doctor" on the server to list ${count === 1 ? 'it' : 'them'}.`,
  };
}

export function certificateConcern(
  certificate: StoreCertificate | null,
  { now, isOperator }: { readonly now: Date; readonly isOperator: boolean },
): Concern | null {
  if (certificate === null) return null;
  const days = Math.floor((certificate.endsAt.getTime() - now.getTime()) / DAY_MS);
  if (days >= CERTIFICATE_DAYS) return null;
  const whose = isOperator ? certificate.host : 'the file store';
  const day = certificate.endsAt.toISOString().slice(0, 10);
  const message =
    days < 0
      ? `The certificate of ${whose} ended on ${day}: renew it, because uploads and downloads fail without it.`
      : `The certificate of ${whose} ends on ${day}: renew it before uploads and downloads fail.`;
  return { kind: 'CERTIFICATE', message };
}

export interface LaneState {
  readonly lane: string;
  readonly count: number;
  readonly oldestSeconds: number;
}

export function lateJobsConcern({ lane, count, oldestSeconds }: LaneState): Concern | null {
  if (oldestSeconds < LATE_SECONDS) return null;
  const minutes = numberText(Math.floor(oldestSeconds / SECONDS_PER_MINUTE));
  const jobs = count === 1 ? `1 job of the lane ${lane} has waited` : `${numberText(count)} jobs of the lane ${lane} wait, the oldest`;
  return { kind: 'JOBS_LATE', message: `${jobs} for ${minutes} minutes: look for errors in the log.` };
}

/** @param seconds by which the store's clock is ahead of this server's */
export function clockConcern(seconds: number): Concern | null {
  if (Math.abs(seconds) < TOLD_OFFSET_SECONDS) return null;
  const way = seconds > 0 ? 'behind' : 'ahead of';
  const message = `The clock of this server is ${numberText(Math.abs(seconds))} s ${way} the file store's: keep it set with NTP.`;
  return { kind: 'CLOCK', message };
}
