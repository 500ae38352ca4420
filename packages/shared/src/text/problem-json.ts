/** A failed HTTP request, as RFC 9457 shows it. */
export interface ProblemReply {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly [extension: string]: unknown;
}

/** The JSON of a problem: code, one sentence, and the request id under which the log has it. */
export function problemJson({ status, message, ...rest }: ProblemReply, requestId: string): Readonly<Record<string, unknown>> {
  return { type: 'about:blank', title: message, status, detail: message, ...rest, requestId };
}
