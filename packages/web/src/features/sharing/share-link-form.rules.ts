/** The form of a new share link: the shared rules that the API applies again, tied to the fields that show them. */
import { checkShareLinkTerms, SHARE_LINK_MAX_DAYS, type ShareLinkTerms } from '@slipway/shared';

export type Life = '1' | '7' | '30' | 'custom';

export interface ShareLinkValues {
  label: string;
  life: Life;
  /** As a date-and-time input has it, in the reader's zone; only read when `life` is custom. */
  expiresAt: string;
  /** Empty: no limit. */
  maxDownloads: string;
}

export type ShareLinkMessages = Partial<Record<'label' | 'expiresAt' | 'maxDownloads' | 'form', string>>;

const LIFE_CHOICES: readonly { readonly value: Life; readonly label: string }[] = [
  { value: '1', label: '24 hours' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: 'custom', label: 'Other…' },
];

/** Those that the settings allow. @param maxDays the longest life of a link */
export const lifeChoices = (maxDays: number): typeof LIFE_CHOICES =>
  LIFE_CHOICES.filter(({ value }) => value === 'custom' || Number(value) <= maxDays);

const DAY_MS = 86_400_000;

/** What the form says, as the rules see it. */
export function termsOf({ label, life, expiresAt, maxDownloads }: ShareLinkValues, now: Date): ShareLinkTerms {
  return {
    label: label.trim() || null,
    expiresAt: life === 'custom' ? new Date(expiresAt) : new Date(now.getTime() + Number(life) * DAY_MS),
    maxDownloads: maxDownloads.trim() === '' ? null : Number(maxDownloads.trim()),
  };
}

/** What the API would refuse, by field. */
export function checkShareLink(values: ShareLinkValues, now: Date, maxDays = SHARE_LINK_MAX_DAYS): ShareLinkMessages {
  const problems = checkShareLinkTerms(termsOf(values, now), now, maxDays);
  return Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, problem.message]));
}

/** The input of the mutation. @param scope what the link opens */
export function shareLinkInputOf<TScope extends object>(values: ShareLinkValues, scope: TScope, now: Date) {
  const { expiresAt, ...terms } = termsOf(values, now);
  return { ...scope, ...terms, expiresAt: expiresAt.toISOString() };
}
