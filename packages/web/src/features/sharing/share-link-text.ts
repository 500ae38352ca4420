/** Share links in words. */
import type { ShareLinkState } from '@slipway/shared';
import type { ShareLinkFieldsFragment } from '../../graphql/documents.generated';
import { countText, instantText, numberText } from '../../ui/date-text';

export const STATE_LOOKS: Readonly<Record<ShareLinkState, { readonly label: string; readonly tone: 'good' | 'neutral' | 'warn' | 'bad' }>> =
  {
    ACTIVE: { label: 'Active', tone: 'good' },
    USED_UP: { label: 'Used up', tone: 'warn' },
    EXPIRED: { label: 'Expired', tone: 'neutral' },
    REVOKED: { label: 'Revoked', tone: 'bad' },
  };

type Link = ShareLinkFieldsFragment;

/** What a link is called: whom it is for, else when it was made. */
export function linkName({ label, createdAt }: Pick<Link, 'label' | 'createdAt'>): string {
  return label ?? `Link of ${instantText(createdAt)}`;
}

/** "2 of 5 downloads used", "3 downloads". */
export function usesText({ maxDownloads, downloadsUsed }: Pick<Link, 'maxDownloads' | 'downloadsUsed'>): string {
  if (maxDownloads === null) return downloadsUsed === 0 ? 'No downloads yet' : countText(downloadsUsed, 'download');
  return `${numberText(downloadsUsed)} of ${countText(maxDownloads, 'download')} used`;
}

/** When it ends, or ended. */
export function endText({ state, expiresAt, revokedAt }: Pick<Link, 'state' | 'expiresAt' | 'revokedAt'>): string {
  if (revokedAt !== null) return `revoked ${instantText(revokedAt)}`;
  return `${state === 'EXPIRED' ? 'expired' : 'expires'} ${instantText(expiresAt)}`;
}
