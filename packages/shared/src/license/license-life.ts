/** The life of a license: which changes its status allows, and what it comes to today. */
import { addDays, calendarDate, endOfDay } from '../text/calendar.js';
import { type LicenseStatus } from '../entitlement/entitlement.js';
import { fail, ok, type Result } from '../problem.js';

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

/** The same day some months later; a day that the month does not have becomes its last one. @param date `YYYY-MM-DD` */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

/** How far a license is extended. */
export type ExtensionStep = { readonly months: number } | { readonly days: number };

interface ExtensionTime {
  readonly now: Date;
  /** The vendor's: elsewhere the same instant may be a day, and so a month, further. */
  readonly timeZone: string;
}

/** A license's end, extended: from the day of its end, or from today when that has passed, to the end of a day. */
export function extendedExpiry(expiresAt: Date, step: ExtensionStep, { now, timeZone }: ExtensionTime): Date {
  return endOfDay(addStep(calendarDate(expiresAt > now ? expiresAt : now, timeZone), step), timeZone);
}

const addStep = (date: string, step: ExtensionStep): string => ('months' in step ? addMonths(date, step.months) : addDays(date, step.days));

/**
 * Both ends of a license, extended: what is renewed is the license and its updates. Only ends that there are; from today when they
 * have passed.
 */
export function extendedEnds(
  { expiresAt, updatesUntil }: { readonly expiresAt: Date | null; readonly updatesUntil: string | null },
  step: ExtensionStep,
  at: ExtensionTime,
): { expiresAt?: Date; updatesUntil?: string } {
  const today = calendarDate(at.now, at.timeZone);
  const from = updatesUntil !== null && updatesUntil > today ? updatesUntil : today;
  return {
    ...(expiresAt === null ? {} : { expiresAt: extendedExpiry(expiresAt, step, at) }),
    ...(updatesUntil === null ? {} : { updatesUntil: addStep(from, step) }),
  };
}
