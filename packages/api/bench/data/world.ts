import { createHash } from 'node:crypto';
import { parseVersion, versionSortKey, type DownloadableStatus, type Platform } from '@slipway/shared';

/** What the benchmark's vendor has. Everything follows from a release's number, so two runs have the same rows. */
export const PRODUCT_COUNT = 20;
/** The last product is OPEN, the others are LICENSED. */
const OPEN_PRODUCT = PRODUCT_COUNT - 1;
export const CUSTOMER_COUNT = 64;
const LICENSES_PER_CUSTOMER = 3;
const DAYS = 4_000;
const FIRST_DAY = Date.UTC(2014, 0, 1);
const DAY_MS = 86_400_000;
const VOCABULARY = 2_000;
const WORDS_PER_RELEASE = 9;
/** The word that every changelog has, one of a thousand has, and none has. */
export const COMMON_WORD = 'fixes';
export const RARE_WORD = 'milestone';
export const ABSENT_WORD = 'xylophone';
const RARE_EVERY = 1_000;

const KINDS = { product: 1, customer: 2, license: 3, user: 4, session: 5, release: 6, revision: 7, asset: 8, object: 9 } as const;

/** An id in the form of a ULID, ascending with the number. */
export const idOf = (kind: keyof typeof KINDS, number: number): string => `01HZBENCH${KINDS[kind]}${String(number).padStart(16, '0')}`;

/** A number in [0, 1) that follows from two others (the finalizer of MurmurHash3). */
function chance(number: number, salt: number): number {
  let hash = Math.imul(number ^ Math.imul(salt + 1, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  return (hash >>> 0) / 2 ** 32;
}

const SYLLABLES = ['ba', 'ce', 'di', 'fo', 'gu', 'ka', 'le', 'mi', 'no', 'pu', 'ra', 'se', 'ti', 'vo', 'zu'];

/** A word by its rank: the lower, the more common. */
export function wordOf(rank: number): string {
  const at = (place: number): string => SYLLABLES[Math.floor(rank / SYLLABLES.length ** place) % SYLLABLES.length] ?? '';
  return `${at(0)}${at(1)}${at(2)}n`;
}

/** One file of a release. */
export interface WorldAsset {
  readonly id: string;
  readonly objectId: string;
  readonly objectKey: string;
  readonly fileName: string;
  readonly platform: Platform;
  readonly architecture: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly sha512: string;
}

export interface WorldRelease {
  readonly id: string;
  readonly revisionId: string;
  readonly productId: string;
  readonly version: string;
  readonly versionKey: string;
  readonly channel: string;
  readonly status: DownloadableStatus;
  readonly createdAt: Date;
  /** Null for a draft. */
  readonly releaseDate: string | null;
  readonly name: string;
  readonly changelog: string;
  readonly assets: readonly WorldAsset[];
}

const TARGETS = [
  { platform: 'WINDOWS', architecture: 'X64', suffix: 'windows-x64.exe' },
  { platform: 'MACOS', architecture: 'UNIVERSAL', suffix: 'macos-universal.dmg' },
  { platform: 'LINUX', architecture: 'X64', suffix: 'linux-x64.tar.gz' },
] as const;

/** The `number`th of `count` releases; their dates ascend with the number, give or take a month. */
export function releaseOf(number: number, count: number): WorldRelease {
  const inProduct = Math.floor(number / PRODUCT_COUNT);
  const isBeta = inProduct % 10 === 7;
  const version = `${Math.floor(inProduct / 400) + 1}.${Math.floor(inProduct / 20) % 20}.${inProduct % 20}${isBeta ? '-beta.1' : ''}`;
  const parsed = parseVersion(version);
  if (!parsed.ok) throw new Error(`${version} is no version.`);
  const status = statusOf(chance(number, 1));
  const day = Math.floor((number / count) * DAYS + chance(number, 2) * 30);
  const createdAt = new Date(FIRST_DAY + day * DAY_MS + Math.floor(chance(number, 3) * DAY_MS));
  return {
    id: idOf('release', number),
    revisionId: idOf('revision', number),
    productId: idOf('product', number % PRODUCT_COUNT),
    version,
    versionKey: versionSortKey(parsed.value),
    channel: isBeta ? 'beta' : 'stable',
    status,
    createdAt,
    releaseDate: status === 'DRAFT' ? null : createdAt.toISOString().slice(0, 10),
    name: `Release ${version}`,
    changelog: changelogOf(number),
    assets: TARGETS.map((target, place) => assetOf(number * TARGETS.length + place, version, target)),
  };
}

function statusOf(part: number): DownloadableStatus {
  if (part < 0.84) return 'PUBLISHED';
  if (part < 0.92) return 'DRAFT';
  return part < 0.96 ? 'ARCHIVED' : 'WITHDRAWN';
}

function changelogOf(number: number): string {
  // Log-uniform ranks: the share of a word falls with its rank, as in natural language.
  const words = Array.from({ length: WORDS_PER_RELEASE }, (_, place) => wordOf(Math.floor(VOCABULARY ** chance(number, 10 + place))));
  const rare = number % RARE_EVERY === RARE_EVERY / 2 ? ` ${RARE_WORD}` : '';
  return `- ${COMMON_WORD} ${words.slice(0, 4).join(' ')}${rare}\n- ${words.slice(4).join(' ')}\n`;
}

function assetOf(number: number, version: string, target: (typeof TARGETS)[number]): WorldAsset {
  const objectId = idOf('object', number);
  const { platform, architecture, suffix } = target;
  return {
    id: idOf('asset', number),
    objectId,
    objectKey: `objects/${objectId}`,
    fileName: `aurora-${version}-${suffix}`,
    platform,
    architecture,
    sizeBytes: 10_000_000 + Math.floor(chance(number, 4) * 200_000_000),
    sha256: createHash('sha256').update(objectId).digest('hex'),
    sha512: createHash('sha512').update(objectId).digest('hex'),
  };
}

/** The distribution of a product. */
export const distributionOf = (product: number): 'OPEN' | 'LICENSED' => (product === OPEN_PRODUCT ? 'OPEN' : 'LICENSED');

export interface WorldLicense {
  readonly id: string;
  readonly customer: number;
  readonly product: number;
  readonly channels: string;
  /** Two thirds of all releases are older. */
  readonly updatesUntil: string | null;
}

/** Customers who ask for nothing, but whose licenses lie among the others': with a million releases there are 100,000 licenses. */
export const idleCustomers = (releases: number): number => Math.max(0, Math.min(33_334, Math.floor(releases / 30)) - CUSTOMER_COUNT);

/** Licenses of so many customers: each has three products, one of them with betas, one without recent updates. */
export function listLicenses(customers = CUSTOMER_COUNT): WorldLicense[] {
  return Array.from({ length: customers * LICENSES_PER_CUSTOMER }, (_, number) => {
    const customer = Math.floor(number / LICENSES_PER_CUSTOMER);
    const place = number % LICENSES_PER_CUSTOMER;
    return {
      id: idOf('license', number),
      customer,
      product: number % OPEN_PRODUCT,
      channels: place === 1 ? 'stable,beta' : '',
      updatesUntil: place === 2 ? new Date(FIRST_DAY + ((DAYS * 2) / 3) * DAY_MS).toISOString().slice(0, 10) : null,
    };
  });
}

/** The cookie of a session: of a customer, or of the admin. */
export const sessionTokenOf = (customer: number | 'admin'): string => `bench-session-of-${customer}`;
