import { refuse } from '../../../kernel/problem/refusal.js';
import { linkRefusals as words } from '../../../messages/refusals.js';
import type { OneTimeLink } from './one-time-link.entity.js';

/** What has become of a link. REQUESTED: somebody asked for it, and nobody agreed yet. UNKNOWN: there is none. */
export const LINK_STATES = ['OPEN', 'REQUESTED', 'USED', 'EXPIRED', 'WITHDRAWN', 'UNKNOWN'] as const;
export type LinkState = (typeof LINK_STATES)[number];

export function linkStateOf(link: Pick<OneTimeLink, 'usedAt' | 'revokedAt' | 'askedAt' | 'expiresAt'> | null, now: Date): LinkState {
  if (link === null) return 'UNKNOWN';
  if (link.usedAt !== null) return 'USED';
  if (link.revokedAt !== null) return 'WITHDRAWN';
  if (link.expiresAt <= now) return 'EXPIRED';
  return link.askedAt === null ? 'OPEN' : 'REQUESTED';
}

/** Refuses a link that works no more, with what to do instead. */
export function refuseEnded(link: Parameters<typeof linkStateOf>[0], now: Date): void {
  switch (linkStateOf(link, now)) {
    case 'USED':
      return refuse('LINK_USED', words.used, 'token');
    case 'EXPIRED':
      return refuse('LINK_EXPIRED', words.expired, 'token');
    case 'WITHDRAWN':
    case 'REQUESTED':
    case 'UNKNOWN':
      return refuse('LINK_WITHDRAWN', words.withdrawn, 'token');
    case 'OPEN':
      return;
  }
}
