import {
  calendarDate,
  DISTRIBUTIONS,
  DOWNLOADABLE_STATUSES,
  EXPIRY_POLICIES,
  parseVersion,
  versionSortKey,
  WITHDRAW_SEVERITIES,
  type Channel,
  type Platform,
} from '@slipway/shared';
import type { Transaction } from '../../database/transaction.js';
import { Customer } from '../../features/customers/customer.entity.js';
import { Downloadable } from '../../features/downloadables/downloadable.entity.js';
import { rebuildCeilings } from '../../features/downloadables/projection/version-ceilings.js';
import { UpdateTarget } from '../../features/downloadables/projection/derived.entities.js';
import type { JudgedRelease } from '../../features/downloads/access/access-facts.js';
import { License } from '../../features/licenses/license.entity.js';
import { ProductChannel } from '../../features/products/product-channel.entity.js';
import { Product } from '../../features/products/product.entity.js';
import { newId } from '../../kernel/ids.js';

export type Random = () => number;

/** A product with everything that decides about it, as rows. */
export interface World {
  readonly product: Product;
  readonly channels: readonly Channel[];
  /** Some of them have no license of the product. */
  readonly customers: readonly Customer[];
  readonly licenses: readonly License[];
  readonly releases: readonly Downloadable[];
}

const pick = <T>(random: Random, values: readonly T[]): T => values[Math.floor(random() * values.length)] as T; // an index below the length
const maybe = <T>(random: Random, chance: number, make: () => T): T | null => (random() < chance ? make() : null);
const some = <T>(random: Random, chance: number, values: readonly T[]): T[] => values.filter(() => random() < chance);

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
const PLATFORM_CHOICES: readonly Platform[] = ['WINDOWS', 'LINUX', 'ALL'];
const RANGES = ['<2.0', '1.x || 3', '>=2', '=1.5', '*', '2.1', '<3 || >9'];

/** An instant within a year of now, before or after. */
const instant = (random: Random, now: Date): Date => new Date(now.getTime() + Math.floor((random() * 2 - 1) * 365) * 86_400_000);
const date = (random: Random, now: Date): string => calendarDate(instant(random, now), 'UTC');

