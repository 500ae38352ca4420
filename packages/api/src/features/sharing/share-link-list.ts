import type { Database } from '../../database/database.js';
import { ownerPages, type OwnerPage } from '../../database/owner-pages.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import type { Connection, ForwardPageArgs } from '../../kernel/pagination.js';
import { ShareLink, ShareLinkUse } from './share-link.entity.js';

/** Whose links: each kind has an index that ends in the id. */
export type ShareLinkOwner = { readonly downloadableId: string } | { readonly productId: string; readonly channel?: string };

/** Lists share links and their uses, newest first, of all owners of a request at once. Who may see them is the caller's to decide. */
export class ShareLinkList {
  readonly #links: LoaderDefinition<OwnerPage, Connection<ShareLink>>;
  readonly #uses: LoaderDefinition<OwnerPage, Connection<ShareLinkUse>>;

  constructor(database: Database) {
    this.#links = ownerPages(database, { name: 'share-link', table: 'share_link', entity: ShareLink });
    this.#uses = ownerPages(database, { name: 'share-link-use', table: 'share_link_use', entity: ShareLinkUse });
  }

  list(context: RequestContext, owner: ShareLinkOwner, args: ForwardPageArgs): Promise<Connection<ShareLink>> {
    return context.loader(this.#links).load({ ...conditionOf(owner), args });
  }

  uses(context: RequestContext, shareLinkId: string, args: ForwardPageArgs): Promise<Connection<ShareLinkUse>> {
    return context.loader(this.#uses).load({ where: 'share_link_id = ?', parameters: [shareLinkId], args });
  }
}

function conditionOf(owner: ShareLinkOwner): Pick<OwnerPage, 'where' | 'parameters'> {
  if ('downloadableId' in owner) return { where: 'downloadable_id = ?', parameters: [owner.downloadableId] };
  if (owner.channel === undefined) return { where: 'product_id = ?', parameters: [owner.productId] };
  return { where: 'product_id = ? AND channel = ?', parameters: [owner.productId, owner.channel] };
}
