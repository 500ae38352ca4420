/** What staff can do with a license, and what an extension comes to. */
import {
  addMonths,
  calendarDate,
  extendedExpiry,
  licenseChanges,
  licenseState,
  type LicenseChange,
  type LicenseState,
  type LicenseStatus,
  type Scope,
} from '@slipway/shared';
import type { LicenseFieldsFragment } from '../../../graphql/documents.generated';
import type { Reach } from '../../../graphql/session';

export type LicenseAction =
  'EDIT' | 'EXTEND_MONTH' | 'EXTEND_YEAR' | 'SHOW_KEY' | 'LOOK_AS' | 'HISTORY' | 'SUSPEND' | 'REINSTATE' | 'REVOKE';

const ACTION_OF_CHANGE: Readonly<Record<LicenseChange, LicenseAction>> = { suspend: 'SUSPEND', reinstate: 'REINSTATE', revoke: 'REVOKE' };

type Dated = Pick<LicenseFieldsFragment, 'status' | 'startsAt' | 'expiresAt' | 'updatesUntil'>;

export function stateOf(
  license: { status: LicenseStatus; startsAt: string | null; expiresAt: string | null },
  now = new Date(),
): LicenseState {
  const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));
  return licenseState({ status: license.status, startsAt: instant(license.startsAt), expiresAt: instant(license.expiresAt) }, now);
}

/** The actions on a license, in the order of the menu. */
export function licenseActions(license: Dated, can: (scope: Scope, reach?: Reach) => boolean): readonly LicenseAction[] {
  const mayWrite = can('license:write');
  const canEnd = license.expiresAt !== null || license.updatesUntil !== null;
  const isLive = license.status !== 'REVOKED';
  return [
    ...(mayWrite && isLive ? (['EDIT'] as const) : []),
    ...(mayWrite && isLive && canEnd ? (['EXTEND_MONTH', 'EXTEND_YEAR'] as const) : []),
    ...(can('license:read') ? (['SHOW_KEY'] as const) : []),
    ...(can('license:read') && can('release:read') ? (['LOOK_AS'] as const) : []),
    ...(can('log:read', 'ALL') ? (['HISTORY'] as const) : []),
    ...(mayWrite ? licenseChanges(license.status).map((change) => ACTION_OF_CHANGE[change]) : []),
  ];
}

/**
 * Both ends move: what is renewed is the license and its updates. Only ends that there are; from today when they have passed. Days
 * are the vendor's.
 */
export function extensionOf(
  { expiresAt, updatesUntil }: Dated,
  months: number,
  at: { readonly now: Date; readonly timeZone: string },
): { expiresAt?: string; updatesUntil?: string } {
  const today = calendarDate(at.now, at.timeZone);
  const from = updatesUntil !== null && updatesUntil > today ? updatesUntil : today;
  return {
    ...(expiresAt === null ? {} : { expiresAt: extendedExpiry(new Date(expiresAt), months, at).toISOString() }),
    ...(updatesUntil === null ? {} : { updatesUntil: addMonths(from, months) }),
  };
}
