import type { EntityTarget, FindOptionsWhere } from 'typeorm';
import { LessThan } from 'typeorm';
import type { Database } from '../../database/database.js';
import { capCount, connectionOf, COUNT_CAP, readPage, type Connection, type ForwardPageArgs } from '../../kernel/pagination.js';
import { ShareLink, ShareLinkUse } from './share-link.entity.js';

/** Whose links: each kind has an index that ends in the id. */
export type ShareLinkOwner = { readonly downloadableId: string } | { readonly productId: string; readonly channel?: string };

/** Lists share links and their uses, newest first. Who may see them is the caller's to decide. */
export class ShareLinkList {
  constructor(private readonly database: Database) {}

  list(owner: ShareLinkOwner, args: ForwardPageArgs): Promise<Connection<ShareLink>> {
    return this.#page<ShareLink>(ShareLink, { ...owner }, args);
  }

  uses(shareLinkId: string, args: ForwardPageArgs): Promise<Connection<ShareLinkUse>> {
    return this.#page<ShareLinkUse>(ShareLinkUse, { shareLinkId }, args);
  }

  async #page<T extends ShareLink | ShareLinkUse>(
    entity: EntityTarget<T>,
    where: FindOptionsWhere<ShareLink> | FindOptionsWhere<ShareLinkUse>,
    args: ForwardPageArgs,
  ): Promise<Connection<T>> {
    const page = readPage(args, { name: entity === ShareLink ? 'share-link' : 'share-link-use', width: 1 });
    const [cursor] = page.cursor ?? [];
    const after = cursor === undefined ? {} : { id: LessThan(cursor) };
    const [rows, counted] = await Promise.all([
      this.database.read
        .createQueryBuilder(entity, 'row')
        .where({ ...where, ...after })
        .orderBy('row.id', 'DESC')
        .limit(page.size + 1)
        .getMany(),
      this.database.read
        .createQueryBuilder(entity, 'row')
        .select('row.id')
        .where(where)
        .limit(COUNT_CAP + 1)
        .getRawMany(),
    ]);
    return connectionOf(page, rows, (row) => [row.id], capCount(counted.length));
  }
}
