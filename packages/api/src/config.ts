import { z } from 'zod';

/** Where and how the program runs, from the environment (DESIGN.md, section 7). */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** What people type into the browser, without a slash at the end. */
  readonly publicUrl: string;
  /** Addresses of reverse proxies whose X-Forwarded-For counts. */
  readonly trustedProxies: readonly string[];
  /** mysql://...; null: the embedded SQLite. */
  readonly databaseUrl: string | null;
  /** Null: one is made and kept in the data folder. */
  readonly appSecret: string | null;
  /** Null: the embedded store in the data folder. */
  readonly s3: S3Config | null;
  readonly firstAdmin: { readonly email: string; readonly password: string } | null;
  /** Null: on at the first embedded start, else off. */
  readonly sampleData: boolean | null;
  readonly logLevel: string;
  /** How long a fresh process neither raises its claim to the store nor deletes from it, in seconds (DESIGN.md, section 9.1). */
  readonly storeSettleSeconds: number;
  /** How long running requests may take when the server stops, in seconds (DESIGN.md, section 9.4). */
  readonly stopGraceSeconds: number;
  /** How long a stopping replica still takes requests while `/readyz` already sends balancers elsewhere, in seconds. */
  readonly stopDrainSeconds: number;
}

export interface S3Config {
  readonly endpoint: string | null;
  readonly publicEndpoint: string | null;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly forcePathStyle: boolean;
}

