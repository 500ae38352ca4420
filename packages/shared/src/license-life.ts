/** The life of a license: which changes its status allows, and what it comes to today. */
import { type LicenseStatus } from './entitlement.js';
import { fail, ok, type Result } from './problem.js';

export const LICENSE_CHANGES = ['suspend', 'reinstate', 'revoke'] as const;
export type LicenseChange = (typeof LICENSE_CHANGES)[number];

/** Suspended licenses can come back, revoked ones cannot. */
const LIFECYCLE: Readonly<Record<LicenseChange, { readonly from: readonly LicenseStatus[]; readonly to: LicenseStatus }>> = {
  suspend: { from: ['ACTIVE'], to: 'SUSPENDED' },
  reinstate: { from: ['SUSPENDED'], to: 'ACTIVE' },
  revoke: { from: ['ACTIVE', 'SUSPENDED'], to: 'REVOKED' },
};

/** The changes that a status allows, for buttons. */
export function licenseChanges(status: LicenseStatus): readonly LicenseChange[] {
  return LICENSE_CHANGES.filter((change) => LIFECYCLE[change].from.includes(status));
}

/** The status after a change, also when it is that already: asking again is no mistake. Problem: TRANSITION_NOT_ALLOWED. */
export function changeLicenseStatus(status: LicenseStatus, change: LicenseChange): Result<LicenseStatus> {
  const { from, to } = LIFECYCLE[change];
  if (from.includes(status) || status === to) return ok(to);
  return fail({ code: 'TRANSITION_NOT_ALLOWED', message: `You cannot ${change} a license that is revoked: create a new one.` });
}

/** What a license comes to at one instant. */
export const LICENSE_STATES = ['ACTIVE', 'ENDING', 'EXPIRED', 'NOT_STARTED', 'SUSPENDED', 'REVOKED'] as const;
export type LicenseState = (typeof LICENSE_STATES)[number];

/** A license that ends within this many days is worth a reminder (chosen: a month, time enough to renew). */
export const ENDING_SOON_DAYS = 30;

const DAY_MS = 86_400_000;

interface LicenseTimes {
  readonly status: LicenseStatus;
  readonly startsAt: Date | null;
  readonly expiresAt: Date | null;
}

/** What a license comes to now; suspended and revoked go before dates, as in the entitlement decision. */
export function licenseState({ status, startsAt, expiresAt }: LicenseTimes, now: Date): LicenseState {
  if (status !== 'ACTIVE') return status;
  if (startsAt !== null && startsAt > now) return 'NOT_STARTED';
  if (expiresAt === null) return 'ACTIVE';
  const leftMs = expiresAt.getTime() - now.getTime();
  if (leftMs <= 0) return 'EXPIRED';
  return leftMs <= ENDING_SOON_DAYS * DAY_MS ? 'ENDING' : 'ACTIVE';
}

/** The date that many months later at the same time of day (UTC); the last day of a month stays a last day. */
export function addMonths(instant: Date, months: number): Date {
  const result = new Date(instant);
  const day = result.getUTCDate();
  result.setUTCDate(1);
  result.setUTCMonth(result.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(result.getUTCFullYear(), result.getUTCMonth() + 1, 0)).getUTCDate();
  result.setUTCDate(Math.min(day, lastDay));
  return result;
}

/** A license extended by some months: from its end, or from today when that has passed. */
export function extendedExpiry(expiresAt: Date, months: number, now: Date): Date {
  return addMonths(expiresAt > now ? expiresAt : now, months);
}
