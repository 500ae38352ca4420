/** Random facts of access, the same for the same seed: customers with up to three licenses, and every state of a release. */
import { PLATFORMS } from '../file/target.js';
import { type Channel } from '../version/channel.js';
import { DOWNLOADABLE_STATUSES } from '../release/lifecycle.js';
import { type ExplainedFacts } from './access-explanation.js';
import { DISTRIBUTIONS, EXPIRY_POLICIES, WITHDRAW_SEVERITIES, type LicenseFacts, type ReleaseFacts } from './entitlement.js';

export type Random = () => number;

/** Numbers from 0 to below 1 that only depend on the seed (mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pick = <T>(random: Random, values: readonly T[]): T => values[Math.floor(random() * values.length)] as T; // an index below the length
const maybe = <T>(random: Random, chance: number, make: () => T): T | null => (random() < chance ? make() : null);
const some = <T>(random: Random, chance: number, values: readonly T[]): readonly T[] => values.filter(() => random() < chance);

const CHANNEL_SETS: readonly (readonly Channel[])[] = [
  [
    { name: 'stable', includes: ['hotfix'] },
    { name: 'hotfix', includes: [] },
    { name: 'beta', includes: ['stable'] },
  ],
  [
    { name: 'stable', includes: [] },
    { name: 'rc', includes: ['stable'] },
    { name: 'beta', includes: ['rc'] },
  ],
];

/** An instant of 2026 or 2027. */
export const randomInstant = (random: Random): Date => new Date(Date.UTC(2026, 0, 1) + Math.floor(random() * 730 * 86_400_000));
const randomDate = (random: Random): string => randomInstant(random).toISOString().slice(0, 10);

function randomLicense(random: Random, id: string, channels: readonly Channel[]): LicenseFacts {
  const names = channels.map(({ name }) => name);
  return {
    id,
    status: pick(random, ['ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'SUSPENDED', 'REVOKED']),
    statusChangedAt: null,
    customerReason: null,
    startsAt: maybe(random, 0.4, () => randomInstant(random)),
    expiresAt: maybe(random, 0.5, () => randomInstant(random)),
    expiryPolicy: pick(random, EXPIRY_POLICIES),
    updatesUntil: maybe(random, 0.3, () => randomDate(random)),
    channels: random() < 0.4 ? [] : some(random, 0.5, names),
    versionRange: maybe(random, 0.3, () => pick(random, ['<2.0', '1.x || 3', '>=2', '*', '2.1', 'nonsense'])),
    platforms: random() < 0.6 ? [] : some(random, 0.4, PLATFORMS),
    maxDownloads: maybe(random, 0.3, () => pick(random, [1, 5])),
    downloadsUsed: pick(random, [0, 1, 5]),
    repeatableUntil: maybe(random, 0.3, () => randomInstant(random)),
    downloadedBefore: random() < 0.3,
  };
}

function randomRelease(random: Random, channels: readonly Channel[]): ReleaseFacts {
  const status = pick(random, [...DOWNLOADABLE_STATUSES, 'PUBLISHED', 'PUBLISHED', 'PUBLISHED', 'PUBLISHED'] as const);
  const withdrawal = {
    reason: 'It loses data.',
    severity: pick(random, WITHDRAW_SEVERITIES),
    replacementId: maybe(random, 0.5, () => 'r'),
    replacementVersion: '9.0',
  };
  return {
    status,
    channel: pick(random, channels).name,
    version: pick(random, ['1.0', '1.5', '2.0', '2.1.7', '3.0', '4.0']),
    firstReleaseDate: maybe(random, 0.9, () => randomDate(random)),
    revisionFrozen: random() < 0.95,
    withdrawal: status === 'WITHDRAWN' || random() < 0.05 ? withdrawal : null,
  };
}

/** What a customer with none to three licenses is judged by. */
export function randomFacts(random: Random): ExplainedFacts {
  const channels = pick(random, CHANNEL_SETS);
  const asset = maybe(random, 0.6, () => ({
    platform: pick(random, PLATFORMS),
    state: pick(random, ['READY', 'READY', 'READY', 'READY', 'VERIFYING', 'FAILED'] as const),
  }));
  return {
    viewer: { kind: 'CUSTOMER' },
    timeZone: pick(random, ['UTC', 'Pacific/Auckland', 'America/Los_Angeles']),
    product: { distribution: pick(random, [...DISTRIBUTIONS, 'LICENSED', 'LICENSED', 'LICENSED'] as const), channels },
    release: randomRelease(random, channels),
    asset,
    licenses: Array.from({ length: pick(random, [0, 1, 1, 1, 2, 3]) }, (_, index) => randomLicense(random, `license-${index}`, channels)),
  };
}
