/** What staff can do with a license, and what an extension comes to. */
import {
  extendedEnds,
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
  'EDIT' | 'EXTEND_MONTH' | 'EXTEND_YEAR' | 'SHOW_KEY' | 'LOOK_AS' | 'EXPLAIN' | 'HISTORY' | 'SUSPEND' | 'REINSTATE' | 'REVOKE';

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
    ...(can('license:read') && can('release:read') ? (['EXPLAIN'] as const) : []),
    ...(can('log:read', 'ALL') ? (['HISTORY'] as const) : []),
    ...(mayWrite ? licenseChanges(license.status).map((change) => ACTION_OF_CHANGE[change]) : []),
  ];
}

/** What an extension by some months sends. */
export function extensionOf(
  { expiresAt, updatesUntil }: Dated,
  months: number,
  at: { readonly now: Date; readonly timeZone: string },
): { expiresAt?: string; updatesUntil?: string } {
  const ends = extendedEnds({ expiresAt: expiresAt === null ? null : new Date(expiresAt), updatesUntil }, { months }, at);
  const { expiresAt: end, ...updates } = ends;
  return { ...(end ? { expiresAt: end.toISOString() } : {}), ...updates };
}
