import { randomBytes } from 'node:crypto';
import { CreateBucketCommand, DeleteBucketCorsCommand, PutBucketCorsCommand, S3Client } from '@aws-sdk/client-s3';
import { createConnection } from 'mysql2/promise';

// The SDK warns of Node 20 on every start; the journeys' output is read by people.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** What a journey's product stands on. */
export type Place = 'embedded' | 'production';

/** Makes a fresh database and a fresh bucket, as an operator would. @returns the product's environment */
export async function preparePlace(place: Place): Promise<Record<string, string>> {
  return place === 'embedded' ? {} : { ...(await makeDatabase()), ...(await makeBucket()) };
}

const unique = (): string => `slipway-e2e-${randomBytes(5).toString('hex')}`;
const given = (name: string): string => process.env[name] ?? '';

async function makeDatabase(): Promise<Record<string, string>> {
  const name = unique().replaceAll('-', '_');
  const connection = await createConnection(given('TEST_DATABASE_URL'));
  await connection.query(`CREATE DATABASE ${name}`);
  await connection.end();
  return { DATABASE_URL: `${given('TEST_DATABASE_URL')}/${name}` };
}

/** A fresh database with the embedded store, and a fresh bucket without rules to move to; null where there are no servers. */
export async function prepareMove(place: Place): Promise<{ environment: Record<string, string>; bucket: Record<string, string> } | null> {
  if (place === 'embedded') return null;
  const bucket = await makeBucket();
  await forbidUploads(bucket);
  return { environment: { ...(await makeDatabase()), ALLOWED_PRIVATE_HOSTS: '127.0.0.1', STORE_SETTLE_SECONDS: '0' }, bucket };
}

/** Takes the rule away that lets pages upload to the bucket of a running product. */
export async function forbidUploads(environment: Readonly<Record<string, string>>): Promise<void> {
  const { client } = makeClient();
  await client.send(new DeleteBucketCorsCommand({ Bucket: environment['S3_BUCKET'] }));
  client.destroy();
}

function makeClient() {
  const credentials = { accessKeyId: given('TEST_S3_ACCESS_KEY_ID'), secretAccessKey: given('TEST_S3_SECRET_ACCESS_KEY') };
  return {
    credentials,
    client: new S3Client({ endpoint: given('TEST_S3_ENDPOINT'), region: 'us-east-1', forcePathStyle: true, credentials }),
  };
}

async function makeBucket(): Promise<Record<string, string>> {
  const bucket = unique();
  const { client, credentials } = makeClient();
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const rule = { AllowedOrigins: ['*'], AllowedMethods: ['PUT'], AllowedHeaders: ['*'], ExposeHeaders: ['ETag'], MaxAgeSeconds: 3_600 };
  await client.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules: [rule] } }));
  client.destroy();
  return {
    S3_ENDPOINT: given('TEST_S3_ENDPOINT'),
    S3_BUCKET: bucket,
    S3_ACCESS_KEY_ID: credentials.accessKeyId,
    S3_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}
