import {
  changeLicenseStatus,
  checkLicenseTerms,
  checkName,
  STABLE_CHANNEL,
  type Channel,
  type LicenseChange,
  type LicenseStatus,
} from '@slipway/shared';
import { FieldProblems, refuse } from '../../kernel/problem/refusal.js';
import type { License } from './license.entity.js';
import type { CreateLicenseInput, UpdateLicenseInput } from './license.schema.js';

/** What of a license a vendor sets. */
export type LicenseTerms = Pick<
  License,
  'startsAt' | 'expiresAt' | 'expiryPolicy' | 'updatesUntil' | 'channels' | 'versionRange' | 'platforms' | 'maxDownloads'
>;

export const DEFAULT_TERMS: LicenseTerms = {
  startsAt: null,
  expiresAt: null,
  expiryPolicy: 'REVOKE',
  updatesUntil: null,
  channels: [STABLE_CHANNEL],
  versionRange: null,
  platforms: [],
  maxDownloads: null,
};

/** The terms after an input: absent fields stay as they are, null empties or goes back to the default. */
export function applyTerms(terms: LicenseTerms, input: CreateLicenseInput | UpdateLicenseInput): LicenseTerms {
  const pick = <K extends keyof LicenseTerms>(key: K, value: LicenseTerms[K] | null | undefined): LicenseTerms[K] =>
    value === undefined ? terms[key] : (value ?? DEFAULT_TERMS[key]);
  return {
    startsAt: pick('startsAt', input.startsAt),
    expiresAt: pick('expiresAt', input.expiresAt),
    expiryPolicy: pick('expiryPolicy', input.expiryPolicy),
    updatesUntil: pick('updatesUntil', input.updatesUntil),
    channels: [...new Set(pick('channels', input.channels))],
    versionRange: pick('versionRange', input.versionRange?.trim() || (input.versionRange === undefined ? undefined : null)),
    platforms: [...new Set(pick('platforms', input.platforms))],
    maxDownloads: pick('maxDownloads', input.maxDownloads),
  };
}

/** Refuses terms that contradict themselves or the product. @param product.channels null: the channels are not in question */
export function checkTerms(
  terms: LicenseTerms,
  product: { readonly channels: readonly Channel[] | null; readonly timeZone: string },
): void {
  const problems = new FieldProblems();
  for (const [field, problem] of Object.entries(checkLicenseTerms(terms, product))) problems.add(field, problem);
  problems.throwIfAny();
}

const REASON_MAX_LENGTH = 200;

/** What changes of a license with its status; the reason of a former change goes, unless the same is asked again without one. */
export function applyChange(
  license: Pick<License, 'status' | 'statusReason'>,
  change: LicenseChange,
  reason: string | null,
): Pick<License, 'status' | 'statusReason'> {
  const status = statusAfter(license.status, change);
  const former = license.status === status ? license.statusReason : null;
  const statusReason = change === 'reinstate' ? null : reason?.trim() || former;
  const problem = statusReason && checkName(statusReason, { label: 'The reason', maxLength: REASON_MAX_LENGTH });
  if (problem) refuse(problem.code, problem.message, 'reason');
  return { status, statusReason };
}

function statusAfter(status: LicenseStatus, change: LicenseChange): LicenseStatus {
  const result = changeLicenseStatus(status, change);
  return result.ok ? result.value : refuse(result.problem.code, result.problem.message);
}
