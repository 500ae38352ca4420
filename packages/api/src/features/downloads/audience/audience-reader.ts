import { decideAccess, type Channel, type EntitlementDecision } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import type { Clock } from '../../../kernel/clock.js';
import { groupBy } from '../../../kernel/grouping.js';
import { Downloadable } from '../../downloadables/downloadable.entity.js';
import { accessFacts, asPublished, type JudgedRelease } from '../access/access-facts.js';
import type { License } from '../../licenses/license.entity.js';
import { listLicensesOf } from '../../licenses/license-rows.js';
import { ProductChannel } from '../../products/product-channel.entity.js';
import { Product } from '../../products/product.entity.js';
import type { SettingsService } from '../../settings/settings.service.js';

export interface AudienceUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly settings: SettingsService;
}

/** A customer with licenses of the product, and what all of them together are answered. */
export interface JudgedCustomer {
  readonly customerId: string;
  readonly licenses: readonly License[];
  readonly decision: EntitlementDecision;
}

/** Customers that are judged together, and where to go on. */
export interface CustomerSlice {
  readonly customerIds: readonly string[];
  /** Null: there are no more. */
  readonly until: string | null;
}

/** Walks the customers with licenses of a product, and asks `decideAccess` about each. */
export class AudienceReader {
  constructor(private readonly use: AudienceUse) {}

  /** A release as a whole; null when it is gone. @param ifPublished judges a draft as if it were published now */
  async release(downloadableId: string, { ifPublished = false }: { readonly ifPublished?: boolean } = {}): Promise<JudgedRelease | null> {
    const row = await this.use.database.read.findOneBy(Downloadable, { id: downloadableId });
    const product = row && (await this.use.database.read.findOneBy(Product, { id: row.productId }));
    if (!row || !product) return null;
    const judged = await this.judged(row, product, await this.channels(product.id));
    return ifPublished ? asPublished(judged) : judged;
  }

  /** Of a product, in its order. */
  async channels(productId: string): Promise<readonly Channel[]> {
    return this.use.database.read.find(ProductChannel, { where: { productId }, order: { position: 'ASC' } });
  }

  /** A row as a release that is judged as a whole. */
  async judged(row: Downloadable, product: Product, channels: readonly Channel[]): Promise<JudgedRelease> {
    const { replacementId } = row;
    const replacement = replacementId === null ? null : await this.use.database.read.findOneBy(Downloadable, { id: replacementId });
    return {
      row,
      product,
      channels,
      asset: null,
      mainAsset: null,
      isSideFile: false,
      channel: row.channel,
      isRevisionFrozen: row.liveRevisionId !== null,
      revision: null,
      replacement: replacement?.status === 'PUBLISHED' ? replacement : null,
      downloads: [],
    };
  }

  /** The next customers with licenses of a product, by their IDs: as many as have so many licenses together, and one at least. */
  async slice(
    productId: string,
    after: string | null,
    most: { readonly customers: number; readonly licenses: number },
  ): Promise<CustomerSlice> {
    // MariaDB would begin at the product's first customer, whatever `customer_id > ?` says.
    const index = 'ix_license_product_customer';
    const walked = this.use.database.dialect === 'mysql' ? `FORCE INDEX (${index})` : `INDEXED BY ${index}`;
    const rows = await this.use.database.query<{ customer_id: string; total: number | string }>(
      `SELECT customer_id, COUNT(*) AS total FROM license ${walked} WHERE product_id = ? AND customer_id > ? GROUP BY customer_id ORDER BY customer_id LIMIT ?`,
      [productId, after ?? '', most.customers + 1],
    );
    let licenses = 0;
    const fitting = rows.slice(0, most.customers).filter(({ total }, place) => {
      licenses += Number(total);
      return place === 0 || licenses <= most.licenses;
    });
    const last = fitting.at(-1)?.customer_id ?? null;
    return { customerIds: fitting.map((row) => row.customer_id), until: fitting.length < rows.length ? last : null };
  }

  /** Licenses of a product, whatever they allow. */
  async countLicenses(productId: string): Promise<number> {
    const [row] = await this.use.database.query<{ total: number | string }>('SELECT COUNT(*) AS total FROM license WHERE product_id = ?', [
      productId,
    ]);
    return Number(row?.total ?? 0);
  }

  /** Judges customers with all their licenses of the product: one yes is enough, as it is for their downloads. */
  async judge(release: JudgedRelease, customerIds: readonly string[]): Promise<readonly JudgedCustomer[]> {
    const wanted = { customerIds, productIds: [release.product.id] };
    const ofCustomer = groupBy(await listLicensesOf(this.use.database, wanted), (license) => license.customerId);
    const { timeZone } = await this.use.settings.read();
    const now = this.use.clock.now();
    return customerIds.map((customerId) => {
      const licenses = ofCustomer(customerId);
      const decision = decideAccess(accessFacts({ viewer: { kind: 'CUSTOMER' }, licenses }, release, timeZone), now);
      return { customerId, licenses, decision };
    });
  }
}
