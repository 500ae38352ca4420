import { QueryFailedError } from 'typeorm';

/** ER_DUP_ENTRY on MySQL; SQLITE_CONSTRAINT_UNIQUE and _PRIMARYKEY on SQLite. */
const UNIQUE_VIOLATIONS: ReadonlySet<number> = new Set([1062, 2067, 1555]);
/** ER_LOCK_WAIT_TIMEOUT and ER_LOCK_DEADLOCK: the transaction was undone and may be tried again. */
const RETRYABLE: ReadonlySet<number> = new Set([1205, 1213]);
const UNREACHABLE: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'ER_SERVER_SHUTDOWN',
]);

/** A text that SQLite would cut: it has a NUL character. The border refuses such texts; this is for what slips by. */
export class UnstorableText extends Error {
  constructor() {
    super('A text has a NUL character (U+0000): remove it.');
    this.name = 'UnstorableText';
  }
}

/** Whether a statement was refused because of a NUL in a text. */
export function isUnstorableText(error: unknown): boolean {
  return (error instanceof QueryFailedError ? error.driverError : error) instanceof UnstorableText;
}

interface DriverError {
  readonly errno?: number;
  readonly errcode?: number;
  readonly code?: string;
  readonly message?: string;
}

function driverErrorOf(error: unknown): DriverError {
  const inner: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return inner !== null && typeof inner === 'object' ? inner : {};
}

const numberOf = (error: DriverError): number => error.errno ?? error.errcode ?? 0;

/** Whether a statement broke a unique index, on either dialect. */
export function isUniqueViolation(error: unknown): boolean {
  return UNIQUE_VIOLATIONS.has(numberOf(driverErrorOf(error)));
}

/** How often a transaction that lost a race for locks is tried, and how long that may take: MySQL waits 50 seconds for one lock. */
const MAX_ATTEMPTS = 8;
const MAX_RETRY_MS = 10_000;

/**
 * Whether a transaction lost a race for locks and may be run again as it is.
 * @param attempt the one that failed, the first is 1 @param elapsedMs since the first began
 */
export function isRetryable(error: unknown, { attempt, elapsedMs }: { readonly attempt: number; readonly elapsedMs: number }): boolean {
  return RETRYABLE.has(numberOf(driverErrorOf(error))) && attempt < MAX_ATTEMPTS && elapsedMs < MAX_RETRY_MS;
}

/** Whether the database did not answer at all. */
export function isDatabaseUnreachable(error: unknown): boolean {
  const { code, message } = driverErrorOf(error);
  return UNREACHABLE.has(code ?? '') || message === 'Pool is closed.' || message === 'Queue limit reached.';
}
