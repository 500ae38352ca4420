import { SETTINGS } from '@slipway/shared';
import type { FastifyReply } from 'fastify';
import type { Reply } from '../../kernel/context.js';

/** One cookie of ours: its name, where it goes, and how long it lives. */
interface Cookie {
  readonly name: string;
  readonly path: string;
  readonly maxAgeSeconds: number;
}

export interface Cookies {
  /** Sessions end on the server; the cookie itself just needs to outlive the longest that the settings allow. */
  readonly session: Cookie;
  /** Devices are known for a year after a sign-in. */
  readonly device: Cookie;
  /** Visitors of share links are told apart for a day, and their keys kept for two. */
  readonly visitor: Cookie;
  readonly isHttps: boolean;
}

const DAY_SECONDS = 86_400;

export function cookiesOf(isHttps: boolean): Cookies {
  const host = isHttps ? '__Host-' : '';
  return {
    session: { name: `${host}slipway`, path: '/', maxAgeSeconds: SETTINGS.customerSessionDays.most * DAY_SECONDS },
    device: { name: `${host}slipway-device`, path: '/', maxAgeSeconds: 365 * DAY_SECONDS },
    visitor: { name: `${host}slipway-visitor`, path: '/', maxAgeSeconds: 2 * DAY_SECONDS },
    isHttps,
  };
}

/** How a request's answer sets cookies. */
export function cookieReply(reply: FastifyReply, { session, device, visitor, isHttps }: Cookies): Reply {
  const attributesOf = ({ path, maxAgeSeconds: maxAge }: Cookie) =>
    ({ path, maxAge, httpOnly: true, sameSite: 'lax', secure: isHttps }) as const;
  return {
    setSession(token: string | null): void {
      const { maxAge, ...attributes } = attributesOf(session);
      if (token === null) void reply.clearCookie(session.name, attributes);
      else void reply.setCookie(session.name, token, { ...attributes, maxAge });
    },
    setDevice: (cookie) => void reply.setCookie(device.name, cookie, attributesOf(device)),
    setVisitor: (cookie) => void reply.setCookie(visitor.name, cookie, attributesOf(visitor)),
  };
}
