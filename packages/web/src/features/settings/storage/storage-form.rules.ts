/** What is typed into the fields of a store, and what its test found. */
import {
  checkStorageField,
  providerOf,
  STORAGE_FIELD_NAMES,
  STORAGE_PROVIDERS,
  type StorageFieldName,
  type StorageProvider,
} from '@slipway/shared';
import type { GetStorageQuery, StorageTestFieldsFragment } from '../../../graphql/documents.generated';

export type StorageCheck = StorageTestFieldsFragment['checks'][number];
export type StorageTexts = Record<StorageFieldName, string>;
type StorageSettings = GetStorageQuery['storageSettings'];

/** Of a store that is none of the known providers'. */
export const OTHER_PROVIDER = 'other';
/** The folder of the server itself. */
export const EMBEDDED = 'embedded';
const REGION = 'us-east-1';

/** The store in use, as the fields show it. Its secret is never known here. */
export function textsOf(settings: StorageSettings): StorageTexts {
  return {
    endpoint: settings.endpoint ?? '',
    publicEndpoint: settings.publicEndpoint ?? '',
    region: settings.region ?? REGION,
    bucket: settings.bucket ?? '',
    accessKeyId: settings.accessKeyId ?? '',
    secretAccessKey: '',
  };
}

/** @param settings of the store in use */
export const providerIdOf = ({ isEmbedded, endpoint }: StorageSettings): string =>
  isEmbedded ? EMBEDDED : (providerOf(endpoint ?? '')?.id ?? OTHER_PROVIDER);

export const findProvider = (id: string): StorageProvider | null => STORAGE_PROVIDERS.find((provider) => provider.id === id) ?? null;

/** The fields as a provider wants them; what the customer alone knows stays to be filled in. */
export function presetOf({ endpoint, region }: StorageProvider): Pick<StorageTexts, 'endpoint' | 'region'> {
  return { endpoint: (endpoint ?? '').replace('{region}', region), region };
}

/** Whether browsers are sent to the same place as now. */
export function isInUse(settings: StorageSettings | null, texts: StorageTexts): boolean {
  if (!settings || settings.isEmbedded) return false;
  const used = textsOf(settings);
  return (['endpoint', 'publicEndpoint', 'region', 'bucket'] as const).every((name) => texts[name].trim() === used[name]);
}

/** Whether the bucket in use is typed, whatever else is: nothing moves then. */
export function isSameBucket(settings: StorageSettings | null, texts: StorageTexts): boolean {
  if (!settings || settings.isEmbedded) return false;
  const used = textsOf(settings);
  return (['endpoint', 'bucket'] as const).every((name) => texts[name].trim() === used[name]);
}

/** Whether another store is typed than the one in use, or another way to it. */
export function isChanged(settings: StorageSettings, texts: StorageTexts, forcePathStyle: boolean): boolean {
  const used = textsOf(settings);
  const differs = STORAGE_FIELD_NAMES.some((name) => texts[name].trim() !== used[name]);
  return settings.isEmbedded || differs || forcePathStyle !== settings.forcePathStyle;
}

/** Whether what a test found forbids to use a store: without a rule for browsers, uploads go through the server. */
export const mayBeUsed = (checks: readonly StorageCheck[]): boolean =>
  checks.every(({ kind, verdict }) => verdict !== 'FAILED' || kind === 'CORS');

/** What is wrong, field by field. @param hasSecret whether one is known that an empty field keeps */
export function checkStorage(texts: StorageTexts, hasSecret: boolean): Partial<Record<StorageFieldName, string>> {
  const messages: Partial<Record<StorageFieldName, string>> = {};
  for (const name of STORAGE_FIELD_NAMES) {
    const text = texts[name].trim();
    const isUnfilled = /\{\w+\}/.test(text);
    const problem = isUnfilled ? { message: `Replace ${/\{\w+\}/.exec(text)?.[0] ?? ''} by your own.` } : checkStorageField(name, text);
    if (problem) messages[name] = problem.message;
  }
  const lacksSecret = texts.accessKeyId.trim() !== '' && texts.secretAccessKey.trim() === '' && !hasSecret;
  if (lacksSecret) messages.secretAccessKey ??= 'Enter the secret that belongs to the access key.';
  return messages;
}

/** What is sent: an empty secret means the one that is known. */
export function inputOf(texts: StorageTexts, forcePathStyle: boolean) {
  const { secretAccessKey, ...shown } = texts;
  const trimmed = Object.fromEntries(Object.entries(shown).map(([name, text]) => [name, text.trim()])) as Omit<
    StorageTexts,
    'secretAccessKey'
  >; // the same keys
  return { ...trimmed, ...(secretAccessKey.trim() === '' ? {} : { secretAccessKey: secretAccessKey.trim() }), forcePathStyle };
}

/** The verdict in a heading: what is to fix comes before what is good to know. */
export function headingOf(checks: readonly StorageCheck[]): string {
  const count = (verdict: StorageCheck['verdict']): number => checks.filter((check) => check.verdict === verdict).length;
  const [broken, known] = [count('FAILED'), count('WARNING')];
  if (broken === 0 && known === 0) return 'The store works';
  return [broken > 0 ? `${broken} to fix` : 'The store works', known > 0 ? `${known} to know` : ''].filter(Boolean).join(', ');
}

/** What the browser itself found stands in place of what the server found by asking for it. */
export function withBrowserCheck(checks: readonly StorageCheck[], isLetIn: boolean, origin: string): readonly StorageCheck[] {
  return checks.map((check) => {
    if (check.kind !== 'CORS' || check.verdict !== 'PASSED') return check;
    if (isLetIn) return { ...check, message: `This browser may upload from ${origin}.` };
    const message = 'The bucket lets this page in, but this browser did not reach it: check the public endpoint and the network.';
    return { ...check, verdict: 'FAILED' as const, message, field: 'publicEndpoint' };
  });
}
