import type { Problem } from '../problem.js';
import { quote } from '../text/quote.js';

/** How to reach a bucket of an S3-compatible store, on one declaration each: the form, the API, the start and the docs read it. */

export interface StorageFieldDeclaration {
  readonly label: string;
  /** What it does, in one sentence or two. */
  readonly help: string;
  /** The environment variable that wins over what was saved. */
  readonly variable: string;
  readonly example: string;
  readonly maxLength: number;
  /** Whether there may be none. */
  readonly isOptional: boolean;
  /** Written, never shown. */
  readonly isSecret: boolean;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html older buckets may have 255 characters */
const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{2,254}$/;
const REGION = /^[A-Za-z0-9_-]{1,64}$/;
/** What S3 keys and secrets are made of: no blanks, no line breaks, no quotes. */
const KEY = /^[!#-&(-~]+$/;

const ENDPOINT_MAX_LENGTH = 500;
const BUCKET_MAX_LENGTH = 255;
const REGION_MAX_LENGTH = 64;
const KEY_MAX_LENGTH = 200;

export const STORAGE_FIELDS = {
  endpoint: {
    label: 'Endpoint',
    help: 'The address of the store. Leave it empty for AWS, whose address follows from the region.',
    variable: 'S3_ENDPOINT',
    example: 'https://s3.eu-central-1.example.com',
    maxLength: ENDPOINT_MAX_LENGTH,
    isOptional: true,
    isSecret: false,
  },
  publicEndpoint: {
    label: 'Public endpoint',
    help: 'The address by which browsers reach the store, if it is another one.',
    variable: 'S3_PUBLIC_ENDPOINT',
    example: 'https://files.example.com',
    maxLength: ENDPOINT_MAX_LENGTH,
    isOptional: true,
    isSecret: false,
  },
  region: {
    label: 'Region',
    help: 'The short name that the provider gives the region of the bucket.',
    variable: 'S3_REGION',
    example: 'eu-central-1',
    maxLength: REGION_MAX_LENGTH,
    isOptional: false,
    isSecret: false,
  },
  bucket: {
    label: 'Bucket',
    help: 'A private bucket that nothing else uses.',
    variable: 'S3_BUCKET',
    example: 'slipway-releases',
    maxLength: BUCKET_MAX_LENGTH,
    isOptional: false,
    isSecret: false,
  },
  accessKeyId: {
    label: 'Access key ID',
    help: "Leave it and the secret empty to use the machine's own role.",
    variable: 'S3_ACCESS_KEY_ID',
    example: 'AKIAIOSFODNN7EXAMPLE',
    maxLength: KEY_MAX_LENGTH,
    isOptional: true,
    isSecret: false,
  },
  secretAccessKey: {
    label: 'Secret access key',
    help: 'Belongs to the access key, and is never shown.',
    variable: 'S3_SECRET_ACCESS_KEY',
    example: '',
    maxLength: KEY_MAX_LENGTH,
    isOptional: true,
    isSecret: true,
  },
} as const satisfies Record<string, StorageFieldDeclaration>;

export type StorageFieldName = keyof typeof STORAGE_FIELDS;
export const STORAGE_FIELD_NAMES = Object.keys(STORAGE_FIELDS) as readonly StorageFieldName[]; // the keys of the object above

/** Says whether the bucket stands in the path of an address or before its host. */
export const PATH_STYLE = { label: 'Addressing', variable: 'S3_FORCE_PATH_STYLE' } as const;

/** The part of the WHATWG URL that is read here: every place this runs in has it. https://url.spec.whatwg.org/ */
declare const URL: {
  readonly canParse: (text: string) => boolean;
  new (text: string): { readonly protocol: string; readonly search: string; readonly hash: string };
};

/** Whether it can be the name of a bucket. */
export const isBucketName = (text: string): boolean => BUCKET.test(text);
/** Whether it can be the short name of a region. */
export const isRegionName = (text: string): boolean => REGION.test(text);
/** Whether it can be a key or secret as S3 stores make them. */
export const isStoreKey = (text: string): boolean => KEY.test(text);
/** Whether it is an address of a web server with nothing behind its path, and without user and password. */
export function isWebAddress(text: string): boolean {
  if (text.includes('@') || !URL.canParse(text)) return false;
  const { protocol, search, hash } = new URL(text);
  return ['http:', 'https:'].includes(protocol) && search === '' && hash === '';
}

/** What is wrong with a text for a field, without surrounding blanks, or null. A secret is never repeated. */
export function checkStorageField(name: StorageFieldName, text: string): Problem | null {
  const { label, isOptional, maxLength } = STORAGE_FIELDS[name];
  if (text === '') return isOptional ? null : { code: 'NAME_REQUIRED', message: `${label} is missing: enter it.` };
  if (text.length > maxLength) return { code: 'TOO_LONG', message: `${label} has more than ${maxLength} characters: shorten it.` };
  return checkForm(name, text);
}

function checkForm(name: StorageFieldName, text: string): Problem | null {
  const { label, example } = STORAGE_FIELDS[name];
  const problem = (message: string): Problem => ({ code: name.endsWith('ndpoint') ? 'URL_INVALID' : 'VALUE_INVALID', message });
  switch (name) {
    case 'endpoint':
    case 'publicEndpoint':
      if (text.includes('@')) return problem(`${label} must have no user and password: write it like ${example}.`);
      return isWebAddress(text) ? null : problem(`${quote(text)} is not a web address: write it like ${example}.`);
    case 'region':
      return isRegionName(text) ? null : problem(`${quote(text)} is not the short name of a region: write it like ${example}.`);
    case 'bucket':
      return isBucketName(text)
        ? null
        : problem(`${quote(text)} is not the name of a bucket: write it like ${example}, without s3:// and slashes.`);
    case 'accessKeyId':
    case 'secretAccessKey':
      return isStoreKey(text) ? null : problem(`${label} has blanks, quotes or line breaks in it: copy it again.`);
  }
}

/** What a provider of S3-compatible stores wants. */
export interface StorageProvider {
  readonly id: string;
  readonly name: string;
  /** Where its endpoints are, with what is the customer's own in braces; null: none is given. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly forcePathStyle: boolean;
  /** What is different there, in a sentence or two. */
  readonly help: string;
}

/** From the documentation of each provider, linked there. */
export const STORAGE_PROVIDERS: readonly StorageProvider[] = [
  {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-bucket-intro.html
    id: 'aws',
    name: 'Amazon S3',
    endpoint: null,
    region: 'eu-central-1',
    forcePathStyle: false,
    help: 'Needs no endpoint. Keep Block Public Access on.',
  },
  {
    // https://developers.cloudflare.com/r2/api/s3/api/
    id: 'r2',
    name: 'Cloudflare R2',
    endpoint: 'https://{account}.r2.cloudflarestorage.com',
    region: 'auto',
    forcePathStyle: true,
    help: 'Has no bucket policies: what the key may do is set with its API token. Only a token with Admin Read & Write may set the CORS rule.',
  },
  {
    // https://www.backblaze.com/docs/cloud-storage-call-the-s3-compatible-api
    id: 'b2',
    name: 'Backblaze B2',
    endpoint: 'https://s3.{region}.backblazeb2.com',
    region: 'us-west-004',
    forcePathStyle: true,
    help: 'Needs an application key, not the master key. Keeps old versions of files: set the lifecycle of the bucket to keep only the last one.',
  },
  {
    // https://docs.wasabi.com/docs/what-are-the-service-urls-for-wasabi-s-different-storage-regions
    id: 'wasabi',
    name: 'Wasabi',
    endpoint: 'https://s3.{region}.wasabisys.com',
    region: 'eu-central-1',
    forcePathStyle: true,
    help: 'Bills files that are deleted early for the rest of their minimum time.',
  },
  {
    // https://docs.digitalocean.com/products/spaces/reference/s3-compatibility/
    id: 'spaces',
    name: 'DigitalOcean Spaces',
    endpoint: 'https://{region}.digitaloceanspaces.com',
    region: 'fra1',
    forcePathStyle: false,
    help: 'A key that is limited to one bucket may not set the CORS rule: set it in the control panel.',
  },
  {
    // https://min.io/docs/minio/linux/administration/identity-access-management.html
    id: 'minio',
    name: 'MinIO',
    endpoint: 'https://{host}:9000',
    region: 'us-east-1',
    forcePathStyle: true,
    help: 'Has no CORS rules of a bucket: every page may upload with a signed URL, unless the server is told otherwise.',
  },
  {
    // https://docs.ceph.com/en/latest/radosgw/s3/
    id: 'ceph',
    name: 'Ceph',
    endpoint: 'https://{host}',
    region: 'us-east-1',
    forcePathStyle: true,
    help: 'The region is the name of the zone group; the default one takes any name.',
  },
];

/** The provider whose endpoints look like one, or null. */
export function providerOf(endpoint: string): StorageProvider | null {
  if (endpoint === '') return STORAGE_PROVIDERS.find((provider) => provider.endpoint === null) ?? null;
  const host = /^https?:\/\/([^/:]+)/.exec(endpoint)?.[1] ?? '';
  const known = STORAGE_PROVIDERS.find(({ endpoint: pattern }) => {
    const domain = pattern === null ? null : /\}(\.[a-z0-9.-]+)$/.exec(pattern)?.[1];
    return domain != null && host.endsWith(domain);
  });
  return known ?? (host.endsWith('.amazonaws.com') ? (STORAGE_PROVIDERS[0] ?? null) : null);
}
