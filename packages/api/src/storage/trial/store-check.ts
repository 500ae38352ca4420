import type { StorageFieldName } from '@slipway/shared';

/** What is tried with a store, in this order. */
export const STORE_CHECK_KINDS = [
  'REACH',
  'SIGN_IN',
  'WRITE',
  'READ',
  'PRIVATE',
  'DELETE',
  'MULTIPART',
  'CORS',
  'CLOCK',
  'VERSIONS',
] as const;
export type StoreCheckKind = (typeof STORE_CHECK_KINDS)[number];

/** `WARNING`: the store works, and somebody should know. `SKIPPED`: it could not be tried, or an earlier check failed. */
export const STORE_VERDICTS = ['PASSED', 'WARNING', 'FAILED', 'SKIPPED'] as const;
export type StoreVerdict = (typeof STORE_VERDICTS)[number];

/** What mends a fault, ready to be copied: a policy, a rule, a command or the right spelling of a value. */
export interface StoreFix {
  readonly label: string;
  readonly text: string;
}

/** What a check found. */
export interface StoreFinding {
  readonly verdict: StoreVerdict;
  /** What was found, in one sentence. */
  readonly message: string;
  /** The words of the store, for whoever asks its operator. */
  readonly detail: string | null;
  /** The setting to look at, if it is a single one. */
  readonly field: StorageFieldName | 'forcePathStyle' | null;
  readonly fix: StoreFix | null;
}

export interface StoreCheck extends StoreFinding {
  readonly kind: StoreCheckKind;
  readonly milliseconds: number;
}

const found = (verdict: StoreVerdict, message: string, more: Partial<StoreFinding> = {}): StoreFinding => ({
  verdict,
  message,
  detail: null,
  field: null,
  fix: null,
  ...more,
});

export const passed = (message: string): StoreFinding => found('PASSED', message);
export const warned = (message: string, more?: Partial<StoreFinding>): StoreFinding => found('WARNING', message, more);
export const failed = (message: string, more?: Partial<StoreFinding>): StoreFinding => found('FAILED', message, more);
export const skipped = (message: string): StoreFinding => found('SKIPPED', message);
