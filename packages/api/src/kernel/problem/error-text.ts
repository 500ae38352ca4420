/** What a code means to whoever meets it. */
export interface ErrorText {
  readonly cause: string;
  readonly fix: string;
}

export const text = (cause: string, fix: string): ErrorText => ({ cause, fix });
