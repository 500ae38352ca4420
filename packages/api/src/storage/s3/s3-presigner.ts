import type { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import type { S3Connection, S3Credentials, S3Session, S3StoreSettings } from './s3-connection.js';

/** One request to permit. Query and headers are all signed. */
export interface PresignedRequest {
  readonly method: 'GET' | 'PUT';
  readonly objectKey: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresInSeconds: number;
}

/**
 * Signs URLs at the address by which browsers reach the store. It calls the SDK's signer itself: `getSignedUrl` walks the
 * whole middleware stack for each URL, ten times the work.
 */
export class S3Presigner {
  readonly #signer: S3RequestPresigner;
  /** Of the bucket; the key is appended. */
  readonly #base: URL;

  constructor(
    { presigning, client }: S3Session,
    settings: S3StoreSettings,
    private readonly connection: Pick<S3Connection, 'credentials' | 'storeClock'>,
  ) {
    const { credentials } = client.config;
    this.#signer = new presigning.S3RequestPresigner({ credentials, region: settings.region, sha256: client.config.sha256 });
    const endpoint = settings.publicEndpoint ?? settings.endpoint;
    this.#base = client.config.endpointProvider({
      Bucket: settings.bucket,
      Region: settings.region,
      ForcePathStyle: settings.forcePathStyle,
      ...(endpoint === null ? {} : { Endpoint: endpoint }),
    }).url;
  }

  /** Of every URL that it signs. */
  get origin(): string {
    return `${this.#base.protocol}//${this.#base.host}`;
  }

  async sign({ method, objectKey, query, headers, expiresInSeconds }: PresignedRequest): Promise<string> {
    const { protocol, hostname, host, port, pathname } = this.#base;
    const path = `${pathname.replace(/\/$/, '')}/${objectKey}`;
    const address = { protocol, hostname, path, ...(port === '' ? {} : { port: Number(port) }) };
    const expiresIn = await this.urlSeconds(expiresInSeconds);
    const signingDate = this.connection.storeClock.now();
    const request = { ...address, method, query: { ...query }, headers: { host, ...headers } };
    const signed = await this.#signer.presign(request, { expiresIn, signingDate });
    return `${protocol}//${host}${path}?${queryText(signed.query ?? {})}`;
  }

  /** How long a URL that is signed now works: no longer than the credentials. */
  async urlSeconds(wantedSeconds: number): Promise<number> {
    return Math.min(wantedSeconds, secondsLeft(await this.connection.credentials(), this.connection.storeClock.now()));
  }
}

/** A URL signed with temporary credentials dies with them: it must not say that it lives longer. */
function secondsLeft({ expiration }: S3Credentials, now: Date): number {
  return expiration === undefined ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor((expiration.getTime() - now.getTime()) / 1_000));
}

function queryText(query: Readonly<Record<string, string | string[] | null>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${encodeStrictly(name)}=${encodeStrictly(String(value))}`)
    .join('&');
}

/** Percent-encoding as RFC 3986 and Signature Version 4 have it. */
function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
