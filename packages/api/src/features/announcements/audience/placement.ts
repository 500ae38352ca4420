import type { EntitlementDecision, RecipientReason, RecipientText } from '@slipway/shared';

/** What a decision about a release means for an announcement of it. */
export type Placement =
  | { readonly text: RecipientText; readonly reason: null }
  /** They get nothing. */
  | { readonly text: null; readonly reason: RecipientReason };

/** Who may have it gets the first text; whose updates ended the second, where there is one; all others get nothing. */
export function placeOf({ code, allowed }: EntitlementDecision, hasSecondText: boolean): Placement {
  if (allowed) return { text: 'FIRST', reason: null };
  if (code === 'UPDATES_EXPIRED' && hasSecondText) return { text: 'SECOND', reason: null };
  if (code === 'ALLOWED') throw new Error('What is allowed was refused.');
  return { text: null, reason: code };
}
