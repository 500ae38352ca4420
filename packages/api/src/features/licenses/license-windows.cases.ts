/** Licenses, filters, and which of them each filter means: the rule that the lists in SQL are compared with. */
import { addDays } from '@slipway/shared';
import { toSqlInstant } from '../../database/instants.js';
import { newId } from '../../kernel/ids.js';
import type { LicenseFilter } from './license-filter.js';

export const NOW = new Date('2026-06-15T12:00:00Z');
const TODAY = '2026-06-15';
const at = (day: string, hour = 9): Date => new Date(`${day}T${String(hour).padStart(2, '0')}:30:00.000Z`);

/** A license as the lists see it. */
export interface Model {
  readonly id: string;
  readonly productId: string;
  readonly status: 'ACTIVE' | 'SUSPENDED' | 'REVOKED';
  readonly startsAt: Date | null;
  readonly expiresAt: Date | null;
  readonly updatesUntil: string | null;
  readonly lastDownloadAt: Date | null;
  readonly createdAt: Date;
  readonly tag: string | null;
  readonly reference: string | null;
}

/** Numbers that look random and are the same in every run. */
const spread = (index: number, salt: number, among: number): number =>
  (index * 7_919 + salt * 104_729 + ((index * index) % 97) * salt) % among;

/** The license with a number: what it is follows from the number alone. */
export function model(index: number, productIds: readonly string[]): Model {
  const day = (salt: number, from: number, days: number): string => addDays(TODAY, from + spread(index, salt, days));
  return {
    id: newId(),
    productId: productIds[spread(index, 1, productIds.length)] ?? '',
    status: spread(index, 2, 20) === 0 ? 'REVOKED' : spread(index, 3, 15) === 0 ? 'SUSPENDED' : 'ACTIVE',
    startsAt: spread(index, 4, 10) === 0 ? at(day(5, -10, 20)) : null,
    expiresAt: spread(index, 6, 4) === 0 ? null : at(day(7, -60, 120), spread(index, 8, 24)),
    updatesUntil: spread(index, 9, 4) === 0 ? null : day(10, -60, 120),
    lastDownloadAt: spread(index, 11, 3) === 0 ? null : at(day(12, -90, 90)),
    createdAt: at(day(13, -300, 290), spread(index, 14, 24)),
    tag: spread(index, 15, 5) === 0 ? 'Reseller' : null,
    reference: spread(index, 16, 100) === 0 ? `order-${spread(index, 17, 4)}` : null,
  };
}

export const instant = (value: Date | null): string | null => value && toSqlInstant(value);

const isActive = ({ status, startsAt, expiresAt }: Model): boolean =>
  status === 'ACTIVE' && (startsAt === null || startsAt <= NOW) && (expiresAt === null || expiresAt > NOW);

function endsWithin(row: Model, days: number): string | null {
  const last = addDays(TODAY, days);
  if (row.status === 'REVOKED' || (row.expiresAt !== null && row.expiresAt <= NOW)) return null;
  const expiry = row.expiresAt !== null && row.expiresAt.toISOString().slice(0, 10) <= last ? toSqlInstant(row.expiresAt) : null;
  const updates = row.updatesUntil !== null && row.updatesUntil >= TODAY && row.updatesUntil <= last ? `${row.updatesUntil} 24` : null;
  return [expiry, updates].filter((end) => end !== null).toSorted()[0] ?? null;
}

export interface Case {
  readonly filter: LicenseFilter;
  readonly isMeant: (row: Model) => boolean;
  /** What the list is ordered by; by ID, the newest first, where it is missing. */
  readonly keyOf?: (row: Model) => string | null;
  readonly isAscending?: boolean;
}

export const CASES: Readonly<Record<string, Case>> = {
  active: { filter: { isActive: true }, isMeant: isActive },
  'active and with a tag': { filter: { isActive: true, tag: ' reSELLER' }, isMeant: (row) => isActive(row) && row.tag !== null },
  'never used': { filter: { isNeverUsed: true }, isMeant: (row) => row.lastDownloadAt === null },
  'never used, suspended': {
    filter: { isNeverUsed: true, status: 'SUSPENDED' },
    isMeant: (row) => row.lastDownloadAt === null && row.status === 'SUSPENDED',
  },
  'with a reference': { filter: { externalReference: 'order-2' }, isMeant: (row) => row.reference === 'order-2' },
  'with a tag': { filter: { tag: 'reseller' }, isMeant: (row) => row.tag !== null },
  'ending within 20 days': {
    filter: { endsWithinDays: 20 },
    isMeant: (row) => endsWithin(row, 20) !== null,
    keyOf: (row) => endsWithin(row, 20),
    isAscending: true,
  },
  'ending within 20 days, with a tag': {
    filter: { endsWithinDays: 20, tag: 'RESELLER' },
    isMeant: (row) => endsWithin(row, 20) !== null && row.tag !== null,
  },
  'whose updates ended': {
    filter: { updatesUntilTo: '2026-06-14' },
    isMeant: (row) => row.updatesUntil !== null && row.updatesUntil < TODAY,
    keyOf: ({ updatesUntil }) => updatesUntil,
    isAscending: true,
  },
  'whose updates end in a week of July': {
    filter: { updatesUntilFrom: '2026-07-06', updatesUntilTo: '2026-07-12' },
    isMeant: ({ updatesUntil }) => updatesUntil !== null && updatesUntil >= '2026-07-06' && updatesUntil <= '2026-07-12',
    keyOf: ({ updatesUntil }) => updatesUntil,
    isAscending: true,
  },
  'last used before May': {
    filter: { lastDownloadBefore: new Date('2026-05-01') },
    isMeant: ({ lastDownloadAt }) => lastDownloadAt !== null && lastDownloadAt < new Date('2026-05-01'),
    keyOf: ({ lastDownloadAt }) => instant(lastDownloadAt),
  },
  'used since June': {
    filter: { lastDownloadFrom: new Date('2026-06-01') },
    isMeant: ({ lastDownloadAt }) => lastDownloadAt !== null && lastDownloadAt >= new Date('2026-06-01'),
    keyOf: ({ lastDownloadAt }) => instant(lastDownloadAt),
  },
  'created in a month': {
    filter: { createdFrom: new Date('2026-02-01'), createdBefore: new Date('2026-03-01') },
    isMeant: ({ createdAt }) => createdAt >= new Date('2026-02-01') && createdAt < new Date('2026-03-01'),
    keyOf: ({ createdAt }) => instant(createdAt),
  },
  'active and ending in July': {
    filter: { isActive: true, expiresFrom: new Date('2026-07-01'), expiresBefore: new Date('2026-08-01') },
    isMeant: (row) =>
      isActive(row) && row.expiresAt !== null && row.expiresAt >= new Date('2026-07-01') && row.expiresAt < new Date('2026-08-01'),
    keyOf: ({ expiresAt }) => instant(expiresAt),
    isAscending: true,
  },
};
