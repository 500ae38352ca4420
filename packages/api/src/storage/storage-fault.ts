/** Why the store could not do what was asked. */
export type StorageFaultReason = 'UNREACHABLE' | 'DENIED' | 'FULL' | 'FAILED';

export interface StorageFaultOptions extends ErrorOptions {
  /** The store's own word for it, for example `NoSuchBucket` or `ENOSPC`. */
  readonly code?: string;
}

/** The object store failed. The message is for the operator's log and never leaves the server. */
export class StorageFault extends Error {
  readonly code: string;

  constructor(
    readonly reason: StorageFaultReason,
    message: string,
    options: StorageFaultOptions = {},
  ) {
    super(message, options);
    this.name = 'StorageFault';
    this.code = options.code ?? '';
  }
}
