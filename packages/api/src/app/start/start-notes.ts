import { isPlainHttp } from '../../kernel/text/is-plain-http.js';
import { hasUnknownParameters, readDatabaseUrl } from '../../database/connection/database-url.js';
import { TLS_PARAMETERS } from '../../database/connection/database-tls.js';
import type { Config } from '../../config.js';

const LOCAL = /\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:|$)/;

/** What the operator should know of this way to run it, a line each. */
export function startNotes(config: Config): string[] {
  return [...addressNotes(config), ...databaseNotes(config), ...replicaNotes(config)];
}

function addressNotes({ publicUrl, trustedProxies, s3 }: Config): string[] {
  const notes: string[] = [];
  const isHttps = publicUrl.startsWith('https:');
  const storeUrl = s3?.publicEndpoint ?? s3?.endpoint ?? null;
  if (!isHttps && !LOCAL.test(publicUrl))
    notes.push('Warning: PUBLIC_URL is http, so session cookies are sent without Secure. Use https in production.');
  // Slipway itself speaks http: with https somebody stands in front of it.
  if (isHttps && trustedProxies.length === 0)
    notes.push(
      'Warning: PUBLIC_URL is https, so a proxy stands in front, but TRUSTED_PROXIES does not name it: visitors are not told apart, ' +
        'and guesses of license keys are not counted by address. Set TRUSTED_PROXIES to the address from which your proxy connects.',
    );
  if (isHttps && storeUrl !== null && isPlainHttp(storeUrl))
    notes.push(
      `Warning: PUBLIC_URL is https, but browsers are sent to the file store at ${storeUrl}, which they refuse. Give the store https, or set S3_PUBLIC_ENDPOINT to its https address.`,
    );
  return notes;
}

function databaseNotes({ databaseUrl }: Config): string[] {
  if (databaseUrl === null) return [];
  const notes: string[] = [];
  if (readDatabaseUrl(databaseUrl).tls?.verify === 'NONE')
    notes.push('Warning: DATABASE_URL says that the certificate of the database is not verified: whoever is in between can read along.');
  if (hasUnknownParameters(databaseUrl))
    notes.push(
      `Warning: DATABASE_URL has something after its ? that Slipway does not read and that changes nothing; it reads ${TLS_PARAMETERS.join(', ')}.`,
    );
  return notes;
}

function replicaNotes({ databaseUrl, s3 }: Config): string[] {
  const lacking = [databaseUrl === null ? 'DATABASE_URL' : '', s3 === null ? 'S3' : ''].filter((name) => name !== '');
  return lacking.length === 1 ? [`One process only: several replicas need ${lacking[0]} as well.`] : [];
}
