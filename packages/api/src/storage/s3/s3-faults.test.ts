import { describe, expect, test } from 'vitest';
import { s3FaultOf } from './s3-faults.js';

/** An error as the SDK throws it. @param status null: no answer came */
const sdkError = (name: string, status: number | null): Error =>
  Object.assign(new Error('UnknownError'), {
    name,
    ...(status === null ? {} : { $metadata: { httpStatusCode: status, requestId: 'r1' } }),
  });

describe('a fault of S3', () => {
  test.each([
    ['InvalidAccessKeyId', 403, 'DENIED', 'S3_ACCESS_KEY_ID:'],
    ['SignatureDoesNotMatch', 403, 'DENIED', 'S3_SECRET_ACCESS_KEY:'],
    ['AccessDenied', 403, 'DENIED', 'S3_ACCESS_KEY_ID: the store knows this key'],
    ['Unknown', 403, 'DENIED', 'S3_ACCESS_KEY_ID: the store refuses'],
    ['ExpiredToken', 400, 'DENIED', 'The temporary credentials'],
    ['NoSuchBucket', 404, 'NO_BUCKET', 'S3_BUCKET:'],
    ['PermanentRedirect', 301, 'NO_BUCKET', 'S3_REGION:'],
    ['AuthorizationHeaderMalformed', 400, 'NO_BUCKET', 'S3_REGION:'],
    ['RequestTimeTooSkewed', 403, 'CLOCK', 'The clock of this machine is more than 15 minutes off'],
    ['SlowDown', 503, 'UNREACHABLE', 'The object store failed.'],
    ['TooManyRequests', 429, 'UNREACHABLE', ''],
    ['InternalError', 500, 'UNREACHABLE', ''],
    ['BadGateway', 502, 'UNREACHABLE', ''],
    ['GatewayTimeout', 504, 'UNREACHABLE', ''],
    ['InvalidRequest', 400, 'FAILED', ''],
    ['InsufficientStorage', 507, 'FULL', ''],
    ['QuotaExceeded', 403, 'FULL', 'The store is full; free space'],
    ['UnknownError', 404, 'FAILED', 'S3_ENDPOINT: what answers there is no S3 store'],
    ['TimeoutError', null, 'UNREACHABLE', 'S3_ENDPOINT: the store does not answer'],
  ])('%s (%s) is %s, and its first words are what to look at', (name, status, reason, words) => {
    const fault = s3FaultOf(sdkError(name, status));
    expect([fault.reason, fault.code]).toEqual([reason, name]);
    expect(fault.message.startsWith(words), fault.message).toBe(true);
    expect(fault.message).not.toMatch(/UnknownError: UnknownError/);
  });
});
