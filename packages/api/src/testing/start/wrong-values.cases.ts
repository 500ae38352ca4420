import type { RawEnvironment, VariableName } from '../../config/variables.js';
import { TEST_PASSWORD, TEST_SECRET } from './start-in-process.js';

/** A wrong value of one variable, and the one sentence that the operator reads. */
export interface WrongValue {
  readonly value: string;
  /** What is given besides. */
  readonly beside?: RawEnvironment;
  readonly sentence: string;
  /** The server starts all the same, and says so. */
  readonly starts?: true;
  /** What the test needs to have. */
  readonly needs?: 'MariaDB' | 'S3';
}

const server = new URL(process.env['TEST_DATABASE_URL'] ?? 'mysql://slipway:secret-word@127.0.0.1:14306');
const place = `${server.hostname}:${server.port}`;
const databaseUrl = (rest: string): string => `mysql://${server.username}:${server.password}@${place}${rest}`;
const withSecret = { APP_SECRET: TEST_SECRET };
const keys = {
  S3_ACCESS_KEY_ID: process.env['TEST_S3_ACCESS_KEY_ID'] ?? '',
  S3_SECRET_ACCESS_KEY: process.env['TEST_S3_SECRET_ACCESS_KEY'] ?? '',
};
const storeAt = { S3_ENDPOINT: process.env['TEST_S3_ENDPOINT'] ?? '', S3_BUCKET: 'slipway-no-such-bucket', ...keys };
const withBucket = { S3_BUCKET: 'releases', S3_ACCESS_KEY_ID: 'a-key', S3_SECRET_ACCESS_KEY: 'a-secret' };
const UNUSABLE = 'Warning: the file store cannot be used yet, so nothing is uploaded or deleted.';
const BAD_KEY = 'expected letters, digits and signs without blanks, quotes or line breaks; copy it again';
const PROXIES = 'TRUSTED_PROXIES: expected addresses or ranges between commas, such as 10.0.0.5, 10.1.0.0/16, got';
const DATABASE_URL =
  'DATABASE_URL: expected a URL such as mysql://slipway:password@db.example.com:3306/slipway; in a password, write signs such as # / ? @ % as %23 %2F %3F %40 %25';
const TLS = 'DATABASE_URL: expected ssl=true or false, or sslmode=verify-full, verify-ca, no-verify or disable';

const SMTP_URL = 'SMTP_URL: expected smtp://user:password@host:587, or smtps:// for TLS from the start';

