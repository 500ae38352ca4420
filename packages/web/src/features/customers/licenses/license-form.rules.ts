/** What the form of a license holds, and what it sends. Days are days of the vendor's zone; an end is the end of its day. */
import {
  calendarDate,
  checkCalendarDate,
  checkLicenseTerms,
  checkVendorDetails,
  endOfDay,
  startOfDay,
  tidyTags,
  STABLE_CHANNEL,
  type Channel,
  type ExpiryPolicy,
  type Platform,
  type Problem,
} from '@slipway/shared';
import type { CreateLicenseInput, LicenseFieldsFragment } from '../../../graphql/documents.generated';

export interface LicenseValues {
  customerId: string;
  productId: string;
  key: string;
  startsOn: string;
  expiresOn: string;
  expiryPolicy: ExpiryPolicy;
  updatesUntil: string;
  channels: string[];
  versionRange: string;
  platforms: Platform[];
  maxDownloads: string;
  externalReference: string;
  /** As they are typed, with commas. */
  tags: string;
  notes: string;
}

export type LicenseMessages = Partial<Record<keyof LicenseValues, string>>;

/** The form's field for each input field of the API. */
export const FIELD_OF_INPUT: Readonly<Record<string, keyof LicenseValues>> = { startsAt: 'startsOn', expiresAt: 'expiresOn' };

export const EXPIRY_CHOICES: readonly { readonly value: ExpiryPolicy; readonly label: string; readonly hint: string }[] = [
  { value: 'REVOKE', label: 'Downloads stop', hint: 'Nothing can be downloaded after that day.' },
  { value: 'FALLBACK', label: 'Keep releases up to that date', hint: 'Releases dated on or before it stay theirs, for ever.' },
];

export function licenseValuesOf(existing: LicenseFieldsFragment | null, timeZone: string): LicenseValues {
  const dayOf = (instant: string | null | undefined): string => (instant ? calendarDate(new Date(instant), timeZone) : '');
  return {
    customerId: existing?.customer.id ?? '',
    productId: existing?.product.id ?? '',
    key: '',
    startsOn: dayOf(existing?.startsAt),
    expiresOn: dayOf(existing?.expiresAt),
    expiryPolicy: existing?.expiryPolicy ?? 'REVOKE',
    updatesUntil: existing?.updatesUntil ?? '',
    channels: [...(existing?.channels ?? [STABLE_CHANNEL])],
    versionRange: existing?.versionRange ?? '',
    platforms: [...(existing?.platforms ?? [])],
    maxDownloads: existing?.maxDownloads == null ? '' : String(existing.maxDownloads),
    externalReference: existing?.externalReference ?? '',
    tags: (existing?.tags ?? []).join(', '),
    notes: existing?.notes ?? '',
  };
}

/** What the API would refuse, by field. @param channels of the chosen product; null while none is chosen */
export function checkLicense(values: LicenseValues, product: { channels: readonly Channel[] | null; timeZone: string }): LicenseMessages {
  const messages: LicenseMessages = {};
  if (values.customerId === '') messages.customerId = 'Choose the customer it is for.';
  if (values.productId === '') messages.productId = 'Choose the product it is for.';
  for (const field of ['startsOn', 'expiresOn', 'updatesUntil'] as const) {
    const problem = values[field] === '' ? null : checkCalendarDate(values[field]);
    if (problem) messages[field] = problem.message;
  }
  if (Object.keys(messages).some((field) => field !== 'customerId' && field !== 'productId')) return messages;
  for (const [field, problem] of Object.entries(checkLicenseTerms(termsOf(values, product.timeZone), product)))
    messages[FIELD_OF_INPUT[field] ?? (field as keyof LicenseValues)] = problem.message; // the other fields have the same names
  return { ...messages, ...messagesOf(checkVendorDetails(detailsOf(values))) };
}

const messagesOf = (problems: Readonly<Record<string, Problem>>): LicenseMessages =>
  Object.fromEntries(Object.entries(problems).map(([field, { message }]) => [field, message]));

/** What the vendor writes down for itself; tags are told apart by commas. */
function detailsOf({ notes, externalReference, tags }: LicenseValues) {
  return {
    notes: notes.trim() || null,
    externalReference: externalReference.trim() || null,
    tags: tidyTags(tags.split(/[,;]/).filter((tag) => tag.trim() !== '')),
  };
}

function termsOf(values: LicenseValues, timeZone: string) {
  return {
    startsAt: values.startsOn ? startOfDay(values.startsOn, timeZone) : null,
    expiresAt: values.expiresOn ? endOfDay(values.expiresOn, timeZone) : null,
    updatesUntil: values.updatesUntil || null,
    channels: values.channels,
    versionRange: values.versionRange.trim() || null,
    maxDownloads: values.maxDownloads.trim() === '' ? null : Number(values.maxDownloads),
  };
}

/**
 * What to send. A day that was not touched is left out: its instant may have a time of day that the form does not show.
 * @param before the values that the form began with; null for a new license
 */
export function licenseInputOf(
  values: LicenseValues,
  before: LicenseValues | null,
  timeZone: string,
): Omit<CreateLicenseInput, 'customerId' | 'productId' | 'key'> {
  const { startsAt, expiresAt, ...terms } = termsOf(values, timeZone);
  const untouched = (field: 'startsOn' | 'expiresOn'): boolean => before !== null && before[field] === values[field];
  return {
    ...terms,
    ...detailsOf(values),
    channels: [...values.channels],
    platforms: [...values.platforms],
    expiryPolicy: values.expiryPolicy,
    ...(untouched('startsOn') ? {} : { startsAt: startsAt?.toISOString() ?? null }),
    ...(untouched('expiresOn') ? {} : { expiresAt: expiresAt?.toISOString() ?? null }),
  };
}
