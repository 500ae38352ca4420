/** The rules of the form: the shared ones that the API applies again, tied to the fields that show them. */
import {
  checkCalendarDate,
  checkChangelog,
  checkName,
  parseVersion,
  resolveChannel,
  SUMMARY_MAX_LENGTH,
  suggestNextVersions,
  versionWarnings,
  versionSortKey,
} from '@slipway/shared';
import type { DownloadableDetailFragment } from '../../graphql/documents.generated';
import type { ProductChoice } from './useProductChoices';

export interface DownloadableValues {
  productId: string;
  version: string;
  name: string;
  /** Empty: the beginning of the changelog stands in its place. */
  summary: string;
  isSecurityFix: boolean;
  /** Empty: inferred from the version. */
  channel: string;
  changelog: string;
  /** Empty: the day it is published. */
  releaseDate: string;
  intent: 'DRAFT' | 'PUBLISHED';
}

export type FormField = keyof DownloadableValues | 'files';
export type FieldMessages = Partial<Record<FormField, string>>;
export type ContentField = 'version' | 'name' | 'summary' | 'isSecurityFix' | 'channel' | 'changelog' | 'releaseDate';

export const CONTENT_FIELDS: readonly ContentField[] = [
  'version',
  'name',
  'summary',
  'isSecurityFix',
  'channel',
  'changelog',
  'releaseDate',
];
const NAME_MAX_LENGTH = 200;

export function valuesOf(existing: DownloadableDetailFragment | null, productId: string): DownloadableValues {
  return {
    productId: existing?.product.id ?? productId,
    version: existing?.version ?? '',
    name: existing?.name ?? '',
    summary: existing?.summary ?? '',
    isSecurityFix: existing?.isSecurityFix ?? false,
    channel: existing?.channel ?? '',
    changelog: existing?.changelog ?? '',
    releaseDate: existing?.releaseDate ?? '',
    intent: existing?.publishWhenReady ? 'PUBLISHED' : 'DRAFT',
  };
}

/** What the API would refuse, by field. */
export function checkDownloadable(values: DownloadableValues, product: ProductChoice | null): FieldMessages {
  const found: FieldMessages = {};
  if (!product) found.productId = 'Choose the product that this is a version of.';
  const version = parseVersion(values.version.trim(), product?.versionScheme);
  if (values.version.trim() === '') found.version = 'Enter a version, for example 1.0.0.';
  else if (!version.ok) found.version = version.problem.message;
  else if (product) {
    const channel = resolveChannel(version.value, values.channel || null, product.channels);
    if (!channel.ok) found.channel = channel.problem.message;
  }
  const others = {
    name: values.name.trim() === '' ? null : checkName(values.name.trim(), { label: 'Name', maxLength: NAME_MAX_LENGTH }),
    summary: values.summary.trim() === '' ? null : checkName(values.summary.trim(), { label: 'Summary', maxLength: SUMMARY_MAX_LENGTH }),
    changelog: checkChangelog(values.changelog),
    releaseDate: values.releaseDate === '' ? null : checkCalendarDate(values.releaseDate),
  };
  for (const [field, problem] of Object.entries(others)) if (problem) found[field as keyof typeof others] = problem.message;
  return found;
}

/** Publishing needs a file: one that is there or one that is chosen. */
export function checkFiles(values: DownloadableValues, fileCount: number, hasBadFile: boolean): FieldMessages {
  if (hasBadFile) return { files: 'Fix or remove the marked file.' };
  if (values.intent === 'PUBLISHED' && fileCount === 0) return { files: 'Add at least one file, or save as a draft.' };
  return {};
}

export function versionWarning(typed: string, product: Pick<ProductChoice, 'versionScheme'> | null): string | undefined {
  const version = parseVersion(typed.trim(), product?.versionScheme);
  return version.ok ? versionWarnings(version.value, product?.versionScheme)[0]?.message : undefined;
}

/** A spelling for one click: of a version that is refused, or that has a trap; null when all is well or nothing can be told. */
export function versionSuggestion(typed: string, product: Pick<ProductChoice, 'versionScheme'> | null): string | null {
  const version = parseVersion(typed.trim(), product?.versionScheme);
  const problem = version.ok ? versionWarnings(version.value, product?.versionScheme)[0] : version.problem;
  const suggestion = problem?.params?.['suggestion'];
  return typeof suggestion === 'string' && parseVersion(suggestion, product?.versionScheme).ok ? suggestion : null;
}

/** The channel that an empty choice comes to, or null while that is open. */
export function inferredChannel(values: DownloadableValues, product: ProductChoice | null): string | null {
  const version = parseVersion(values.version.trim());
  if (!version.ok || !product) return null;
  const channel = resolveChannel(version.value, null, product.channels);
  return channel.ok ? channel.value : null;
}

