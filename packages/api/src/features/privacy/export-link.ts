import { createHmac } from 'node:crypto';
import { actorId } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { badInput } from '../../kernel/problem/faults.js';
import { equalsInConstantTime, type Secrets } from '../../kernel/secret/secrets.js';

/** Long enough to begin, and to begin again. */
const LINK_MINUTES = 10;

/** What a link says, beside whose data it is for. */
export interface ExportGrant {
  /** In milliseconds since 1970. */
  readonly expires: string;
  readonly signature: string;
}

/** Links to exports: for whoever asked for it, and not for long. They open nothing by themselves. */
export class ExportLinks {
  constructor(
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** @returns the path with its query, and until when it is good */
  make(context: RequestContext, customerId: string): { path: string; expiresAt: Date } {
    const expiresAt = new Date(this.clock.now().getTime() + LINK_MINUTES * 60_000);
    const expires = String(expiresAt.getTime());
    const query = new URLSearchParams({ expires, signature: this.#signatureOf(context, customerId, expires) });
    return { path: `/api/v1/customers/${customerId}/export?${query.toString()}`, expiresAt };
  }

  /** @throws PublicFault BAD_USER_INPUT when it is another one's, of somebody else, or over */
  require(context: RequestContext, customerId: string, { expires, signature }: ExportGrant): void {
    const isOurs = equalsInConstantTime(signature, this.#signatureOf(context, customerId, expires));
    if (!isOurs || Number(expires) <= this.clock.now().getTime())
      throw badInput('This link to an export is over, or was not made for you: ask for another with exportCustomer.');
  }

  #signatureOf({ actor }: RequestContext, customerId: string, expires: string): string {
    return createHmac('sha256', this.secrets.subkey('customer-export'))
      .update(JSON.stringify([customerId, actor.kind, actorId(actor), expires]))
      .digest('base64url');
  }
}
