/** What the form of a bulk change holds, and what it sends. */
import { checkCalendarDate, checkTag, endOfDay } from '@slipway/shared';
import type { ChangeLicensesInput, LicenseTaskAction, PreviewImpactQueryVariables } from '../../../../graphql/documents.generated';
import type { LicenseFilter } from '../license-filter';

export const EXTEND_CHOICES = [
  { value: 'month', label: 'By 1 month' },
  { value: 'year', label: 'By 1 year' },
  { value: 'days', label: 'By a number of days' },
  { value: 'date', label: 'Until a day' },
] as const;

export interface BulkValues {
  step: (typeof EXTEND_CHOICES)[number]['value'];
  days: string;
  date: string;
  tag: string;
  reason: string;
  customerReason: string;
  confirm: string;
}

export const emptyValues = (): BulkValues => ({ step: 'year', days: '', date: '', tag: '', reason: '', customerReason: '', confirm: '' });

export type BulkMessages = Partial<Record<keyof BulkValues, string>>;

/** The form's field for each input field of the API. */
export const FIELD_OF_INPUT: Readonly<Record<string, keyof BulkValues>> = { months: 'step', expiresAt: 'date', updatesUntil: 'date' };

/** What the API would refuse, by field. */
export function checkBulk(action: LicenseTaskAction, values: BulkValues): BulkMessages {
  if (action === 'REVOKE') return values.confirm.trim().toLowerCase() === 'revoke' ? {} : { confirm: 'Type revoke to confirm.' };
  if (action === 'ADD_TAG' || action === 'REMOVE_TAG') return messageOf('tag', checkTag(values.tag)?.message);
  if (action === 'SET_UPDATES') return values.date === '' ? {} : messageOf('date', checkCalendarDate(values.date)?.message);
  if (action !== 'EXTEND') return {};
  if (values.step === 'days') return isDayCount(values.days) ? {} : { days: 'Enter a number of days from 1 to 3,650, for example 14.' };
  return values.step === 'date' ? messageOf('date', checkCalendarDate(values.date)?.message) : {};
}

/** As many as the API takes. */
const isDayCount = (text: string): boolean => /^[1-9]\d{0,3}$/.test(text.trim()) && Number(text) <= 3_650;

const messageOf = (field: keyof BulkValues, message: string | undefined): BulkMessages =>
  message === undefined ? {} : { [field]: message };

type BulkInput = Omit<ChangeLicensesInput, 'ids' | 'filter' | 'idempotencyKey'>;

/** What to send beside the licenses that are meant. Days are the vendor's; an end is the end of its day. */
export function bulkInputOf(action: LicenseTaskAction, values: BulkValues, timeZone: string): BulkInput {
  switch (action) {
    case 'SUSPEND':
    case 'REVOKE': {
      const reasons = { reason: values.reason.trim() || null, customerReason: values.customerReason.trim() || null };
      return { action, ...reasons, ...(action === 'REVOKE' ? { confirm: values.confirm.trim() } : {}) };
    }
    case 'EXTEND':
      return { action, ...stepOf(values, timeZone) };
    case 'SET_UPDATES':
      return { action, updatesUntil: values.date || null };
    case 'ADD_TAG':
    case 'REMOVE_TAG':
      return { action, tag: values.tag.trim() };
    case 'REINSTATE':
      return { action };
  }
}

export type BulkLicenses = { readonly ids: readonly string[] } | { readonly filter: LicenseFilter };

/** The licenses that are meant, as the API takes them. */
export const targetOf = (target: BulkLicenses): Pick<ChangeLicensesInput, 'ids' | 'filter'> =>
  'ids' in target ? { ids: [...target.ids] } : { filter: target.filter };

/** The question what a change would do for customers; null where it does nothing, or is not filled in yet. */
export function previewOf(target: BulkLicenses, own: BulkInput, values: BulkValues): PreviewImpactQueryVariables['input'] | null {
  const { action } = own;
  if (action === 'ADD_TAG' || action === 'REMOVE_TAG') return null;
  if (action !== 'REVOKE' && Object.keys(checkBulk(action, values)).length > 0) return null;
  const { months, days, expiresAt, updatesUntil } = own;
  return { licenses: { action, months, days, expiresAt, updatesUntil, ...targetOf(target) } };
}

function stepOf({ step, days, date }: BulkValues, timeZone: string): Partial<ChangeLicensesInput> {
  switch (step) {
    case 'month':
      return { months: 1 };
    case 'year':
      return { months: 12 };
    case 'days':
      return { days: Number(days) };
    case 'date':
      return { expiresAt: endOfDay(date, timeZone).toISOString() };
  }
}
