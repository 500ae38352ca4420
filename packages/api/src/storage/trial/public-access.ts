import type { OutgoingFilter } from '../../kernel/outgoing/outgoing-filter.js';
import { sendOutgoing, type OutgoingRequest } from '../../kernel/outgoing/outgoing-request.js';

const MILLISECONDS = 3_000;
const FIRST_REFUSAL = 300;

type Attempt = Pick<OutgoingRequest, 'method' | 'url' | 'body'> & { readonly act: string };

/**
 * What anyone may do with a bucket, for example `['read files']`; `UNKNOWN` when it could not be asked.
 * @param address of an object that exists; what is written in its place is the trial's own
 */
export async function findPublicAccess(address: string, filter: OutgoingFilter): Promise<readonly string[] | 'UNKNOWN'> {
  const list = new URL(address);
  list.pathname = list.pathname.replace(/slipway-check\/.*$/, '');
  const attempts: readonly Attempt[] = [
    { act: 'read files', method: 'GET', url: address },
    { act: 'list files', method: 'GET', url: `${list.href}?list-type=2&max-keys=1` },
    { act: 'write files', method: 'PUT', url: address, body: 'anyone' },
  ];
  const open: string[] = [];
  for (const { act, ...request } of attempts) {
    const status = await statusOf({ ...request, filter, milliseconds: MILLISECONDS });
    if (status === null) return 'UNKNOWN';
    if (status < FIRST_REFUSAL) open.push(act);
  }
  return open;
}

const statusOf = (request: OutgoingRequest): Promise<number | null> =>
  sendOutgoing(request).then(
    ({ status }) => status,
    () => null,
  );
