import { MOST_REQUESTS } from '@slipway/shared';
import { databaseUrlProblem } from '../database/connection/database-url.js';
import { proxiesRule } from './trusted-proxies.js';
import {
  bucketRule,
  countRule,
  emailRule,
  folderRule,
  hostRule,
  hostsRule,
  keyRule,
  oneOf,
  originRule,
  passwordRule,
  portRule,
  rangesRule,
  regionRule,
  secretRule,
  smtpRule,
  webUrlRule,
  type ValueRule,
} from './value-rules.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Every variable that the program reads, with what its value must be. A new one gets its wrong values in `variables.test.ts`. */
export const VARIABLES = {
  PORT: portRule,
  HOST: hostRule,
  DATA_DIR: folderRule,
  PUBLIC_URL: originRule('https://downloads.example.com'),
  TRUSTED_PROXIES: proxiesRule,
  DATABASE_URL: databaseUrlProblem,
  APP_SECRET: secretRule,
  S3_ENDPOINT: webUrlRule('https://s3.eu-central-1.amazonaws.com'),
  S3_PUBLIC_ENDPOINT: webUrlRule('https://files.example.com'),
  S3_REGION: regionRule,
  S3_BUCKET: bucketRule,
  S3_ACCESS_KEY_ID: keyRule,
  S3_SECRET_ACCESS_KEY: keyRule,
  S3_FORCE_PATH_STYLE: oneOf('true', 'false'),
  ALLOWED_PRIVATE_HOSTS: hostsRule,
  SMTP_URL: smtpRule,
  MAIL_FROM: emailRule,
  ADMIN_EMAIL: emailRule,
  ADMIN_PASSWORD: passwordRule,
  SAMPLE_DATA: oneOf('on', 'off'),
  ANONYMOUS_REQUESTS_PER_MINUTE: countRule(MOST_REQUESTS, 'requests'),
  CREDENTIAL_REQUESTS_PER_MINUTE: countRule(MOST_REQUESTS, 'requests'),
  LOG_LEVEL: oneOf(...LOG_LEVELS),
  LOG_FORMAT: oneOf('text', 'json'),
  ACCESS_LOG: oneOf('on', 'off'),
  METRICS_ALLOWED_FROM: rangesRule,
  STORE_SETTLE_SECONDS: countRule(3_600, 'seconds'),
  STOP_GRACE_SECONDS: countRule(86_400, 'seconds'),
  STOP_DRAIN_SECONDS: countRule(3_600, 'seconds'),
} as const satisfies Record<string, ValueRule>;

export type VariableName = keyof typeof VARIABLES;
/** As `process.env` has it. */
export type RawEnvironment = Readonly<Record<string, string | undefined>>;
/** What was given; an empty variable counts as unset. */
export type Environment = Readonly<Partial<Record<VariableName, string>>>;

export const VARIABLE_NAMES = Object.keys(VARIABLES) as readonly VariableName[]; // the keys of the object above

/** The variables that are given. */
export function readVariables(raw: RawEnvironment): Environment {
  return Object.fromEntries(VARIABLE_NAMES.flatMap((name) => (raw[name] ? [[name, raw[name]]] : [])));
}

/** What is wrong with each value by itself. */
export function findWrongValues(env: Environment): string[] {
  return VARIABLE_NAMES.flatMap((name) => {
    const value = env[name];
    const problem = value === undefined ? null : VARIABLES[name](value);
    return problem === null ? [] : [`${name}: ${problem}`];
  });
}

/** What is missing beside what is given. */
export function findMissing(env: Environment): string[] {
  const faults: string[] = [];
  const isS3Given = VARIABLE_NAMES.some((name) => name.startsWith('S3_') && env[name] !== undefined);
  if (isS3Given && !env.S3_BUCKET) faults.push('S3_BUCKET: needed because other S3 settings are given');
  for (const [one, other] of [
    ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
    ['S3_SECRET_ACCESS_KEY', 'S3_ACCESS_KEY_ID'],
  ] as const)
    if (env[one] && !env[other]) faults.push(`${other}: needed with ${one}; give neither to use the machine's own role`);
  if (env.DATABASE_URL && !env.APP_SECRET)
    faults.push('APP_SECRET: needed with DATABASE_URL, the same for every replica; make one with: openssl rand -base64 48');
  if (env.SMTP_URL && !env.MAIL_FROM) faults.push('MAIL_FROM: needed with SMTP_URL: the address that mail comes from');
  if ((env.ADMIN_EMAIL === undefined) !== (env.ADMIN_PASSWORD === undefined))
    faults.push('ADMIN_EMAIL and ADMIN_PASSWORD: give both or none');
  return faults;
}
