import type { Database } from '../../../database/database.js';
import { joinedReading } from '../../../database/entity-rows.js';
import { ASSET_COLUMNS, ASSET_TABLES, assetOf, type AssetRow, type StoredAsset } from '../../assets/stored-asset.js';
import { Downloadable } from '../../downloadables/downloadable.entity.js';
import { Revision, type RevisionHead } from '../../downloadables/revision.entity.js';
import type { Product } from '../../products/product.entity.js';

/** What a decision needs of a product, and what its answer names. */
export type JudgedProduct = Pick<Product, 'id' | 'distribution' | 'name' | 'slug'>;

/** A file with what it belongs to. */
export interface FileFacts {
  readonly asset: StoredAsset;
  readonly revision: RevisionHead;
  readonly row: Downloadable;
  readonly product: JudgedProduct;
}

type Row = AssetRow & Readonly<Record<string, unknown>> & Omit<JudgedProduct, 'id'>;

/** Reads files, their revisions, their releases and what decides of their products in one statement, in no order. */
export async function listFileFacts(database: Database, assetIds: readonly string[]): Promise<FileFacts[]> {
  const revision = joinedReading(database, Revision, { alias: 'v', omitted: ['changelog'] });
  const release = joinedReading(database, Downloadable, { alias: 'd' });
  // Of one file with nearly every request for it; lists have many spellings.
  const read = assetIds.length === 1 ? database.queryPrepared.bind(database) : database.query.bind(database);
  const rows = await read<Row>(
    `SELECT ${ASSET_COLUMNS}, ${revision.select}, ${release.select}, p.distribution, p.name, p.slug
     FROM ${ASSET_TABLES} JOIN revision v ON v.id = a.revision_id JOIN downloadable d ON d.id = v.downloadable_id
     JOIN product p ON p.id = d.product_id WHERE a.id IN (${assetIds.map(() => '?').join(', ')})`,
    assetIds,
  );
  return rows.map((found) => {
    const row = release.make(found);
    const { distribution, name, slug } = found;
    return { asset: assetOf(found), revision: revision.make(found), row, product: { id: row.productId, distribution, name, slug } };
  });
}
