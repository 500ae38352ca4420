import { readDatabaseUrl, type DatabaseAddress } from '../../database/connection/database-url.js';
import { StartFault } from '../../kernel/problem/start-fault.js';

type Sentence = (address: DatabaseAddress, where: string) => string;

const BAD_CERTIFICATE: Sentence = (_, where) =>
  `the certificate of the database at ${where} is not signed by an authority that is trusted here; name its CA with ?sslmode=verify-full&sslrootcert=/path/ca.pem`;

/** By the code of the driver, of the network or of TLS. @see https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html */
const DATABASE_SENTENCES: Readonly<Record<string, Sentence>> = {
  ECONNREFUSED: (_, where) => `nothing answers at ${where}; check host and port, and that the database runs.`,
  ENOTFOUND: ({ host }) => `there is no host named ${host}; check its spelling, and the DNS of this machine.`,
  EAI_AGAIN: ({ host }) => `the host name ${host} cannot be looked up; check its spelling, and the DNS of this machine.`,
  ETIMEDOUT: (_, where) => `no answer came from ${where}; check host, port and firewall.`,
  EHOSTUNREACH: (_, where) => `there is no way to ${where}; check host and network.`,
  ER_ACCESS_DENIED_ERROR: ({ user }, where) => `the database at ${where} refuses the user ${user} with this password; check both.`,
  ER_DBACCESS_DENIED_ERROR: ({ user, name }) =>
    `the user ${user} may not use the database ${name}; as its administrator, run GRANT ALL ON ${name}.* TO ...`,
  ER_BAD_DB_ERROR: ({ name }, where) =>
    `there is no database ${name} at ${where}; create it with CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
  ER_TABLEACCESS_DENIED_ERROR: ({ user, name }) =>
    `the user ${user} may not make tables in ${name}; as its administrator, run GRANT ALL ON ${name}.* TO ...`,
  HANDSHAKE_NO_SSL_SUPPORT: (_, where) => `the database at ${where} offers no TLS; switch it on there, or leave out sslmode.`,
  ER_SECURE_TRANSPORT_REQUIRED: (_, where) =>
    `the database at ${where} wants TLS; add ?sslmode=verify-full, and &sslrootcert=/path/ca.pem for a CA of your own.`,
  CERT_UNTRUSTED: BAD_CERTIFICATE,
  CERT_HAS_EXPIRED: (_, where) => `the certificate of the database at ${where} has expired; renew it there.`,
  ERR_TLS_CERT_ALTNAME_INVALID: ({ host }) =>
    `the certificate of the database is not for the host ${host}; use the name it was made for, or sslmode=verify-ca.`,
};

/** By the words of OpenSSL and Node. */
function tlsCodeOf(message: string): string {
  if (/does not match certificate/i.test(message)) return 'ERR_TLS_CERT_ALTNAME_INVALID';
  if (/expired/i.test(message)) return 'CERT_HAS_EXPIRED';
  return /self.signed|unable to (?:get|verify)|signature failure/i.test(message) ? 'CERT_UNTRUSTED' : 'HANDSHAKE_SSL_ERROR';
}

/** Why the database of a URL cannot be used. */
export function databaseFault(url: string, error: unknown): StartFault {
  if (error instanceof StartFault) return error;
  const address = readDatabaseUrl(url);
  const { code: given = '', message } = error as NodeJS.ErrnoException;
  // The driver has one code for all that goes wrong in TLS.
  const code = given === 'HANDSHAKE_SSL_ERROR' ? tlsCodeOf(message) : given;
  const sentence =
    DATABASE_SENTENCES[code]?.(address, `${address.host}:${address.port}`) ??
    `the database at ${address.host}:${address.port} cannot be used (${code === '' ? message : `${code}: ${message}`}).`;
  return new StartFault(`DATABASE_URL: ${sentence}`, { cause: error });
}

/** What SQLite says itself, of a file that is no database for example. */
const SQLITE_ERROR = 'ERR_SQLITE_ERROR';

/** Why the data folder cannot be used. @param folder as it was given */
export function dataFolderFault(folder: string, error: unknown): StartFault {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === SQLITE_ERROR)
    return new StartFault(
      `DATA_DIR: the database in ${folder} cannot be opened (${message}); put slipway.sqlite back from a backup, or name another folder.`,
      {
        cause: error,
      },
    );
  const what = code === 'EEXIST' || code === 'ENOTDIR' ? 'is a file, or lies below one' : `cannot be made or written (${code ?? message})`;
  return new StartFault(`DATA_DIR: the folder ${folder} ${what}; name a folder that this user may write.`, { cause: error });
}

const LISTEN_SENTENCES: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) => `PORT: another program listens on ${host}, port ${port}; stop it, or choose another port.`,
  EACCES: (_, port) =>
    `PORT: this user may not listen on port ${port}; choose one above 1023, and let a proxy or the system forward to it.`,
  EADDRNOTAVAIL: (host) => `HOST: this machine has no address ${host}; use one of its own, 127.0.0.1, or 0.0.0.0 for all of them.`,
  ENOTFOUND: (host) => `HOST: there is no host named ${host}; use an address of this machine, 127.0.0.1, or 0.0.0.0 for all of them.`,
  EAFNOSUPPORT: (host) => `HOST: this machine has no IPv6, which ${host} is; use 127.0.0.1, or 0.0.0.0 for all addresses.`,
};

/** Why nothing can be served at an address. */
export function listenFault({ host, port }: { readonly host: string; readonly port: number }, error: unknown): StartFault {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const sentence = LISTEN_SENTENCES[code]?.(host, port) ?? `HOST and PORT: nothing can listen on ${host}, port ${port} (${message}).`;
  return new StartFault(sentence, { cause: error });
}
