/** The refusal of a download in a few words, for clients that print the status line and nothing else (apt, npm, updaters). */
import { type EntitlementCode, type EntitlementParams } from './entitlement.js';
import { accessPhrases } from '../messages/access.js';
import type { EntitlementReason } from './entitlement-text.js';

/** More is cut by some clients. */
export const PHRASE_MAX_LENGTH = 120;

const PHRASES: Readonly<Record<EntitlementCode, (params: EntitlementParams) => string>> = accessPhrases;

/** The status with which HTTP refuses a download (DESIGN.md, section 5). */
export function entitlementStatus(code: EntitlementCode): number {
  if (code === 'AUTH_REQUIRED') return 401;
  return code === 'RELEASE_WITHDRAWN' ? 410 : 403;
}

/** For example `UPDATES_EXPIRED: your updates ended on 2026-03-01, renew to get this`: printable ASCII, at most 120 characters. */
export function entitlementPhrase({ code, params }: EntitlementReason): string {
  return `${code}: ${PHRASES[code](params)}`;
}
