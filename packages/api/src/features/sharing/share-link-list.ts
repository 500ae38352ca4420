import type { Database } from '../../database/database.js';
import { listNewestFirst } from '../../database/newest-first.js';
import type { Connection, ForwardPageArgs } from '../../kernel/pagination.js';
import { ShareLink, ShareLinkUse } from './share-link.entity.js';

/** Whose links: each kind has an index that ends in the id. */
export type ShareLinkOwner = { readonly downloadableId: string } | { readonly productId: string; readonly channel?: string };

/** Lists share links and their uses, newest first. Who may see them is the caller's to decide. */
export class ShareLinkList {
  constructor(private readonly database: Database) {}

  list(owner: ShareLinkOwner, args: ForwardPageArgs): Promise<Connection<ShareLink>> {
    return listNewestFirst(this.database, { name: 'share-link', entity: ShareLink, where: { ...owner } }, args);
  }

  uses(shareLinkId: string, args: ForwardPageArgs): Promise<Connection<ShareLinkUse>> {
    return listNewestFirst(this.database, { name: 'share-link-use', entity: ShareLinkUse, where: { shareLinkId } }, args);
  }
}
