import { readFileSync } from 'node:fs';

/** How the connection to the database is protected. */
export interface DatabaseTls {
  /** File with the certificates of the authorities to trust; null: those that Node trusts. */
  readonly caFile: string | null;
  /** `FULL`: certificate and host name. `CA`: the certificate alone. `NONE`: anybody may have answered. */
  readonly verify: 'FULL' | 'CA' | 'NONE';
}

type Mode = DatabaseTls['verify'] | 'OFF';

/** By the names that MySQL's and PostgreSQL's own clients have; whatever asks for TLS is verified unless it says otherwise. */
const MODES: Readonly<Record<string, Mode>> = {
  disable: 'OFF',
  disabled: 'OFF',
  require: 'FULL',
  required: 'FULL',
  'verify-full': 'FULL',
  'verify-identity': 'FULL',
  'verify-ca': 'CA',
  'no-verify': 'NONE',
};
const SWITCHES: Readonly<Record<string, Mode>> = { true: 'FULL', '1': 'FULL', false: 'OFF', '0': 'OFF' };
const MODE_PARAMETERS = ['sslmode', 'ssl-mode'] as const;
const CA_PARAMETERS = ['sslrootcert', 'ssl-ca'] as const;

/** What may follow the `?` of `DATABASE_URL`. */
export const TLS_PARAMETERS: readonly string[] = ['ssl', ...MODE_PARAMETERS, ...CA_PARAMETERS];

/** What is asked for after the `?`; null: a plain connection. A CA alone asks for TLS, too. */
export function readTls(parameters: URLSearchParams): DatabaseTls | null {
  const mode = modeOf(parameters) ?? 'OFF';
  return mode === 'OFF' ? null : { caFile: caFileOf(parameters), verify: mode };
}

/** What is wrong with it; null when nothing is. */
export function findTlsProblem(parameters: URLSearchParams): string | null {
  const mode = modeOf(parameters);
  const caFile = caFileOf(parameters);
  if (mode === null) return 'expected ssl=true or false, or sslmode=verify-full, verify-ca, no-verify or disable';
  if (caFile === null || mode === 'OFF') return caFile === null ? null : 'a CA is given, but TLS is switched off; remove one of the two';
  return findCaProblem(caFile);
}

/** What mysql2 takes. @see https://sidorares.github.io/node-mysql2/docs/documentation/ssl */
export function tlsOptionsOf({ caFile, verify }: DatabaseTls): { ca?: string; rejectUnauthorized: boolean; verifyIdentity: boolean } {
  return {
    ...(caFile === null ? {} : { ca: readFileSync(caFile, 'utf8') }),
    rejectUnauthorized: verify !== 'NONE',
    verifyIdentity: verify === 'FULL',
  };
}

/** Null when what is asked for is not known. */
function modeOf(parameters: URLSearchParams): Mode | null {
  const asked = [
    ...parameters.getAll('ssl').map((text) => SWITCHES[text.toLowerCase()]),
    ...MODE_PARAMETERS.flatMap((name) => parameters.getAll(name)).map((text) => MODES[text.toLowerCase().replaceAll('_', '-')]),
  ];
  // Of a switch and a mode, the mode says more.
  const last = asked.at(-1);
  if (asked.includes(undefined)) return null;
  if (asked.includes('OFF') && asked.some((mode) => mode !== 'OFF')) return null;
  return last ?? (caFileOf(parameters) === null ? 'OFF' : 'FULL');
}

function caFileOf(parameters: URLSearchParams): string | null {
  return CA_PARAMETERS.map((name) => parameters.get(name)).find((file) => file !== null && file !== '') ?? null;
}

function findCaProblem(caFile: string): string | null {
  try {
    if (readFileSync(caFile, 'utf8').includes('-----BEGIN CERTIFICATE-----')) return null;
    return `the file ${caFile} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)`;
  } catch (error) {
    return `the file ${caFile} with the CA cannot be read (${(error as NodeJS.ErrnoException).code}); check its path and who may read it`;
  }
}
