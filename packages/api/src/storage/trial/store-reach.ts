import type { OutgoingFilter } from '../../kernel/outgoing/outgoing-filter.js';
import { sendOutgoing, type OutgoingAnswer } from '../../kernel/outgoing/outgoing-request.js';

const REACH_MILLISECONDS = 3_000;

/** Asks an address of a store for anything at all. @returns its protocol and the end of its certificate; null without TLS @throws Error of the network or of TLS, or `OutgoingRefused` */
export async function reachStore(url: string, filter: OutgoingFilter): Promise<OutgoingAnswer['tls']> {
  return (await sendOutgoing({ method: 'GET', url, filter, milliseconds: REACH_MILLISECONDS })).tls;
}
