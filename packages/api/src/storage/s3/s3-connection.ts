import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { systemClock, type Clock } from '../../kernel/clock.js';
import { OutgoingFilter } from '../../kernel/outgoing/outgoing-filter.js';
import { StorageFault, type StorageFaultReason } from '../storage-fault.js';
import { StoreClock } from './s3-clock.js';
import { isAbsence, s3FaultOf } from './s3-faults.js';

type Sdk = typeof import('@aws-sdk/client-s3');

/** How to reach a bucket, by the names of the environment (`S3_...`). */
export interface S3StoreSettings {
  /** null: AWS itself, at the region's own address. */
  readonly endpoint: string | null;
  /** The address by which browsers reach the same store, when it differs; signed URLs name it. */
  readonly publicEndpoint: string | null;
  readonly region: string;
  readonly bucket: string;
  /** Null, as the secret then is: the SDK's own chain looks for credentials (environment, files, the machine's role). */
  readonly accessKeyId: string | null;
  readonly secretAccessKey: string | null;
  readonly forcePathStyle: boolean;
}

/** How long a store is waited for that does not answer. */
export interface S3Patience {
  readonly connectMilliseconds: number;
  readonly smallOperationMilliseconds: number;
}

export interface S3Options {
  readonly patience?: S3Patience;
  readonly clock?: Clock;
  /** Where its requests may go; absent: the environment gives the addresses. */
  readonly filter?: OutgoingFilter;
}

/** Attempts and waits of one small operation end within 2 s, the time in which an outage must be answered. */
const PATIENCE: S3Patience = { connectMilliseconds: 800, smallOperationMilliseconds: 1_800 };
/** Complete may take S3 minutes for many parts; parts take as long as the line needs. Idle sockets end them. */
const LONG_OPERATION_MILLISECONDS = 120_000;
const IDLE_MILLISECONDS = 30_000;
const MAX_ATTEMPTS = 2;
/** A wait for a free socket counts as connecting; the SDK's 50 would make an outage of a busy hour. */
const MAX_SOCKETS = 256;

export type S3Credentials = Awaited<ReturnType<S3Client['config']['credentials']>>;

/** An open client with the SDK that made it. */
export interface S3Session {
  readonly sdk: Sdk;
  readonly client: S3Client;
}

/** A connection to one bucket's endpoint. The SDK is loaded at the first use, so that installations without S3 never pay for it. */
export class S3Connection {
  readonly #patience: S3Patience;
  #session: Promise<S3Session> | null = null;
  /** What the store's answers say of the time. */
  readonly storeClock: StoreClock;
  readonly filter: OutgoingFilter;
  /** Requests that failed, by reason, since it was made. */
  readonly faults = new Map<StorageFaultReason, number>();

  constructor(
    private readonly settings: S3StoreSettings,
    { patience = PATIENCE, clock = systemClock, filter = new OutgoingFilter('ANY') }: S3Options = {},
  ) {
    this.#patience = patience;
    this.filter = filter;
    this.storeClock = new StoreClock(clock);
  }

  session(): Promise<S3Session> {
    return (this.#session ??= this.#open().then((session) => {
      this.storeClock.listenTo(session.client);
      return session;
    }));
  }

  async #open(): Promise<S3Session> {
    const { endpoint } = this.settings;
    if (endpoint !== null) this.filter.requireAllowed(new URL(endpoint).hostname);
    return openSession(clientConfig(this.settings, this.#patience, this.filter));
  }

  /** The credentials at hand; temporary ones are fetched anew by the SDK some minutes before they end. @throws StorageFault */
  async credentials(): Promise<S3Credentials> {
    const { accessKeyId, secretAccessKey } = this.settings;
    if (accessKeyId !== null && secretAccessKey !== null) return { accessKeyId, secretAccessKey };
    return this.small(({ client }) => client.config.credentials());
  }

  /** One small request and its answer, within 2 s. @throws StorageFault */
  small<T>(work: (session: S3Session, options: { abortSignal: AbortSignal }) => Promise<T>): Promise<T> {
    return this.#send(work, this.#patience.smallOperationMilliseconds);
  }

  /** A request that moves bytes or makes the store work. A store that is down is still reported within 2 s. @throws StorageFault */
  long<T>(work: (session: S3Session, options: { abortSignal: AbortSignal }) => Promise<T>): Promise<T> {
    return this.#send(work, LONG_OPERATION_MILLISECONDS);
  }

  /** Closes the sockets. */
  async close(): Promise<void> {
    (await this.#session)?.client.destroy();
  }

  /** A store that is slow looks like one that is not there: neither key nor bucket is wrong, as far as anybody knows. */
  #slowness(milliseconds: number): string {
    const who = this.settings.accessKeyId === null ? 'the store, or what gives this machine its credentials,' : 'the store';
    return `S3_ENDPOINT: ${who} did not answer within ${milliseconds / 1_000} s: it is slow or cannot be reached from here; check its load and the network between.`;
  }

  /** The deadline ends what the SDK cannot abort, too: looking for credentials. */
  async #send<T>(work: (session: S3Session, options: { abortSignal: AbortSignal }) => Promise<T>, milliseconds: number): Promise<T> {
    const session = await this.session();
    const deadline = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new StorageFault('UNREACHABLE', this.#slowness(milliseconds), { code: 'TimeoutError' }));
        deadline.abort();
      }, milliseconds);
    });
    try {
      return await Promise.race([work(session, { abortSignal: deadline.signal }), tooLate]);
    } catch (error) {
      const fault = s3FaultOf(error);
      if (!isAbsence(fault)) this.faults.set(fault.reason, (this.faults.get(fault.reason) ?? 0) + 1);
      throw fault;
    } finally {
      clearTimeout(timer);
    }
  }
}

async function openSession(config: S3ClientConfig): Promise<S3Session> {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const sdk = await import('@aws-sdk/client-s3');
  return { sdk, client: new sdk.S3Client(config) };
}

function clientConfig(settings: S3StoreSettings, { connectMilliseconds }: S3Patience, { lookup }: OutgoingFilter): S3ClientConfig {
  const { accessKeyId, secretAccessKey } = settings;
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS, lookup };
  return {
    ...(settings.endpoint === null ? {} : { endpoint: settings.endpoint }),
    region: settings.region,
    ...(accessKeyId === null || secretAccessKey === null ? {} : { credentials: { accessKeyId, secretAccessKey } }),
    forcePathStyle: settings.forcePathStyle,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: {
      connectionTimeout: connectMilliseconds,
      socketTimeout: IDLE_MILLISECONDS,
      httpAgent: agent,
      httpsAgent: agent,
    },
  };
}