/** Every variable that the configuration knows: one without a wrong value here does not compile. */
export const WRONG_VALUES: Readonly<Record<VariableName, readonly WrongValue[]>> = {
  PORT: [
    { value: 'abc', sentence: 'PORT: expected 0 to 65535, got "abc"' },
    { value: '70000', sentence: 'PORT: expected 0 to 65535, got "70000"' },
    { value: '-1', sentence: 'PORT: expected 0 to 65535, got "-1"' },
    {
      value: server.port,
      needs: 'MariaDB',
      sentence: `PORT: another program listens on 127.0.0.1, port ${server.port}; stop it, or choose another port.`,
    },
  ],
  HOST: [
    {
      value: '127.0.0.1:4000',
      sentence: 'HOST: expected an address or a host name without scheme and port, such as 127.0.0.1, 0.0.0.0 or ::1, got "127.0.0.1:4000"',
    },
    {
      value: 'http://localhost',
      sentence:
        'HOST: expected an address or a host name without scheme and port, such as 127.0.0.1, 0.0.0.0 or ::1, got "http://localhost"',
    },
    {
      value: '192.0.2.77',
      sentence: 'HOST: this machine has no address 192.0.2.77; use one of its own, 127.0.0.1, or 0.0.0.0 for all of them.',
    },
    {
      value: 'nowhere.invalid',
      sentence: 'HOST: there is no host named nowhere.invalid; use an address of this machine, 127.0.0.1, or 0.0.0.0 for all of them.',
    },
  ],
  DATA_DIR: [
    {
      value: '~/slipway',
      sentence: 'DATA_DIR: expected a path, got "~/slipway": nothing replaces the ~ here, so write out what it stands for',
    },
    {
      value: '/proc/nope',
      sentence: 'DATA_DIR: the folder /proc/nope cannot be made or written (ENOENT); name a folder that this user may write.',
    },
    {
      value: '/dev/null',
      sentence: 'DATA_DIR: the folder /dev/null is a file, or lies below one; name a folder that this user may write.',
    },
    {
      value: '/dev/null/data',
      sentence: 'DATA_DIR: the folder /dev/null/data is a file, or lies below one; name a folder that this user may write.',
    },
  ],
  PUBLIC_URL: [
    {
      value: 'downloads.example.com',
      sentence: 'PUBLIC_URL: expected a URL such as https://downloads.example.com, got "downloads.example.com"',
    },
    {
      value: 'ftp://downloads.example.com',
      sentence: 'PUBLIC_URL: expected a URL such as https://downloads.example.com, got "ftp://downloads.example.com"',
    },
    {
      value: 'https://example.com/downloads',
      sentence:
        'PUBLIC_URL: the path "/downloads" cannot be served: give Slipway a host name of its own, such as https://downloads.example.com',
    },
    {
      value: 'https://example.com/?a=b',
      sentence: 'PUBLIC_URL: expected a URL without ? and #, such as https://downloads.example.com, got "https://example.com/?a=b"',
    },
    {
      value: 'https://user:secret-word@example.com',
      sentence: 'PUBLIC_URL: expected a URL without user and password, such as https://downloads.example.com',
    },
  ],
  TRUSTED_PROXIES: [
    { value: 'banana', sentence: `${PROXIES} "banana"` },
    { value: '*', sentence: 'TRUSTED_PROXIES: "*" would let every visitor claim any address; name the addresses of your proxies' },
    {
      value: '0.0.0.0/0',
      sentence: 'TRUSTED_PROXIES: "0.0.0.0/0" would let every visitor claim any address; name the addresses of your proxies',
    },
    { value: '10.0.0.1;10.0.0.2', sentence: `${PROXIES} "10.0.0.1;10.0.0.2"` },
    { value: '10.0.0.0/33', sentence: `${PROXIES} "10.0.0.0/33"` },
    {
      value: '0.0.0.0/0.0.0.0',
      sentence: 'TRUSTED_PROXIES: "0.0.0.0/0.0.0.0" would let every visitor claim any address; name the addresses of your proxies',
    },
    { value: '10.0.0.0/255.0.255.0', sentence: `${PROXIES} "10.0.0.0/255.0.255.0"` },
    { value: '2001:db8::/255.0.0.0', sentence: `${PROXIES} "2001:db8::/255.0.0.0"` },
    { value: '2001:db8::/129', sentence: `${PROXIES} "2001:db8::/129"` },
    { value: '10.0.0.1,', sentence: `${PROXIES} a comma with nothing after it` },
    { value: ',10.0.0.1', sentence: `${PROXIES} a comma with nothing before it` },
    { value: 'true', sentence: `${PROXIES} "true"` },
  ],
  DATABASE_URL: [
    { value: 'postgres://slipway:secret-word@db/slipway', beside: withSecret, sentence: DATABASE_URL },
    { value: 'mysql://slipway:secret#word@db/slipway', beside: withSecret, sentence: DATABASE_URL },
    {
      value: 'mysql://slipway:secret%word@db/slipway',
      beside: withSecret,
      sentence: 'DATABASE_URL: a % stands there that begins no %XX; write a % of the password as %25',
    },
    {
      value: 'mysql://slipway:secret-word@db.example.com',
      beside: withSecret,
      sentence: 'DATABASE_URL: the name of the database is missing at its end, as in mysql://slipway:password@db.example.com:3306/slipway',
    },
    // A password whose first part could be a port, or with an @ of its own: URL parsers take the rest for something else.
    ...[
      'mysql://slipway:123?secret-word@db/slipway',
      'mysql://slipway:123#secret-word@db/slipway',
      'mysql://slipway:123/secret-word@db',
      'mysql://slipway:123/secret?word@db/slipway',
      'mysql://slipway:123/secret?sslword@db/slipway',
      'mysql://slipway:123/secret?word=a@db/slipway',
      'mysql://slipway:a@b?secret-word@db/slipway',
      'mysql://slipway:secret-word@db/slipway#word',
    ].map((value) => ({ value, beside: withSecret, sentence: DATABASE_URL })),
    ...['sslmod=require', 'useSSL=true', 'tls=1'].map((parameter) => ({
      value: `mysql://slipway:secret-word@db/slipway?${parameter}`,
      beside: withSecret,
      sentence:
        'DATABASE_URL: what asks for TLS there is not known, and the connection would be plain; known are: ssl, sslmode, ssl-mode, sslrootcert, ssl-ca',
    })),
    { value: 'mysql://slipway:secret-word@db/slipway?ssl=yes', beside: withSecret, sentence: TLS },
    { value: 'mysql://slipway:secret-word@db/slipway?sslmode=prefer', beside: withSecret, sentence: TLS },
    {
      value: 'mysql://slipway:secret-word@db/slipway?sslrootcert=/nowhere/ca.pem',
      beside: withSecret,
      sentence: 'DATABASE_URL: the file /nowhere/ca.pem with the CA cannot be read (ENOENT); check its path and who may read it',
    },
    {
      value: 'mysql://slipway:secret-word@db/slipway?sslrootcert=/dev/null',
      beside: withSecret,
      sentence: 'DATABASE_URL: the file /dev/null holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)',
    },
    {
      value: 'mysql://slipway:secret-word@db/slipway?ssl=false&ssl-ca=/dev/null',
      beside: withSecret,
      sentence: 'DATABASE_URL: a CA is given, but TLS is switched off; remove one of the two',
    },
    {
      value: 'mysql://slipway:secret-word@127.0.0.1/slipway?ssl=true',
      beside: withSecret,
      sentence:
        'DATABASE_URL: a certificate is compared with the name of its host, and an address stands there; use the name, or sslmode=verify-ca',
    },
    {
      value: 'mysql://slipway:secret-word@127.0.0.1:1/slipway',
      beside: withSecret,
      sentence: 'DATABASE_URL: nothing answers at 127.0.0.1:1; check host and port, and that the database runs.',
    },
    {
      value: 'mysql://slipway:secret-word@nowhere.invalid/slipway',
      beside: withSecret,
      sentence: 'DATABASE_URL: there is no host named nowhere.invalid; check its spelling, and the DNS of this machine.',
    },
    {
      value: databaseUrl('/slipway_no_such_database'),
      beside: withSecret,
      needs: 'MariaDB',
      sentence: `DATABASE_URL: there is no database slipway_no_such_database at ${place}; create it with CREATE DATABASE slipway_no_such_database CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
    },
    {
      value: `mysql://${server.username}:wrong-word@${place}/slipway`,
      beside: withSecret,
      needs: 'MariaDB',
      sentence: `DATABASE_URL: the database at ${place} refuses the user ${server.username} with this password; check both.`,
    },
    {
      value: 'mysql://slipway:secret-word@db/slipway',
      sentence: 'APP_SECRET: needed with DATABASE_URL, the same for every replica; make one with: openssl rand -base64 48',
    },
  ],
  APP_SECRET: [{ value: 'short-one', sentence: 'APP_SECRET: expected at least 32 characters; make one with: openssl rand -base64 48' }],
  S3_ENDPOINT: [
    {
      value: 's3.example.com',
      beside: withBucket,
      sentence: 'S3_ENDPOINT: expected a URL such as https://s3.eu-central-1.amazonaws.com, got "s3.example.com"',
    },
    {
      value: 'https://user:secret-word@s3.example.com',
      beside: withBucket,
      sentence: 'S3_ENDPOINT: expected a URL without user and password, such as https://s3.eu-central-1.amazonaws.com',
    },
    { value: 'https://s3.example.com', sentence: 'S3_BUCKET: needed because other S3 settings are given' },
    {
      value: 'http://127.0.0.1:1',
      beside: withBucket,
      starts: true,
      sentence: `${UNUSABLE} S3_ENDPOINT: nothing listens there; check its host and port, and that the store runs.`,
    },
    {
      value: 'http://nowhere.invalid',
      beside: withBucket,
      starts: true,
      sentence: `${UNUSABLE} S3_ENDPOINT: there is no host of this name; check its spelling, and the DNS of this machine.`,
    },
    {
      value: `http://${place}`,
      beside: withBucket,
      needs: 'MariaDB',
      starts: true,
      sentence: `${UNUSABLE} S3_ENDPOINT: what answers there is no S3 store, or not for this bucket; check its address and port, and S3_BUCKET.`,
    },
    {
      value: storeAt.S3_ENDPOINT.replace('http:', 'https:'),
      beside: withBucket,
      needs: 'S3',
      starts: true,
      sentence: `${UNUSABLE} S3_ENDPOINT: no secure connection can be made to it; check http or https, and the certificate of the store.`,
    },
  ],
  S3_PUBLIC_ENDPOINT: [
    {
      value: 'files.example.com',
      beside: withBucket,
      sentence: 'S3_PUBLIC_ENDPOINT: expected a URL such as https://files.example.com, got "files.example.com"',
    },
    {
      value: 'https://files.example.com/?x',
      beside: withBucket,
      sentence: 'S3_PUBLIC_ENDPOINT: expected a URL without ? and #, such as https://files.example.com, got "https://files.example.com/?x"',
    },
  ],
  S3_REGION: [
    {
      value: 'EU (Frankfurt)',
      beside: withBucket,
      sentence: 'S3_REGION: expected the short name of a region, such as eu-central-1, got "EU (Frankfurt)"',
    },
  ],
  S3_BUCKET: [
    {
      value: 's3://releases/',
      sentence: 'S3_BUCKET: expected the name of a bucket, without s3:// and slashes, such as slipway-releases, got "s3://releases/"',
    },
    {
      value: storeAt.S3_BUCKET,
      beside: storeAt,
      needs: 'S3',
      starts: true,
      sentence: `${UNUSABLE} S3_BUCKET: the store has no bucket of this name; make it, or correct the name, or S3_ENDPOINT and S3_REGION, which say where it is looked for.`,
    },
  ],
  S3_ACCESS_KEY_ID: [
    { value: 'two words', beside: { S3_BUCKET: 'releases', S3_SECRET_ACCESS_KEY: 'a-secret' }, sentence: `S3_ACCESS_KEY_ID: ${BAD_KEY}` },
    {
      value: 'a-key',
      beside: { S3_BUCKET: 'releases' },
      sentence: "S3_SECRET_ACCESS_KEY: needed with S3_ACCESS_KEY_ID; give neither to use the machine's own role",
    },
    {
      value: 'wrong-key',
      beside: storeAt,
      needs: 'S3',
      starts: true,
      sentence: `${UNUSABLE} S3_ACCESS_KEY_ID: the store does not know this key; copy it again, and check that it is one of this store (S3_ENDPOINT).`,
    },
  ],
  S3_SECRET_ACCESS_KEY: [
    { value: 'a-secret\n', beside: { S3_BUCKET: 'releases', S3_ACCESS_KEY_ID: 'a-key' }, sentence: `S3_SECRET_ACCESS_KEY: ${BAD_KEY}` },
    {
      value: 'a-secret',
      beside: { S3_BUCKET: 'releases' },
      sentence: "S3_ACCESS_KEY_ID: needed with S3_SECRET_ACCESS_KEY; give neither to use the machine's own role",
    },
    {
      value: 'wrong-secret',
      beside: storeAt,
      needs: 'S3',
      starts: true,
      sentence: `${UNUSABLE} S3_SECRET_ACCESS_KEY: the store refuses what was signed with it; copy the secret that belongs to S3_ACCESS_KEY_ID again.`,
    },
  ],
  S3_FORCE_PATH_STYLE: [{ value: 'yes', beside: withBucket, sentence: 'S3_FORCE_PATH_STYLE: expected true or false, got "yes"' }],
  LOG_FORMAT: [{ value: 'xml', sentence: 'LOG_FORMAT: expected text or json, got "xml"' }],
  ACCESS_LOG: [{ value: 'yes', sentence: 'ACCESS_LOG: expected on or off, got "yes"' }],
  METRICS_ALLOWED_FROM: [
    {
      value: 'prometheus.internal',
      sentence:
        'METRICS_ALLOWED_FROM: expected addresses or ranges between commas, such as 10.0.0.5, 10.1.0.0/16, got "prometheus.internal"',
    },
  ],
  ALLOWED_PRIVATE_HOSTS: [
    {
      value: 'minio.internal, http://10.0.0.1',
      sentence:
        'ALLOWED_PRIVATE_HOSTS: expected hosts, addresses or ranges between commas, such as minio.internal, 10.1.0.0/16, got "http://10.0.0.1"',
    },
    {
      value: '10.0.0.0/33',
      sentence:
        'ALLOWED_PRIVATE_HOSTS: expected hosts, addresses or ranges between commas, such as minio.internal, 10.1.0.0/16, got "10.0.0.0/33"',
    },
  ],
  SMTP_URL: [
    { value: 'smtp.example.com', beside: { MAIL_FROM: 'a@example.com' }, sentence: SMTP_URL },
    { value: 'https://smtp.example.com', beside: { MAIL_FROM: 'a@example.com' }, sentence: SMTP_URL },
    { value: 'smtps://smtp.example.com/path', beside: { MAIL_FROM: 'a@example.com' }, sentence: SMTP_URL },
    { value: 'smtps://smtp.example.com', sentence: 'MAIL_FROM: needed with SMTP_URL: the address that mail comes from' },
  ],
  MAIL_FROM: [{ value: 'Aurora', sentence: 'MAIL_FROM: "Aurora" is not an e-mail address: write it like name@example.com.' }],
  ADMIN_EMAIL: [
    {
      value: 'admin',
      beside: { ADMIN_PASSWORD: TEST_PASSWORD },
      sentence: 'ADMIN_EMAIL: "admin" is not an e-mail address: write it like name@example.com.',
    },
    { value: 'admin@slipway.example', sentence: 'ADMIN_EMAIL and ADMIN_PASSWORD: give both or none' },
    {
      value: 'a@b',
      beside: { ADMIN_PASSWORD: TEST_PASSWORD },
      sentence: 'ADMIN_EMAIL: "a@b" is not an e-mail address: write it like name@example.com.',
    },
  ],
  ADMIN_PASSWORD: [
    { value: 'seven77', beside: { ADMIN_EMAIL: 'admin@slipway.example' }, sentence: 'ADMIN_PASSWORD: expected at least 8 characters' },
    { value: TEST_PASSWORD, sentence: 'ADMIN_EMAIL and ADMIN_PASSWORD: give both or none' },
    {
      value: 'password123',
      beside: { ADMIN_EMAIL: 'admin@slipway.example' },
      sentence:
        'ADMIN_PASSWORD: This password is one of the first that others would try: use four or more words that do not belong together.',
    },
  ],
  SAMPLE_DATA: [{ value: '1', sentence: 'SAMPLE_DATA: expected on or off, got "1"' }],
  LOG_LEVEL: [
    { value: 'verbose', sentence: 'LOG_LEVEL: expected fatal or error or warn or info or debug or trace or silent, got "verbose"' },
  ],
  STORE_SETTLE_SECONDS: [
    { value: '-1', sentence: 'STORE_SETTLE_SECONDS: expected 0 to 3600 seconds, got "-1"' },
    { value: '2m', sentence: 'STORE_SETTLE_SECONDS: expected 0 to 3600 seconds, got "2m"' },
  ],
  STOP_GRACE_SECONDS: [{ value: '90000', sentence: 'STOP_GRACE_SECONDS: expected 0 to 86400 seconds, got "90000"' }],
  ANONYMOUS_REQUESTS_PER_MINUTE: [{ value: '-1', sentence: 'ANONYMOUS_REQUESTS_PER_MINUTE: expected 0 to 10000000 requests, got "-1"' }],
  CREDENTIAL_REQUESTS_PER_MINUTE: [
    { value: 'many', sentence: 'CREDENTIAL_REQUESTS_PER_MINUTE: expected 0 to 10000000 requests, got "many"' },
  ],
  STOP_DRAIN_SECONDS: [{ value: '1.5', sentence: 'STOP_DRAIN_SECONDS: expected 0 to 3600 seconds, got "1.5"' }],
};
