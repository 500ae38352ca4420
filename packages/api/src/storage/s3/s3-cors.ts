import type { CORSRule } from '@aws-sdk/client-s3';
import type { OutgoingFilter } from '../../kernel/outgoing/outgoing-filter.js';
import { sendOutgoing } from '../../kernel/outgoing/outgoing-request.js';
import type { UploadPermission } from '../object-store.js';
import { StorageFault } from '../storage-fault.js';
import { uploadRule } from '../upload-rule.js';
import type { S3Connection } from './s3-connection.js';

const PREFLIGHT_MILLISECONDS = 1_500;
const FIRST_REFUSAL = 300;
const NO_RULES_CODE = 'NoSuchCORSConfiguration';

export interface S3Cors {
  readonly connection: S3Connection;
  readonly bucket: string;
  /** Of an object as browsers ask for it. */
  readonly address: string;
}

/**
 * Adds a rule for PUT from one origin beside those that the bucket has, unless one of them does it already. Writing replaces
 * all rules, so that nothing is written where they cannot be read. @throws StorageFault when the store does not answer
 */
export async function allowS3UploadsFrom(use: S3Cors, origin: string): Promise<UploadPermission> {
  const rules = await unlessRefused(() => readRules(use));
  if (rules === 'REFUSED') return (await isUploadPreflightAllowed(use.address, origin, use.connection.filter)) ? 'ALLOWED' : 'UNREADABLE';
  if (rules.some((rule) => allowsPut(rule, origin))) return 'ALLOWED';
  const written = await unlessRefused(() => writeRules(use, [...rules, uploadRule(origin)]));
  if (written !== 'REFUSED') return 'ADDED';
  // MinIO, for example, keeps no rules of a bucket and lets every page in.
  return (await isUploadPreflightAllowed(use.address, origin, use.connection.filter)) ? 'ALLOWED' : 'UNWRITABLE';
}

function readRules({ connection, bucket }: S3Cors): Promise<readonly CORSRule[]> {
  return connection
    .small(
      async ({ sdk, client }, options) => (await client.send(new sdk.GetBucketCorsCommand({ Bucket: bucket }), options)).CORSRules ?? [],
    )
    .catch((error: unknown) => {
      if (error instanceof StorageFault && error.code === NO_RULES_CODE) return [];
      throw error;
    });
}

async function writeRules({ connection, bucket }: S3Cors, CORSRules: CORSRule[]): Promise<void> {
  await connection.small(({ sdk, client }, options) =>
    client.send(new sdk.PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules } }), options),
  );
}

/** Many keys may not touch the rules, and some stores have none of their own. */
async function unlessRefused<T>(request: () => Promise<T>): Promise<T | 'REFUSED'> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof StorageFault && (error.reason === 'DENIED' || error.reason === 'FAILED')) return 'REFUSED';
    throw error;
  }
}

function allowsPut({ AllowedOrigins = [], AllowedMethods = [] }: CORSRule, origin: string): boolean {
  return AllowedMethods.includes('PUT') && AllowedOrigins.some((pattern) => matches(pattern, origin));
}

/** One `*` in a pattern stands for any text. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html */
function matches(pattern: string, origin: string): boolean {
  const [start = '', end] = pattern.split('*');
  if (end === undefined) return pattern === origin;
  return origin.length >= start.length + end.length && origin.startsWith(start) && origin.endsWith(end);
}

/** Asks as a browser would before it sends a part. @param address of an object as browsers ask for it */
export async function isUploadPreflightAllowed(address: string, origin: string, filter: OutgoingFilter): Promise<boolean> {
  const headers = { origin, 'access-control-request-method': 'PUT' };
  const request = { method: 'OPTIONS', url: address, headers, filter, milliseconds: PREFLIGHT_MILLISECONDS } as const;
  const answer = await sendOutgoing(request).catch(() => null);
  if (answer === null || answer.status >= FIRST_REFUSAL) return false;
  const allowed = answer.headers['access-control-allow-origin'] ?? '';
  const methods = String(answer.headers['access-control-allow-methods'] ?? '');
  return ['*', origin].includes(allowed) && /\bPUT\b|\*/.test(methods);
}