/** Suffixes that vendors have a channel for; others are typing errors more often. */
const CHANNEL_WORDS = /^(nightly|dev|canary)(?=$|[-0-9])/i;

/** The channel that the suffix of a version asks for and the product does not have; null when there is none. */
export function missingChannel({ version }: Pick<DownloadableValues, 'version'>, product: ProductChoice | null): string | null {
  const parsed = parseVersion(version.trim());
  const name = parsed.ok ? CHANNEL_WORDS.exec(parsed.value.prerelease[0] ?? '')?.[1]?.toLowerCase() : undefined;
  return name === undefined || !product || product.channels.some((channel) => channel.name === name) ? null : name;
}

export interface NextVersion {
  readonly step: string;
  readonly version: string;
}

/** The channel whose next version is offered when none is running. */
const USUAL_PRERELEASE = 'beta';

/**
 * Next versions after the product's latest published one, without repeats. After 2.0.0-beta.3 the next patch is its final release.
 * @param newest the highest version there is, drafts included: the next prerelease follows it
 * @param taken places of versions that there are already
 */
export function nextVersions(
  product: ProductChoice | null,
  newest: string | null = null,
  taken: ReadonlySet<string> = new Set(),
): readonly NextVersion[] {
  if (!product) return [];
  const first = product.latest ?? null;
  const steps = first ? nextVersionsAfter(first.version) : [{ step: 'First version', version: suggestNextVersions(null).minor }];
  return withBeta(product, steps, newest ?? first?.version ?? null).flatMap((one) => freeOf(one, taken) ?? []);
}

function withBeta(product: ProductChoice, steps: readonly NextVersion[], newest: string | null): readonly NextVersion[] {
  const beta = nextPrerelease(product, newest);
  return beta === null || steps.some(({ version }) => version === beta)
    ? steps
    : [...steps, { step: `Next ${/-([a-z]+)/i.exec(beta)?.[1] ?? 'prerelease'}`, version: beta }];
}

/** Where a version stands in the order: 2.1 and 2.1.0 are the same. */
export function placeOf(version: string): string {
  const parsed = parseVersion(version);
  return parsed.ok ? versionSortKey(parsed.value) : version;
}

/** The next one of its kind that nobody has taken; null where that would be another kind. */
function freeOf({ step, version }: NextVersion, taken: ReadonlySet<string>): NextVersion | null {
  if (!taken.has(placeOf(version))) return { step, version };
  const parsed = parseVersion(version);
  if (!parsed.ok || step === 'Final release' || step === 'First version') return null;
  const { patch, minor, major, nextPrerelease: prerelease } = suggestNextVersions(parsed.value);
  const next = { 'Next patch': patch, 'Next minor': minor, 'Next major': major }[step] ?? prerelease;
  return next === null || next === version ? null : freeOf({ step, version: next }, taken);
}

/** The version after the running prerelease, else the first beta of the next minor version; null where the product takes none. */
function nextPrerelease({ versionScheme, channels }: ProductChoice, newest: string | null): string | null {
  const latest = newest === null ? null : parseVersion(newest);
  if (latest && !latest.ok) return null;
  const isRunning = latest !== null && latest.value.prerelease.length > 0;
  if (!isRunning && !channels.some(({ name }) => name === USUAL_PRERELEASE)) return null;
  const next = suggestNextVersions(latest?.value ?? null, isRunning ? undefined : USUAL_PRERELEASE).nextPrerelease;
  return next !== null && parseVersion(next, versionScheme).ok ? next : null;
}

/** Next versions after one, without repeats. */
export function nextVersionsAfter(version: string): readonly NextVersion[] {
  const latest = parseVersion(version);
  if (!latest.ok) return [];
  const next = suggestNextVersions(latest.value);
  const steps = [
    { step: 'Next prerelease', version: next.nextPrerelease },
    { step: latest.value.prerelease.length > 0 ? 'Final release' : 'Next patch', version: next.patch },
    { step: 'Next minor', version: next.minor },
    { step: 'Next major', version: next.major },
  ].filter((one): one is NextVersion => one.version !== null);
  return steps.filter((one, index) => steps.findIndex(({ version }) => version === one.version) === index);
}

/** Fields in which two states of a downloadable differ. */
export function differingFields(
  a: Pick<DownloadableValues, ContentField>,
  b: Pick<DownloadableValues, ContentField>,
): readonly ContentField[] {
  return CONTENT_FIELDS.filter((field) => a[field] !== b[field]);
}
