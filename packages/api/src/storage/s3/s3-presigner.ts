import type { S3Connection, S3Credentials, S3Session, S3StoreSettings } from './s3-connection.js';
import { UrlSigner, type SignedRequest } from './url-signer.js';

/** One request to permit. */
export interface PresignedRequest extends Pick<SignedRequest, 'method' | 'query' | 'headers' | 'expiresInSeconds'> {
  readonly objectKey: string;
}

/** Signs URLs at the address by which browsers reach the store. */
export class S3Presigner {
  readonly #signer: UrlSigner;
  /** Of the bucket; the key is appended. */
  readonly #base: URL;

  constructor(
    { client }: S3Session,
    settings: S3StoreSettings,
    private readonly connection: Pick<S3Connection, 'credentials' | 'storeClock'>,
  ) {
    this.#signer = new UrlSigner(settings.region);
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
    const { host, pathname } = this.#base;
    const path = `${pathname.replace(/\/$/, '')}/${objectKey}`;
    const credentials = await this.connection.credentials();
    const at = this.connection.storeClock.now();
    const expires = Math.min(expiresInSeconds, secondsLeft(credentials, at));
    return this.origin + this.#signer.sign({ method, host, path, query, headers, expiresInSeconds: expires, at }, credentials);
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
