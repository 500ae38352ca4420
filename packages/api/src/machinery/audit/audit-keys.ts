import { createHmac, randomBytes } from 'node:crypto';
import type { Secrets } from '../../kernel/secret/secrets.js';
import type { AuditHead, AuditSeal } from './audit-chain.entities.js';
import type { AuditEvent } from './audit-event.entity.js';
import type { PersonalValue } from './audit-split.js';

/** A personal value as its event's row knows it. */
export interface PersonalRef {
  readonly place: string;
  readonly ownerId: string;
  readonly digest: string;
}

const SALT_BYTES = 16;

/** A salt that nobody guesses. */
export const newSalt = (): string => randomBytes(SALT_BYTES).toString('base64url');

/** What of a personal value is in its event's row. Salt and value gone, it tells nothing. */
export function digestOf(eventId: string, { place, value }: Pick<PersonalValue, 'place' | 'value'>, salt: string): string {
  return createHmac('sha256', salt)
    .update(JSON.stringify([eventId, place, value]))
    .digest('base64url');
}

/** What a row is stamped over: everything that stays as it was written. */
type Stamped = Omit<AuditEvent, 'stamp' | 'sequence'>;

/** The keys of the audit trail, each for one purpose. Who has the database alone can forge none of what they make. */
export class AuditKeys {
  readonly #known = new Map<string, Buffer>();

  constructor(private readonly secrets: Secrets) {}

  /** Shows that Slipway wrote a row, and wrote it so. */
  stampOf(row: Stamped): string {
    const { id, at, actorKind, actorId, action, subjectType, subjectId, beforeJson, afterJson, address, requestId, personalJson } = row;
    const who = [actorKind, actorId, address, requestId];
    return this.#mac('audit-row', [id, at.toISOString(), ...who, action, subjectType, subjectId, beforeJson, afterJson, personalJson]);
  }

  /** Ties an event to its place in the chain and to the event before. */
  sealOf({ sequence, eventId, at, previous }: Omit<AuditSeal, 'seal'>, stamp: string | null): string {
    return this.#mac('audit-chain', [sequence, eventId, at.toISOString(), previous, stamp]);
  }

  /** Shows that Slipway wrote how far the chain reaches. */
  signatureOf({
    sequence,
    seal,
    baseSequence,
    baseSeal,
    legacyUntil,
  }: Omit<AuditHead, 'name' | 'signature' | 'leaseToken' | 'leaseUntil'>): string {
    return this.#mac('audit-head', [sequence, seal, baseSequence, baseSeal, legacyUntil?.toISOString() ?? null]);
  }

  #mac(purpose: string, parts: readonly unknown[]): string {
    const key = this.#known.get(purpose) ?? this.secrets.subkey(purpose);
    this.#known.set(purpose, key);
    return createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex');
  }
}
