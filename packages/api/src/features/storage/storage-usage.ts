import type { Database } from '../../database/database.js';
import type { StorageUsage } from './storage-usage.schema.js';

/** Products that are named; the others are summed up. */
const NAMED_COUNT = 20;
/** It is counted by going through all files: once in this time for everybody who looks. */
const CACHE_MS = 60_000;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly files: number | string;
  readonly bytes: number | string;
}

/** How many bytes are stored, in all and for each product. */
export class StorageUsages {
  #counting: { readonly usage: Promise<StorageUsage>; readonly begunAt: number } | null = null;

  constructor(private readonly database: Database) {}

  read(): Promise<StorageUsage> {
    if (this.#counting && performance.now() - this.#counting.begunAt < CACHE_MS) return this.#counting.usage;
    const counting = { usage: this.#count(), begunAt: performance.now() };
    this.#counting = counting;
    counting.usage.catch(() => this.#counting === counting && (this.#counting = null)); // what failed is tried again
    return counting.usage;
  }

  async #count(): Promise<StorageUsage> {
    // Files that several revisions share are stored once.
    const rows = await this.database.query<Row>(
      `SELECT p.id, p.name, p.slug, COUNT(*) AS files, SUM(o.size) AS bytes
       FROM (SELECT DISTINCT d.product_id, a.stored_object_id FROM asset a JOIN revision r ON r.id = a.revision_id
             JOIN downloadable d ON d.id = r.downloadable_id WHERE a.stored_object_id IS NOT NULL) AS held
       JOIN stored_object o ON o.id = held.stored_object_id AND o.state = 'READY' JOIN product p ON p.id = held.product_id
       GROUP BY p.id, p.name, p.slug ORDER BY bytes DESC, p.id`,
    );
    const products = rows.map((row) => ({ ...row, files: Number(row.files), bytes: Number(row.bytes) }));
    const sum = (some: typeof products, what: 'files' | 'bytes'): number => some.reduce((total, product) => total + product[what], 0);
    const others = products.slice(NAMED_COUNT);
    return {
      files: sum(products, 'files'),
      bytes: sum(products, 'bytes'),
      products: products.slice(0, NAMED_COUNT),
      otherProducts: others.length,
      otherBytes: sum(others, 'bytes'),
    };
  }
}
