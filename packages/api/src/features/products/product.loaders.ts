import type { Channel } from '@slipway/shared';
import DataLoader from 'dataloader';
import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import { findByIds, readingOf } from '../../database/entity-rows.js';
import type { LoaderDefinition, RequestContext } from '../../kernel/context.js';
import { groupBy } from '../../kernel/grouping.js';
import { PlatformNote } from './platform-note.entity.js';
import { inOrder } from './platform-notes.js';
import { ProductChannel } from './product-channel.entity.js';
import { Product } from './product.entity.js';
import type { ProductWithChannels } from './product.service.js';

/** Loaders of this feature, one statement per request and kind however many products a list shows. */
export class ProductLoaders {
  readonly byId: LoaderDefinition<string, Product | null>;
  readonly channels: LoaderDefinition<string, readonly Channel[]>;
  readonly platformNotes: LoaderDefinition<string, readonly PlatformNote[]>;

  constructor(database: Database) {
    this.byId = {
      name: 'productById',
      make: () =>
        new DataLoader(async (ids) => {
          const rows = await findByIds(database, Product, ids);
          const known = new Map(rows.map((row) => [row.id, row]));
          return ids.map((id) => known.get(id) ?? null);
        }),
    };
    this.channels = {
      name: 'channelsByProduct',
      make: () =>
        new DataLoader(async (ids) => {
          const { table, columns, make } = readingOf(database, ProductChannel);
          const rows = await database.query<Readonly<Record<string, unknown>>>(
            `SELECT ${columns.join(', ')} FROM ${table} WHERE product_id IN (${ids.map(() => '?').join(', ')}) ORDER BY position`,
            ids,
          );
          return ids.map(groupBy(rows.map(make), (row) => row.productId));
        }),
    };
    this.platformNotes = {
      name: 'platformNotesByProduct',
      make: () =>
        new DataLoader(async (ids) => {
          const rows = await database.read.findBy(PlatformNote, { productId: In([...ids]) });
          const ofProduct = groupBy(rows, (row) => row.productId);
          return ids.map((id) => inOrder(ofProduct(id)));
        }),
    };
  }

  /** Keeps what was read with its channels for the rest of the request. */
  prime(context: RequestContext, { product, channels }: ProductWithChannels): void {
    context.loader(this.byId).prime(product.id, product);
    context.loader(this.channels).prime(product.id, channels);
  }
}