/** Every fault of the environment at once, in plain words. */
export class ConfigFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(
      `The environment has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
    this.name = 'ConfigFault';
  }
}

const APP_SECRET_MIN_LENGTH = 32;
/** A clone shows itself when the original raises its claim, at most a minute after it was made. */
const STORE_SETTLE_SECONDS = 120;
/** A balancer has moved on long before; a part of an upload on a slow line has arrived. */
const STOP_GRACE_SECONDS = 60;
/** Where there may be other replicas. Connections that wait to be accepted when a port closes are lost: none should come by then. */
const STOP_DRAIN_SECONDS = 2;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

const given = (schema: z.ZodType<string>) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const url = (protocols: readonly string[], example: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: (issue) => `expected a URL such as ${example}, got ${quoted(issue.input)}`,
  });
const oneOf = (values: readonly string[]) =>
  z.string().refine((text) => values.includes(text), { error: (issue) => `expected ${values.join(' or ')}, got ${quoted(issue.input)}` });

const quoted = (value: unknown): string => JSON.stringify(value);
const seconds = (most: number) =>
  z.string().refine((text) => /^\d{1,9}$/.test(text) && Number(text) <= most, {
    error: (issue) => `expected 0 to ${most} seconds, got ${quoted(issue.input)}`,
  });
const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;

const ENVIRONMENT = z.object({
  PORT: given(z.string().refine(isPort, { error: (issue) => `expected 0 to 65535, got ${quoted(issue.input)}` })),
  HOST: given(z.string()),
  DATA_DIR: given(z.string()),
  PUBLIC_URL: given(url(['http:', 'https:'], 'https://downloads.example.com')),
  TRUSTED_PROXIES: given(z.string()),
  DATABASE_URL: given(url(['mysql:', 'mariadb:'], 'mysql://slipway:password@db.example.com:3306/slipway')),
  APP_SECRET: given(
    z.string().min(APP_SECRET_MIN_LENGTH, {
      error: () => `expected at least ${APP_SECRET_MIN_LENGTH} characters; make one with: openssl rand -base64 48`,
    }),
  ),
  S3_ENDPOINT: given(url(['http:', 'https:'], 'https://s3.eu-central-1.amazonaws.com')),
  S3_PUBLIC_ENDPOINT: given(url(['http:', 'https:'], 'https://files.example.com')),
  S3_REGION: given(z.string()),
  S3_BUCKET: given(z.string()),
  S3_ACCESS_KEY_ID: given(z.string()),
  S3_SECRET_ACCESS_KEY: given(z.string()),
  S3_FORCE_PATH_STYLE: given(oneOf(['true', 'false'])),
  ADMIN_EMAIL: given(
    z.string().refine((text) => /^\S+@\S+$/.test(text), { error: (issue) => `expected an e-mail address, got ${quoted(issue.input)}` }),
  ),
  ADMIN_PASSWORD: given(z.string().min(8, { error: () => 'expected at least 8 characters' })),
  SAMPLE_DATA: given(oneOf(['on', 'off'])),
  LOG_LEVEL: given(oneOf(LOG_LEVELS)),
  STORE_SETTLE_SECONDS: given(seconds(3_600)),
  STOP_GRACE_SECONDS: given(seconds(86_400)),
  STOP_DRAIN_SECONDS: given(seconds(3_600)),
});

type Environment = z.infer<typeof ENVIRONMENT>;

/** Reads and checks the environment. @throws ConfigFault naming every fault */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = ENVIRONMENT.safeParse(environment);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  // What is missing is told even when something else is wrong, so that one start shows everything.
  faults.push(...missing(environment));
  if (!parsed.success || faults.length > 0) throw new ConfigFault(faults);
  return configOf(parsed.data);
}

function missing(environment: Readonly<Record<string, string | undefined>>): string[] {
  const has = (name: string): boolean => (environment[name] ?? '') !== '';
  const faults: string[] = [];
  const s3 = ['S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'];
  if (s3.some(has) || has('S3_ENDPOINT'))
    faults.push(...s3.filter((name) => !has(name)).map((name) => `${name}: needed because other S3 settings are given`));
  if (has('DATABASE_URL') && !has('APP_SECRET'))
    faults.push('APP_SECRET: needed with DATABASE_URL, the same for every replica; make one with: openssl rand -base64 48');
  if (has('ADMIN_EMAIL') !== has('ADMIN_PASSWORD')) faults.push('ADMIN_EMAIL and ADMIN_PASSWORD: give both or none');
  return faults;
}

function configOf(env: Environment): Config {
  const port = env.PORT === undefined ? 4_000 : Number(env.PORT);
  const host = env.HOST ?? '127.0.0.1';
  const s3 = s3Of(env);
  return {
    port,
    host,
    dataDir: env.DATA_DIR ?? './data',
    publicUrl: (env.PUBLIC_URL ?? `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`).replace(/\/+$/, ''),
    trustedProxies: env.TRUSTED_PROXIES?.split(',').map((address) => address.trim()) ?? [],
    databaseUrl: env.DATABASE_URL ?? null,
    appSecret: env.APP_SECRET ?? null,
    s3,
    firstAdmin: env.ADMIN_EMAIL && env.ADMIN_PASSWORD ? { email: env.ADMIN_EMAIL, password: env.ADMIN_PASSWORD } : null,
    sampleData: env.SAMPLE_DATA === undefined ? null : env.SAMPLE_DATA === 'on',
    logLevel: env.LOG_LEVEL ?? 'info',
    stopDrainSeconds: Number(env.STOP_DRAIN_SECONDS ?? (env.DATABASE_URL && s3 ? STOP_DRAIN_SECONDS : 0)),
    stopGraceSeconds: Number(env.STOP_GRACE_SECONDS ?? STOP_GRACE_SECONDS),
    storeSettleSeconds: Number(env.STORE_SETTLE_SECONDS ?? STORE_SETTLE_SECONDS),
  };
}

function s3Of(env: Environment): S3Config | null {
  if (!env.S3_BUCKET || !env.S3_ACCESS_KEY_ID || !env.S3_SECRET_ACCESS_KEY) return null;
  return {
    endpoint: env.S3_ENDPOINT ?? null,
    publicEndpoint: env.S3_PUBLIC_ENDPOINT ?? null,
    region: env.S3_REGION ?? 'us-east-1',
    bucket: env.S3_BUCKET,
    accessKeyId: env.S3_ACCESS_KEY_ID,
    secretAccessKey: env.S3_SECRET_ACCESS_KEY,
    forcePathStyle: (env.S3_FORCE_PATH_STYLE ?? 'true') === 'true',
  };
}
