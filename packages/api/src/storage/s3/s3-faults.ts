import { OutgoingRefused } from '../../kernel/outgoing/outgoing-filter.js';
import { adviseOnS3 } from './s3-advice.js';
import { StorageFault, type StorageFaultReason } from '../storage-fault.js';

const FULL_CODES = new Set(['QuotaExceeded', 'XMinioStorageFull', 'InsufficientStorage']);
const INSUFFICIENT_STORAGE_STATUS = 507;
const BUSY_STATUSES = new Set([429, 500, 502, 503, 504]);
/** Answered with 400, or not asked at all. */
const DENIED_CODES = new Set(['CredentialsProviderError', 'ExpiredToken', 'ExpiredTokenException', 'InvalidToken']);
const DENIED_STATUSES = new Set([401, 403]);
const NO_BUCKET_CODES = new Set([
  'NoSuchBucket',
  'PermanentRedirect',
  'AuthorizationHeaderMalformed',
  'IllegalLocationConstraintException',
]);
/** HEAD has no body to name its error in: NotFound. */
const ABSENT_CODES = new Set(['NoSuchKey', 'NoSuchUpload', 'NotFound']);

/** What the SDK notes on every error of the service. */
interface ServiceAnswer {
  readonly httpStatusCode?: number;
  readonly requestId?: string;
}

/**
 * What a failed S3 request means. The SDK's error itself is left behind: it holds the whole exchange, signatures and
 * sockets included, and none of that belongs in a log.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function s3FaultOf(error: unknown): StorageFault {
  if (error instanceof StorageFault) return error;
  if (error instanceof OutgoingRefused) return new StorageFault('DENIED', `S3_ENDPOINT: ${error.message}`, { code: error.code });
  const answer = answerOf(error);
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const where = answer ? `HTTP ${answer.httpStatusCode}, request ${answer.requestId}` : 'no answer';
  const advice = adviseOnS3(code, answer?.httpStatusCode ?? null);
  return new StorageFault(reasonOf(code, answer), `${advice} (${detailOf(code, message)}; ${where})`, { code });
}

/** The SDK says UnknownError where the store gave no text, and OpenSSL's texts have several lines. */
function detailOf(code: string, message: string): string {
  return message === 'UnknownError' || message.includes('\n') ? code : `${code}: ${message}`;
}

/** The store took the request but left out what its answer must hold. @param what for example `ETag` */
export function missingAnswer(what: string): never {
  throw new StorageFault('FAILED', `The object store answered without ${what}.`);
}

/** Whether the store said that there is no such object or upload. A missing bucket is a fault, not an absence. */
export function isAbsence(error: unknown): boolean {
  return error instanceof StorageFault && ABSENT_CODES.has(error.code);
}

/** Runs a request; `absent` is the answer when there is no such object or upload. @throws StorageFault otherwise */
export async function orAbsent<T, A>(absent: A, request: () => Promise<T>): Promise<T | A> {
  try {
    return await request();
  } catch (error) {
    if (isAbsence(error)) return absent;
    throw error;
  }
}

/** The service's name for the error (`NoSuchKey`), else the network's (`ECONNREFUSED`), else the SDK's (`TimeoutError`). */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return answerOf(error) === null && 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function reasonOf(code: string, answer: ServiceAnswer | null): StorageFaultReason {
  const status = answer?.httpStatusCode;
  if (DENIED_CODES.has(code)) return 'DENIED';
  if (status === undefined) return 'UNREACHABLE';
  if (FULL_CODES.has(code) || status === INSUFFICIENT_STORAGE_STATUS) return 'FULL';
  if (code === 'RequestTimeTooSkewed') return 'CLOCK';
  if (NO_BUCKET_CODES.has(code)) return 'NO_BUCKET';
  if (BUSY_STATUSES.has(status)) return 'UNREACHABLE';
  return DENIED_STATUSES.has(status) ? 'DENIED' : 'FAILED';
}

/** null when the service never answered: a network error, a timeout. */
function answerOf(error: unknown): ServiceAnswer | null {
  if (!(error instanceof Error) || !('$metadata' in error)) return null;
  const metadata = error.$metadata as ServiceAnswer; // the SDK's ServiceException declares exactly this
  return metadata.httpStatusCode === undefined ? null : metadata;
}
