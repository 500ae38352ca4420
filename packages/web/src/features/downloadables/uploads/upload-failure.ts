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
