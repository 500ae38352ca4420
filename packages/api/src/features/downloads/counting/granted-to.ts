import { licenseOwnerOf } from '../../../kernel/actor.js';
import type { RequestContext } from '../../../kernel/context.js';
import { clientName } from '../../../kernel/text/client-name.js';
import { shownAddress } from '../../../kernel/text/shown-address.js';
import type { DownloadEvent } from '../download.entities.js';

type GrantedTo = Pick<
  DownloadEvent,
  'licenseId' | 'customerId' | 'userId' | 'tokenId' | 'machineKeyId' | 'client' | 'address' | 'requestId'
>;

/** Who got a file and from where, for the record. @param logAddress the setting: how much of the address is kept */
export function grantedTo(
  { actor, origin, requestId }: RequestContext,
  { licenseId, logAddress }: { readonly licenseId: string | null; readonly logAddress: string },
): GrantedTo {
  return {
    licenseId,
    customerId: licenseOwnerOf(actor)?.customerId ?? null,
    userId: actor.kind === 'USER' ? actor.userId : null,
    tokenId: actor.kind === 'TOKEN' ? actor.tokenId : null,
    machineKeyId: actor.kind === 'MACHINE' ? actor.machineKeyId : null,
    client: clientName(origin.userAgent),
    address: shownAddress(origin.address, logAddress),
    requestId,
  };
}

/** Somebody who opens a share link is nobody in particular. */
export function grantedByLink(context: RequestContext, logAddress: string): GrantedTo {
  return { ...grantedTo(context, { licenseId: null, logAddress }), customerId: null, userId: null, tokenId: null, machineKeyId: null };
}
