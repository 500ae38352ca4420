import { declarationOf, readSmtpUrl, SETTING_NAMES, type Settings } from '@slipway/shared';
import { readProxies } from './config/trusted-proxies.js';
import { readList, withoutBrackets } from './config/value-rules.js';
import { findMissing, findWrongValues, readVariables, type Environment, type RawEnvironment } from './config/variables.js';

/** Where and how the program runs, from the environment (DESIGN.md, section 7). */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** What people type into the browser: scheme, host and port. */
  readonly publicUrl: string;
  /** Addresses of reverse proxies whose X-Forwarded-For counts. */
  readonly trustedProxies: readonly string[];
  /** Settings that the environment gives: they win over what was saved (DESIGN.md, section 10). */
  readonly fixedSettings: Partial<Settings>;
  /** mysql://..., read by `readDatabaseUrl`; null: the embedded SQLite. */
  readonly databaseUrl: string | null;
  /** Null: one is made and kept in the data folder. */
  readonly appSecret: string | null;
  /** Null: the embedded store in the data folder. */
  readonly s3: S3Config | null;
  /** Hosts and ranges of the private network that settings may name (DESIGN.md, section 9.5). */
  readonly allowedPrivateHosts: readonly string[];
  readonly firstAdmin: { readonly email: string; readonly password: string } | null;
  /** Null: on at the first embedded start, else off. */
  readonly sampleData: boolean | null;
  readonly logLevel: string;
  /** `json`: what the start has to say comes as lines of the log as well. */
  readonly logFormat: 'text' | 'json';
  /** Whether each request gets a line of the log at `info`. */
  readonly hasAccessLog: boolean;
  /** Addresses and ranges that read `/metrics` without a token. */
  readonly metricsAllowedFrom: readonly string[];
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
  /** Null, as the secret then is: the AWS SDK looks for credentials (environment, files, the machine's role). */
  readonly accessKeyId: string | null;
  readonly secretAccessKey: string | null;
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

/** A clone shows itself when the original raises its claim, at most a minute after it was made. */
const STORE_SETTLE_SECONDS = 120;
/** A balancer has moved on long before; a part of an upload on a slow line has arrived. */
const STOP_GRACE_SECONDS = 60;
/** Where there may be other replicas. Connections that wait to be accepted when a port closes are lost: none should come by then. */
const STOP_DRAIN_SECONDS = 2;
const DEFAULT_PORT = 4_000;
/** Addresses that mean "every one of this machine": none that a browser could ask for. */
const ANY_ADDRESS: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** Reads and checks the environment. @throws ConfigFault naming every fault */
export function readConfig(environment: RawEnvironment): Config {
  const env = readVariables(environment);
  // Missing values are reported even when others are wrong, so that one start shows everything.
  const faults = [...findWrongValues(env), ...findMissing(env)];
  if (faults.length > 0) throw new ConfigFault(faults);
  const port = Number(env.PORT ?? DEFAULT_PORT);
  const host = withoutBrackets(env.HOST ?? '127.0.0.1');
  const s3 = s3Of(env);
  return {
    port,
    host,
    dataDir: env.DATA_DIR ?? './data',
    publicUrl: new URL(env.PUBLIC_URL ?? `http://${inUrl(ANY_ADDRESS.has(host) ? '127.0.0.1' : host)}:${port}`).origin,
    trustedProxies: env.TRUSTED_PROXIES === undefined ? [] : readProxies(env.TRUSTED_PROXIES),
    fixedSettings: fixedSettingsOf(env),
    databaseUrl: env.DATABASE_URL ?? null,
    appSecret: env.APP_SECRET ?? null,
    s3,
    allowedPrivateHosts: env.ALLOWED_PRIVATE_HOSTS === undefined ? [] : readList(env.ALLOWED_PRIVATE_HOSTS),
    firstAdmin: env.ADMIN_EMAIL && env.ADMIN_PASSWORD ? { email: env.ADMIN_EMAIL, password: env.ADMIN_PASSWORD } : null,
    sampleData: env.SAMPLE_DATA === undefined ? null : env.SAMPLE_DATA === 'on',
    logLevel: env.LOG_LEVEL ?? 'info',
    logFormat: env.LOG_FORMAT === 'json' ? 'json' : 'text',
    // Whoever tries Slipway out at a terminal shall still find the sign-ins there.
    hasAccessLog: env.ACCESS_LOG === undefined ? env.DATABASE_URL !== undefined : env.ACCESS_LOG === 'on',
    metricsAllowedFrom: env.METRICS_ALLOWED_FROM === undefined ? [] : readList(env.METRICS_ALLOWED_FROM),
    stopDrainSeconds: Number(env.STOP_DRAIN_SECONDS ?? (env.DATABASE_URL && s3 ? STOP_DRAIN_SECONDS : 0)),
    stopGraceSeconds: Number(env.STOP_GRACE_SECONDS ?? STOP_GRACE_SECONDS),
    storeSettleSeconds: Number(env.STORE_SETTLE_SECONDS ?? STORE_SETTLE_SECONDS),
  };
}

/** A host as written in a URL: IPv6 in brackets, without the zone that means something on this machine only. */
const inUrl = (host: string): string => (host.includes(':') ? `[${host.replace(/%.*$/, '')}]` : host);

/** By the variable that each setting's declaration names. */
function fixedSettingsOf(env: Environment): Partial<Settings> {
  const given: Readonly<Record<string, string | undefined>> = env;
  const smtp = env.SMTP_URL === undefined ? null : readSmtpUrl(env.SMTP_URL);
  const plain = Object.fromEntries(
    SETTING_NAMES.flatMap((name) => {
      const { variable, kind } = declarationOf(name);
      if (variable === 'SMTP_URL') return [];
      const text = variable === undefined ? undefined : given[variable];
      return text === undefined ? [] : [[name, kind === 'NUMBER' ? Number(text) : text]];
    }),
  );
  return { ...plain, ...smtp };
}

function s3Of(env: Environment): S3Config | null {
  if (!env.S3_BUCKET) return null;
  return {
    endpoint: env.S3_ENDPOINT ?? null,
    publicEndpoint: env.S3_PUBLIC_ENDPOINT ?? null,
    region: env.S3_REGION ?? 'us-east-1',
    bucket: env.S3_BUCKET,
    accessKeyId: env.S3_ACCESS_KEY_ID ?? null,
    secretAccessKey: env.S3_SECRET_ACCESS_KEY ?? null,
    forcePathStyle: (env.S3_FORCE_PATH_STYLE ?? 'true') === 'true',
  };
}