export function makeWorld(random: Random, now: Date): World {
  const channels = pick(random, CHANNEL_SETS);
  const id = newId();
  const product: Product = {
    id,
    slug: `world-${id.toLowerCase()}`,
    name: 'World',
    nameKey: 'world',
    description: null,
    versionScheme: 'ANY',
    distribution: pick(random, [...DISTRIBUTIONS, 'LICENSED'] as const),
    archivedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  const customers = Array.from({ length: 2 }, () => makeOne(newId(), now));
  const holders = Array.from({ length: pick(random, [0, 1, 2, 3]) }, () => pick(random, customers));
  const licenses = holders.map((holder) => makeTerms(random, now, { product, channels, customerId: holder.id }));
  const versions = some(random, 0.7, ['1.0', '1.5', '1.9', '2.0', '2.1', '2.1.7', '3.0', '3.9.9', '4.0', '10.0']);
  return {
    product,
    channels,
    customers,
    licenses,
    releases: versions.map((version) => makeRow(random, now, { product, channels, version })),
  };
}

const makeOne = (id: string, now: Date): Customer => ({
  ...({} as Customer), // what is nullable stays empty
  id,
  name: 'Somebody',
  email: `${id}@customer.example`,
  emailKey: `${id.toLowerCase()}@customer.example`,
  createdAt: now,
  updatedAt: now,
});

interface Of {
  readonly product: Product;
  readonly channels: readonly Channel[];
}

function makeTerms(random: Random, now: Date, { product, channels, customerId }: Of & { readonly customerId: string }): License {
  const id = newId();
  const names = channels.map(({ name }) => name);
  return {
    ...({} as License), // what is nullable stays empty
    id,
    customerId,
    productId: product.id,
    keyHash: id,
    keySealed: '',
    keyVersion: 1,
    keyHint: 'HINT',
    keyOrigin: null,
    status: pick(random, ['ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'SUSPENDED', 'REVOKED']),
    statusReason: null,
    customerReason: null,
    statusChangedAt: null,
    tags: [],
    startsAt: maybe(random, 0.3, () => instant(random, now)),
    expiresAt: maybe(random, 0.5, () => instant(random, now)),
    expiryPolicy: pick(random, EXPIRY_POLICIES),
    updatesUntil: maybe(random, 0.4, () => date(random, now)),
    channels: random() < 0.4 ? [] : some(random, 0.5, names),
    versionRange: maybe(random, 0.3, () => pick(random, RANGES)),
    platforms: random() < 0.7 ? [] : some(random, 0.5, PLATFORM_CHOICES),
    maxDownloads: maybe(random, 0.2, () => 5),
    downloadsUsed: pick(random, [0, 1, 5]),
    createdAt: now,
    updatedAt: now,
  };
}

function makeRow(random: Random, now: Date, { product, channels, version }: Of & { readonly version: string }): Downloadable {
  const parsed = parseVersion(version);
  const status = pick(random, [...DOWNLOADABLE_STATUSES, 'PUBLISHED', 'PUBLISHED', 'PUBLISHED'] as const);
  const isPublic = status !== 'DRAFT' && status !== 'SCHEDULED';
  const day = date(random, now);
  return {
    ...({} as Downloadable), // what is nullable stays empty
    id: newId(),
    productId: product.id,
    version,
    versionKey: parsed.ok ? versionSortKey(parsed.value) : '',
    status,
    lockVersion: 1,
    liveRevisionId: isPublic ? newId() : null,
    draftRevisionId: isPublic ? null : newId(),
    publishWhenReady: false,
    firstReleaseDate: isPublic ? day : null,
    withdrawReason: status === 'WITHDRAWN' ? 'It loses data.' : null,
    withdrawSeverity: status === 'WITHDRAWN' ? pick(random, WITHDRAW_SEVERITIES) : null,
    replacementId: null,
    isSecurityFix: false,
    channel: pick(random, channels).name,
    releaseDate: day,
    sortDate: day,
    changelogExcerpt: '',
    assetCount: 1,
    platforms: some(random, 0.6, PLATFORM_CHOICES),
    createdAt: now,
    updatedAt: now,
  };
}

/** Writes many worlds at once, with the rows that are derived from them. */
export async function writeWorlds(tx: Transaction, worlds: readonly World[]): Promise<void> {
  await tx.manager.insert(
    Product,
    worlds.map(({ product }) => product),
  );
  const channels = worlds.flatMap(({ product, channels: own }) =>
    own.map(({ name, includes }, position) => ({ productId: product.id, name, includes: [...includes], position })),
  );
  await tx.manager.insert(ProductChannel, channels);
  await tx.manager.insert(
    Customer,
    worlds.flatMap(({ customers }) => [...customers]),
  );
  await tx.manager.insert(
    License,
    worlds.flatMap(({ licenses }) => [...licenses]),
  );
  const releases = worlds.flatMap((world) => [...world.releases]);
  await tx.manager.insert(Downloadable, releases);
  const targets = releases
    .filter(({ status }) => status === 'PUBLISHED')
    .flatMap(({ id, productId, channel, versionKey, platforms, firstReleaseDate }) =>
      platforms.map((platform) => ({ productId, platform, architecture: '', channel, versionKey, downloadableId: id, firstReleaseDate })),
    );
  if (targets.length > 0) await tx.manager.insert(UpdateTarget, targets);
  for (const { product, channels: own } of worlds) for (const { name } of own) await rebuildCeilings(tx, product.id, name);
}

/** A release of a world as it is judged as a whole. */
export const judgedIn = ({ product, channels }: World, row: Downloadable): JudgedRelease => ({
  row,
  product,
  channels,
  asset: null,
  mainAsset: null,
  isSideFile: false,
  channel: row.channel,
  isRevisionFrozen: row.liveRevisionId !== null,
  revision: null,
  replacement: null,
  downloads: [],
});
