import { expandChannels, parseVersionRange, STABLE_CHANNEL, type Channel, type LicenseStatus } from '@slipway/shared';
import { FieldProblems, refuse } from '../../kernel/refusal.js';
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

/** Refuses terms that contradict themselves or the product. @param productChannels null: the channels are not in question */
export function checkTerms(terms: LicenseTerms, productChannels: readonly Channel[] | null): void {
  const problems = new FieldProblems();
  const range = terms.versionRange === null ? null : parseVersionRange(terms.versionRange);
  if (range && !range.ok) problems.add('versionRange', range.problem);
  const unknown = productChannels && terms.channels.find((name) => !productChannels.some((channel) => channel.name === name));
  if (productChannels && unknown != null) {
    const names = [
      ...expandChannels(
        productChannels,
        productChannels.map((channel) => channel.name),
      ),
    ].join(', ');
    problems.add('channels', { code: 'CHANNEL_UNKNOWN', message: `The product has no channel "${unknown}". It has: ${names}.` });
  }
  if (terms.startsAt && terms.expiresAt && terms.startsAt >= terms.expiresAt) {
    problems.add('expiresAt', { code: 'DATE_INVALID', message: 'The license would end before it starts. Choose an end after the start.' });
  }
  if (terms.maxDownloads !== null && terms.maxDownloads < 1) {
    problems.add('maxDownloads', { code: 'VALUE_INVALID', message: 'The download limit must be 1 or more. Leave it empty for no limit.' });
  }
  problems.throwIfAny();
}

export type LicenseChange = 'suspend' | 'reinstate' | 'revoke';

interface LicenseTransition {
  readonly from: readonly LicenseStatus[];
  readonly to: LicenseStatus;
}

/** The life of a license: suspended licenses can come back, revoked ones cannot. */
const LICENSE_LIFECYCLE: Readonly<Record<LicenseChange, LicenseTransition>> = {
  suspend: { from: ['ACTIVE'], to: 'SUSPENDED' },
  reinstate: { from: ['SUSPENDED'], to: 'ACTIVE' },
  revoke: { from: ['ACTIVE', 'SUSPENDED'], to: 'REVOKED' },
};

/** The status after a change, or a refusal that names the present one. */
export function changeStatus(status: LicenseStatus, change: LicenseChange): LicenseStatus {
  const rule = LICENSE_LIFECYCLE[change];
  if (rule.from.includes(status)) return rule.to;
  const next = status === 'REVOKED' ? 'A revoked license stays revoked: create a new one.' : 'Nothing needs to be done.';
  return refuse('TRANSITION_NOT_ALLOWED', `You cannot ${change} a license that is ${status.toLowerCase()}. ${next}`);
}
