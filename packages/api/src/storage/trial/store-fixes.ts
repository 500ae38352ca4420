import { PATH_STYLE, STORAGE_FIELD_NAMES, STORAGE_FIELDS } from '@slipway/shared';
import { uploadRule } from '../upload-rule.js';
import type { S3StoreSettings } from '../s3/s3-connection.js';
import type { StorageFault } from '../storage-fault.js';
import { failed, type StoreFinding, type StoreFix } from './store-check.js';

/** A list of words stays on one line. */
const json = (value: unknown): string =>
  JSON.stringify(value, null, 2).replaceAll(
    /\[\s+("[^"]*"(?:,\s+"[^"]*")*)\s+\]/g,
    (_, list: string) => `[${list.replaceAll(/\s+/g, ' ')}]`,
  );

/** All that a key needs, and no more (storage/README.md). */
export function policyFix(bucket: string): StoreFix {
  const resource = `arn:aws:s3:::${bucket}`;
  const objects = ['GetObject', 'PutObject', 'DeleteObject', 'AbortMultipartUpload', 'ListMultipartUploadParts'];
  const statement = (actions: readonly string[], Resource: string) => ({
    Effect: 'Allow',
    Action: actions.map((action) => `s3:${action}`),
    Resource,
  });
  const Statement = [statement(objects, `${resource}/*`), statement(['ListBucket', 'ListBucketMultipartUploads'], resource)];
  return { label: 'The policy that the key needs', text: json({ Version: '2012-10-17', Statement }) };
}

export const corsFix = (origin: string): StoreFix => ({ label: 'The CORS rule that the bucket needs', text: json([uploadRule(origin)]) });
export const CLOCK_FIX: StoreFix = { label: 'Set the clock of this machine', text: 'timedatectl set-ntp true' };

/** On AWS; other providers have a switch of their own. */
export const privacyFix = (bucket: string): StoreFix => ({
  label: 'Block public access, on AWS',
  text: `aws s3api put-public-access-block --bucket ${bucket} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`,
});

/** On a store that keeps old versions of what was deleted. */
export const versionsFix = (bucket: string): StoreFix => ({
  label: 'Let old versions go after a day',
  text: `aws s3api put-bucket-lifecycle-configuration --bucket ${bucket} --lifecycle-configuration '{"Rules":[{"ID":"slipway-old-versions","Status":"Enabled","Filter":{},"NoncurrentVersionExpiration":{"NoncurrentDays":1},"Expiration":{"ExpiredObjectDeleteMarker":true}}]}'`,
});

/** The endpoint without the bucket that people often copy along with it; null when it holds none. */
export function endpointFix({ endpoint, bucket }: Pick<S3StoreSettings, 'endpoint' | 'bucket'>): StoreFix | null {
  if (endpoint === null) return null;
  const url = new URL(endpoint);
  const { host, pathname } = url;
  if (host.startsWith(`${bucket.toLowerCase()}.`)) url.host = host.slice(bucket.length + 1);
  if (pathname.split('/').includes(bucket)) url.pathname = '';
  const text = url.href.replace(/\/$/, '');
  return url.host === host && url.pathname === pathname ? null : { label: 'The endpoint without the bucket', text };
}

/** `S3_BUCKET: sentence; more. (Code: words of the store)`, as `s3-advice` and `s3-faults` make it. */
const PARTS = /^(?:(S3_[A-Z_]+)(?: and S3_[A-Z_]+)?: )?(.*?\.)(?: \((.*)\))?$/s;
const LABELS = [...STORAGE_FIELD_NAMES.map((name) => STORAGE_FIELDS[name]), PATH_STYLE];

/** What a fault of the store means on the page, where settings have labels rather than variables. */
export function findingOf(fault: StorageFault, settings: S3StoreSettings): StoreFinding {
  const [, variable, sentence = fault.message, detail] = PARTS.exec(fault.message) ?? [];
  const field = STORAGE_FIELD_NAMES.find((name) => STORAGE_FIELDS[name].variable === variable) ?? null;
  const misspelt = fault.reason === 'CLOCK' ? null : endpointFix(settings);
  if (misspelt)
    return failed('The endpoint contains the bucket: leave it out there.', { detail: detail ?? null, field: 'endpoint', fix: misspelt });
  const isDenied = fault.code === 'AccessDenied';
  const words = isDenied ? 'The store knows this key, but does not let it do this: give it the policy below.' : inWords(sentence);
  const fix = isDenied ? policyFix(settings.bucket) : fault.reason === 'CLOCK' ? CLOCK_FIX : null;
  return failed(words, { detail: detail ?? null, field, fix });
}

function inWords(sentence: string): string {
  const words = LABELS.reduce((text, { label, variable }) => text.replaceAll(new RegExp(`\\b${variable}\\b`, 'g'), `“${label}”`), sentence);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
