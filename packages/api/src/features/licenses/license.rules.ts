import {
  changeLicenseStatus,
  checkLicenseTerms,
  checkName,
  checkVendorDetails,
  STABLE_CHANNEL,
  tidyTags,
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
  | 'startsAt'
  | 'expiresAt'
  | 'expiryPolicy'
  | 'updatesUntil'
  | 'channels'
  | 'versionRange'
  | 'platforms'
  | 'maxDownloads'
  | 'notes'
  | 'externalReference'
  | 'tags'
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
  notes: null,
  externalReference: null,
  tags: [],
};

/** The terms after an input: absent fields stay as they are, null empties or goes back to the default. */
export function applyTerms(terms: LicenseTerms, input: Partial<CreateLicenseInput | UpdateLicenseInput>): LicenseTerms {
  const pick = <K extends keyof LicenseTerms>(key: K, value: LicenseTerms[K] | null | undefined): LicenseTerms[K] =>
    value === undefined ? terms[key] : (value ?? DEFAULT_TERMS[key]);
  return {
    startsAt: pick('startsAt', input.startsAt),
    expiresAt: pick('expiresAt', input.expiresAt),
    expiryPolicy: pick('expiryPolicy', input.expiryPolicy),
    updatesUntil: pick('updatesUntil', input.updatesUntil),
    channels: [...new Set(pick('channels', input.channels))],
    versionRange: pick('versionRange', emptied(input.versionRange)),
    platforms: [...new Set(pick('platforms', input.platforms))],
    maxDownloads: pick('maxDownloads', input.maxDownloads),
    notes: pick('notes', emptied(input.notes)),
    externalReference: pick('externalReference', emptied(input.externalReference)),
    tags: tidyTags(pick('tags', input.tags)),
  };
}

/** A text of blanks is none. */
const emptied = (text: string | null | undefined): string | null | undefined => (text === undefined ? undefined : text?.trim() || null);

/** Whether nothing of the terms differs. */
export function isSameTerms(before: LicenseTerms, after: LicenseTerms): boolean {
  return JSON.stringify(applyTerms(before, {})) === JSON.stringify(after);
}

/** Refuses terms that contradict themselves or the product. @param product.channels null: the channels are not in question */
export function checkTerms(
  terms: LicenseTerms,
  product: { readonly channels: readonly Channel[] | null; readonly timeZone: string },
): void {
  const problems = new FieldProblems();
  for (const [field, problem] of Object.entries({ ...checkLicenseTerms(terms, product), ...checkVendorDetails(terms) }))
    problems.add(field, problem);
  problems.throwIfAny();
}

const REASON_MAX_LENGTH = 200;

/** A license's status, since when, and why: for the vendor, and for the customer. */
export type LicenseStanding = Pick<License, 'status' | 'statusReason' | 'customerReason' | 'statusChangedAt'>;

export interface StandingChange {
  readonly change: LicenseChange;
  readonly reason: string | null;
  readonly customerReason: string | null;
}

/** What changes of a license with its status; the reasons of a former change go, unless the same is asked again without one. */
export function applyChange(license: LicenseStanding, { change, reason, customerReason }: StandingChange, now: Date): LicenseStanding {
  const status = statusAfter(license.status, change);
  const isSame = license.status === status;
  const reasonOf = (given: string | null, former: string | null): string | null =>
    change === 'reinstate' ? null : given?.trim() || (isSame ? former : null);
  const after = {
    status,
    statusReason: reasonOf(reason, license.statusReason),
    customerReason: reasonOf(customerReason, license.customerReason),
    statusChangedAt: isSame ? license.statusChangedAt : now,
  };
  checkReasons(after);
  return after;
}

export function isSameStanding(before: LicenseStanding, after: LicenseStanding): boolean {
  return (['status', 'statusReason', 'customerReason'] as const).every((field) => before[field] === after[field]);
}

function checkReasons({ statusReason, customerReason }: LicenseStanding): void {
  const problems = new FieldProblems();
  const check = (text: string | null, label: string) => (text === null ? null : checkName(text, { label, maxLength: REASON_MAX_LENGTH }));
  problems.add('reason', check(statusReason, 'The reason'));
  problems.add('customerReason', check(customerReason, 'The reason for the customer'));
  problems.throwIfAny();
}

function statusAfter(status: LicenseStatus, change: LicenseChange): LicenseStatus {
  const result = changeLicenseStatus(status, change);
  return result.ok ? result.value : refuse(result.problem.code, result.problem.message);
}
