import { ENTITLEMENT_CODES, entitlementPhrase, type EntitlementParams } from '@slipway/shared';

/** Refusals that are no decision about a download. Nothing that somebody typed stands here. */
const PHRASES: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: 'this token or Authorization header is not valid, check it',
  FORBIDDEN: 'what you sent does not give access to this',
  RATE_LIMITED: 'too many requests, wait as Retry-After says',
  CREDENTIAL_WOULD_LEAK: 'this file is on another server, read the body for how to get it',
  FILE_MISSING: 'this file is missing at the moment, try later or contact its publisher',
  UNAVAILABLE: 'a part of the server cannot be reached, try later',
};

/**
 * What stands behind the status in an answer of HTTP/1.1: some clients print it and nothing else (apt, npm, updaters).
 * @returns printable ASCII, at most 120 characters, from code and dates only; null: the usual words of the status
 */
export function reasonPhrase(code: string, params: unknown): string | null {
  const entitlement = ENTITLEMENT_CODES.find((known) => known === code);
  // What a decision carries beside its code; other problems carry none of its names.
  if (entitlement) return entitlementPhrase({ code: entitlement, params: (params ?? {}) as EntitlementParams });
  const phrase = PHRASES[code];
  return phrase === undefined ? null : `${code}: ${phrase}`;
}
