/** The upload cannot go on by itself: the API refused the file, or the file is gone. Everything else is tried again. */
export class UploadRefused extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
    this.name = 'UploadRefused';
  }
}

/** The store answered a part with an error. */
export class PartRejected extends Error {
  constructor(readonly status: number) {
    super(`The store answered with status ${status}.`);
    this.name = 'PartRejected';
  }
}

/** Codes of the API after which the same request may work. */
export const PASSING: ReadonlySet<string> = new Set(['UNREACHABLE', 'INTERNAL', 'RATE_LIMITED', 'IDEMPOTENCY_IN_PROGRESS']);
