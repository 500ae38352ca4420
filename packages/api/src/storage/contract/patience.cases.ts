import type { S3Patience } from '../s3/s3-connection.js';

/** For tests of anything but outages: a store on a slow machine is no store that is down. */
export const PATIENT: S3Patience = { connectMilliseconds: 30_000, smallOperationMilliseconds: 30_000 };
