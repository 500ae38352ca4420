import { createHash, randomUUID } from 'node:crypto';
import { emailKey } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import { actorId, type Actor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import { LIMITS } from '../../kernel/limits/limits.js';
import { PublicFault, tooManyMails } from '../../kernel/problem/faults.js';
import { addressBuckets } from './address-bucket.js';
import { countGuess } from './guess-ledger.js';

/** Somebody asks for a mail with a link. */
export interface MailRequest {
  /** The address as it was typed, whether anybody has it or not. */
  readonly account: string;
  /** From where it came; null: from anywhere behind a proxy, and counted against no address. */
  readonly address: string | null;
  /** The device from which this account signed in before, or null. It is counted by itself: strangers cannot keep it out. */
  readonly deviceId: string | null;
}

/** Keeps mailboxes from being flooded: every request for a mail counts, whether there is such an account or not. */
export class MailRequests {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws PublicFault RATE_LIMITED, alike for known and unknown addresses */
  async admit({ account, address, deviceId }: MailRequest): Promise<void> {
    const key = emailKey(account);
    const own = deviceId === null ? bucketOf('account', key) : bucketOf('device', `${deviceId} ${key}`);
    const addresses = address === null ? [] : addressBuckets(address).map((bucket) => bucketOf('address', bucket));
    await this.#count([
      { buckets: [own], most: LIMITS.mailedLinks.most },
      { buckets: deviceId === null ? addresses : [], most: LIMITS.mailedLinksByAddress.most },
    ]);
  }

  /** Invitations that one of a customer's people, or one key, has mailed, and to whom; the vendor's staff mail as many as they want. */
  async admitSender(actor: Actor, invited: string): Promise<void> {
    if (actor.kind === 'TOKEN' || (actor.kind === 'USER' && actor.customerId === null)) return;
    await this.#count([
      { buckets: [bucketOf('sender', actorId(actor))], most: LIMITS.invitationsBySender.most },
      // Apart from the links that people ask for themselves: nobody is kept out by being invited.
      { buckets: [bucketOf('invited', emailKey(invited))], most: LIMITS.mailedLinks.most },
    ]);
  }

  async #count(parts: readonly { readonly buckets: readonly string[]; readonly most: number }[]): Promise<void> {
    const guess = { hash: createHash('sha256').update(randomUUID()).digest('hex'), now: this.clock.now() };
    try {
      await this.database.transaction(async (tx) => {
        for (const { buckets, most } of parts) await countGuess(tx, buckets, { ...guess, most });
      });
    } catch (error) {
      if (error instanceof PublicFault && error.code === 'RATE_LIMITED') throw tooManyMails(error);
      throw error;
    }
  }
}

/** Hashed, so that the table holds neither addresses nor names. */
const bucketOf = (kind: string, text: string): string => `mail:${createHash('sha256').update(`${kind} ${text}`).digest('hex')}`;
