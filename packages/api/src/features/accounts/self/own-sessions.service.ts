import { Not } from 'typeorm';
import type { Database } from '../../../database/database.js';
import type { Actor } from '../../../kernel/actor.js';
import type { RequestContext } from '../../../kernel/context.js';
import { notFound, PublicFault } from '../../../kernel/problem/faults.js';
import { Session } from '../session.entity.js';

/** Sessions that are shown; whoever has more ends them all at once. */
export const SESSIONS_SHOWN = 100;

/** Lists and ends one's own sessions. */
export class OwnSessions {
  constructor(private readonly database: Database) {}

  /** The one used last comes first. */
  list({ actor }: RequestContext): Promise<Session[]> {
    return this.database.read.find(Session, { where: whoseOf(actor), order: { lastSeenAt: 'DESC', id: 'DESC' }, take: SESSIONS_SHOWN });
  }

  async end(context: RequestContext, id: string): Promise<void> {
    const whose = whoseOf(context.actor);
    const { affected } = await this.database.transaction((tx) => tx.manager.delete(Session, { ...whose, id }));
    if (affected === 0) throw notFound('session');
    if (id === currentOf(context.actor)) context.reply.setSession(null);
  }

  async endOthers({ actor }: RequestContext): Promise<void> {
    const whose = whoseOf(actor);
    await this.database.transaction((tx) => tx.manager.delete(Session, { ...whose, id: Not(currentOf(actor)) }));
  }
}

export const currentOf = (actor: Actor): string => (actor.kind === 'USER' ? actor.sessionId : '');

/** The holders of a license key are many: they see no sessions of each other. */
function whoseOf(actor: Actor): { readonly userId: string } {
  if (actor.kind === 'USER') return { userId: actor.userId };
  throw new PublicFault('FORBIDDEN', 'Only somebody who signed in with an account has sessions to look at.');
}
