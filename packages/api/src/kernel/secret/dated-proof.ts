import { createHmac } from 'node:crypto';
import { equalsInConstantTime, type Secrets } from './secrets.js';

const DAY_MS = 86_400_000;
/** A day since 1970 in base 36: enough until the year 6500. */
const DAY_LENGTH = 4;
/** 128 bits, which nobody guesses. */
const SEAL_LENGTH = 22;

/** Characters of a proof, all of base64url. */
export const PROOF_LENGTH = DAY_LENGTH + SEAL_LENGTH;

/** Proofs that we ourselves said something, and on which day: who gets one keeps it, and nothing need be stored. */
export class DatedProofs {
  /** @param days for how long a proof is taken */
  constructor(
    private readonly secrets: Secrets,
    private readonly purpose: string,
    private readonly days: number,
  ) {}

  make(text: string, now: Date): string {
    return this.#proofOf(text, dayOf(now));
  }

  /** Whether this is a proof of the text that is not over yet. */
  isProof(proof: string, text: string, now: Date): boolean {
    const day = Number.parseInt(proof.slice(0, DAY_LENGTH), 36);
    const age = dayOf(now) - day;
    return age >= 0 && age <= this.days && equalsInConstantTime(proof, this.#proofOf(text, day));
  }

  #proofOf(text: string, day: number): string {
    const written = day.toString(36).padStart(DAY_LENGTH, '0');
    const seal = createHmac('sha256', this.secrets.subkey(this.purpose))
      .update(`${written} ${text}`)
      .digest('base64url')
      .slice(0, SEAL_LENGTH);
    return written + seal;
  }
}

const dayOf = (time: Date): number => Math.floor(time.getTime() / DAY_MS);
