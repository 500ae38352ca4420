import { z } from 'zod';
import type { Installation } from './installation.entity.js';

/** What the store says of whose it is. */
export interface StoreClaim {
  /** Null when what is written there cannot be read. */
  readonly installationId: string | null;
  readonly claim: number;
  readonly token: string;
}

/** What this database says of itself; null when it never claimed a store. */
export type OwnClaim = Pick<Installation, 'installationId' | 'claim' | 'claimToken' | 'previousToken'>;

/** `OURS`: explained by this database. `BEHIND`: so too, but the last raise did not reach the store. */
export type ClaimVerdict = 'OURS' | 'BEHIND' | 'OTHER_CLAIM' | 'OTHER_INSTALLATION';

const WRITTEN = z.object({ installationId: z.string().min(1), claim: z.int(), token: z.string() });

/** Reads what `printClaim` wrote; anything else is nobody's claim that we know. */
export function readClaim(text: string): StoreClaim {
  try {
    return WRITTEN.parse(JSON.parse(text));
  } catch {
    return { installationId: null, claim: 0, token: '' };
  }
}

/** What the store shall say: readable for the operator who finds it there. */
export function printClaim({ installationId, claim, claimToken }: OwnClaim): string {
  const note = 'Written by Slipway: which installation these files belong to. Do not copy or delete it.';
  return `${JSON.stringify({ installationId, claim, token: claimToken, note }, null, 2)}\n`;
}

/** Whether this database explains what the store says (the table of DESIGN.md, section 9.1). */
export function judgeClaim(own: OwnClaim | null, found: StoreClaim): ClaimVerdict {
  if (own === null || own.installationId !== found.installationId) return 'OTHER_INSTALLATION';
  if (found.claim === own.claim && found.token === own.claimToken) return 'OURS';
  return found.claim === own.claim - 1 && found.token === own.previousToken ? 'BEHIND' : 'OTHER_CLAIM';
}
