/**
 * Why the store could not do what was asked. `DENIED`: our credentials or what they may do. `NO_BUCKET`: it answers, but not for
 * this bucket. `CLOCK`: our clock and its own are too far apart. `FAILED`: anything else that it answered.
 */
export type StorageFaultReason = 'UNREACHABLE' | 'DENIED' | 'NO_BUCKET' | 'CLOCK' | 'FULL' | 'FAILED';

export interface StorageFaultOptions extends ErrorOptions {
  /** The store's own word for it, for example `NoSuchBucket` or `ENOSPC`. */
  readonly code?: string;
}

/** The object store failed. The message is for the operator's log, names the variable that may be wrong, and never leaves the server. */
export class StorageFault extends Error {
  readonly code: string;

  /** What of it people may read who do not run the server: no host, no path, no id of a request. */
  get summary(): string {
    const [sentence = ''] = /^.*?\.(?= \(|$)/s.exec(this.message) ?? [];
    const isPlain = sentence !== '' && !/['/]/.test(sentence);
    return `${isPlain ? sentence : 'The file store failed.'}${this.code === '' ? '' : ` (${this.code})`}`;
  }

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
