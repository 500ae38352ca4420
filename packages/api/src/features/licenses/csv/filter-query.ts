import { checkCalendarDate, LICENSE_STATUSES, type LicenseStatus } from '@slipway/shared';
import { badInput } from '../../../kernel/problem/faults.js';
import { LicenseFilter } from '../license-filter.js';

export type Query = Readonly<Record<string, unknown>>;

/** Names of the filter that are no plain text. */
const FLAGS = ['isActive', 'isNeverUsed'] as const;
const DAYS = ['updatesUntilFrom', 'updatesUntilTo'] as const;
const INSTANTS = ['expiresFrom', 'expiresBefore', 'lastDownloadFrom', 'lastDownloadBefore', 'createdFrom', 'createdBefore'] as const;
const TEXTS = ['search', 'customerId', 'productId', 'tag', 'externalReference'] as const;

/** Every parameter that a filter can have. */
export const FILTER_PARAMETERS: readonly string[] = [...TEXTS, ...FLAGS, ...DAYS, ...INSTANTS, 'status', 'endsWithinDays'];

/** A license filter as the parameters of an address have it, by the names of the schema. @throws PublicFault BAD_USER_INPUT */
export function filterOf(query: Query): LicenseFilter {
  const filter = new LicenseFilter();
  for (const name of TEXTS) filter[name] = textOf(query, name);
  for (const name of FLAGS) filter[name] = flagOf(query, name);
  for (const name of DAYS) filter[name] = dayOf(query, name);
  for (const name of INSTANTS) filter[name] = instantOf(query, name);
  filter.status = statusOf(query);
  filter.endsWithinDays = numberOf(query, 'endsWithinDays');
  return filter;
}

/** A parameter that is left empty is absent. */
function textOf(query: Query, name: string): string | null {
  const value = query[name];
  if (value === undefined || value === '') return null;
  if (typeof value !== 'string') throw badInput(`Give "${name}" once.`);
  return value;
}

/** Yes or no; absent is no. */
export function flagOf(query: Query, name: string): boolean {
  const text = textOf(query, name);
  if (text === null || text === 'false') return false;
  if (text !== 'true') throw badInput(`Give "${name}" as true or false.`);
  return true;
}

function dayOf(query: Query, name: string): string | null {
  const text = textOf(query, name);
  if (text !== null && checkCalendarDate(text) !== null) throw badInput(`Write "${name}" like 2026-11-28.`);
  return text;
}

function instantOf(query: Query, name: string): Date | null {
  const text = textOf(query, name);
  if (text === null) return null;
  const instant = new Date(text);
  const isWritten = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z$/.test(text);
  if (!isWritten || Number.isNaN(instant.getTime())) throw badInput(`Write "${name}" like 2026-11-28T00:00:00Z.`);
  return instant;
}

function numberOf(query: Query, name: string): number | null {
  const text = textOf(query, name);
  if (text !== null && !/^\d{1,9}$/.test(text)) throw badInput(`Give "${name}" as a whole number.`);
  return text === null ? null : Number(text);
}

function statusOf(query: Query): LicenseStatus | null {
  const text = textOf(query, 'status');
  const status = LICENSE_STATUSES.find((one) => one === text);
  if (text !== null && status === undefined) throw badInput(`Give "status" as one of ${LICENSE_STATUSES.join(', ')}.`);
  return status ?? null;
}
