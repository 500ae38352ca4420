import type { Channel } from '@slipway/shared';
import { mayUse, seesProduct } from '../../kernel/policy.js';
import { isUniqueViolation } from '../../database/errors.js';
import type { Database } from '../../database/database.js';
import { joinedReading, readingOf } from '../../database/entity-rows.js';
import type { Transaction } from '../../database/transaction.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { forbidden, notFound } from '../../kernel/problem/faults.js';
import { newId } from '../../kernel/ids.js';
import { refuse } from '../../kernel/problem/refusal.js';
import type { Audit } from '../../machinery/audit/audit.service.js';
import type { IdempotencyKeys } from '../../machinery/idempotency/idempotency.service.js';
import { platformNotesOf, readPlatformNotes, writePlatformNotes } from './platform-notes.js';
import { ProductChannel } from './product-channel.entity.js';
import { Product } from './product.entity.js';
import type { CreateProductInput, UpdateProductInput } from './product.inputs.js';
import { channelsOf, checkProduct, nameKey, slugOf } from './product.rules.js';

/** A product has one channel at least. */
export interface ProductWithChannels {
  readonly product: Product;
  readonly channels: readonly ProductChannel[];
}

/** Creates and changes products. */
export class ProductService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly idempotency: IdempotencyKeys,
  ) {}

  /** The product, or null when it is missing or not for this viewer. */
  async find(context: RequestContext, key: { readonly id?: string | null; readonly slug?: string | null }): Promise<Product | null> {
    if (!key.id && !key.slug) return null;
    const { table, columns, make } = readingOf(this.database, Product);
    const [column, value] = key.id ? ['id', key.id] : ['slug', key.slug ?? ''];
    const [found] = await this.database.query<Readonly<Record<string, unknown>>>(
      `SELECT ${columns.join(', ')} FROM ${table} WHERE ${column} = ?`,
      [value],
    );
    const product = found && make(found);
    return product && seesProduct(context.actor, product) ? product : null;
  }

  /** The same with its channels in their order, by one statement. */
  async findWithChannels(
    context: RequestContext,
    key: { readonly id: string } | { readonly slug: string },
  ): Promise<ProductWithChannels | null> {
    const [column, value] = 'id' in key ? ['id', key.id] : ['slug', key.slug];
    const product = joinedReading(this.database, Product, { alias: 'p' });
    const channel = joinedReading(this.database, ProductChannel, { alias: 'c' });
    const rows = await this.database.queryPrepared<Readonly<Record<string, unknown>>>(
      `SELECT ${product.select}, ${channel.select} FROM product p JOIN product_channel c ON c.product_id = p.id WHERE p.${column} = ? ORDER BY c.position`,
      [value],
    );
    const found = rows[0] && product.make(rows[0]);
    return found && seesProduct(context.actor, found) ? { product: found, channels: rows.map(channel.make) } : null;
  }

  async create(context: RequestContext, input: CreateProductInput): Promise<Product> {
    // A token for one product cannot make others.
    if (!mayUse(context.actor, 'product:write', null)) throw forbidden('product:write');
    const now = this.clock.now();
    const name = input.name.trim();
    const product: Product = {
      id: newId(),
      slug: input.slug?.trim() || slugOf(name),
      name,
      nameKey: nameKey(name),
      description: input.description?.trim() || null,
      versionScheme: input.versionScheme ?? 'ANY',
      distribution: input.distribution ?? 'LICENSED',
      archivedAt: null,
      createdAt: now,
      updatedAt: now,
    };
    const channels = channelsOf(input.channels);
    checkProduct({ ...product, channels });
    const platformNotes = platformNotesOf(input.platformNotes ?? []);
    const { idempotencyKey, ...rest } = input;
    return this.#withUniqueSlug(product.slug, async (tx) => {
      const call = { operation: 'createProduct', key: idempotencyKey, input: rest, made: { entity: Product, noun: 'product' } };
      const { id } = await this.idempotency.once(tx, context, call, async () => {
        await tx.manager.insert(Product, product);
        await this.#writeChannels(tx, product.id, channels);
        await writePlatformNotes(tx, product.id, platformNotes);
        await this.audit.record(tx, context, {
          action: 'product.create',
          subjectType: 'product',
          subjectId: product.id,
          after: { ...product, channels, platformNotes },
        });
        return product.id;
      });
      return tx.manager.findOneByOrFail(Product, { id });
    });
  }

  async update(context: RequestContext, input: UpdateProductInput): Promise<Product> {
    const { channels, platformNotes, ...fields } = input;
    return this.#withUniqueSlug(input.slug ?? '', async (tx) => {
      const before = await this.#lock(tx, context, input.id);
      const after = { ...withFields(before, fields), updatedAt: this.clock.now() };
      const presentChannels = await this.channelsOf(tx, before.id);
      const nextChannels = channels ? channelsOf(channels) : presentChannels;
      checkProduct({ ...after, channels: nextChannels });
      if (channels) await this.#replaceChannels(tx, before.id, nextChannels);
      const presentNotes = await readPlatformNotes(tx, before.id);
      const nextNotes = platformNotes ? platformNotesOf(platformNotes) : presentNotes;
      if (platformNotes) await writePlatformNotes(tx, before.id, nextNotes);
      await tx.manager.update(Product, { id: before.id }, after);
      await this.audit.record(tx, context, {
        action: 'product.update',
        subjectType: 'product',
        subjectId: before.id,
        before: { ...before, channels: presentChannels, platformNotes: presentNotes },
        after: { ...after, channels: nextChannels, platformNotes: nextNotes },
      });
      return after;
    });
  }

  /** An archived product takes no new releases; what is published stays. */
  async archive(context: RequestContext, id: string): Promise<Product> {
    return this.database.transaction(async (tx) => {
      const before = await this.#lock(tx, context, id);
      if (before.archivedAt) return before;
      const after = { ...before, archivedAt: this.clock.now(), updatedAt: this.clock.now() };
      await tx.manager.update(Product, { id }, after);
      await this.audit.record(tx, context, { action: 'product.archive', subjectType: 'product', subjectId: id, before, after });
      return after;
    });
  }

  /** The channels of a product in the vendor's order. */
  async channelsOf(tx: Transaction, productId: string): Promise<readonly Channel[]> {
    return tx.manager.find(ProductChannel, { where: { productId }, order: { position: 'ASC' } });
  }

  async #lock(tx: Transaction, context: RequestContext, id: string): Promise<Product> {
    const product = await tx.lock(Product, { id });
    if (!product || !mayUse(context.actor, 'product:write', id)) throw notFound('product');
    return product;
  }

  async #withUniqueSlug<T>(slug: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      return await this.database.transaction(work);
    } catch (error) {
      if (isUniqueViolation(error))
        refuse('SLUG_TAKEN', `The slug "${slug}" belongs to another product: choose another, for example ${slug}-2.`, 'slug');
      throw error;
    }
  }

  async #replaceChannels(tx: Transaction, productId: string, channels: readonly Channel[]): Promise<void> {
    const kept = new Set(channels.map((channel) => channel.name));
    const used = await tx.query<{ channel: string }>('SELECT DISTINCT channel FROM downloadable WHERE product_id = ?', [productId]);
    const lost = used.find((row) => !kept.has(row.channel));
    if (lost)
      refuse('CHANNEL_IN_USE', `The channel "${lost.channel}" has releases: keep it, or move them to another channel first.`, 'channels');
    await tx.manager.delete(ProductChannel, { productId });
    await this.#writeChannels(tx, productId, channels);
  }

  async #writeChannels(tx: Transaction, productId: string, channels: readonly Channel[]): Promise<void> {
    const rows = channels.map((channel, position) => ({ productId, position, name: channel.name, includes: [...channel.includes] }));
    await tx.manager.insert(ProductChannel, rows);
  }
}

/** A product after an input: absent fields stay as they are. */
function withFields(before: Product, fields: Omit<UpdateProductInput, 'channels' | 'platformNotes'>): Product {
  const name = fields.name?.trim() ?? before.name;
  return {
    ...before,
    name,
    nameKey: nameKey(name),
    slug: fields.slug?.trim() ?? before.slug,
    description: fields.description === undefined ? before.description : fields.description?.trim() || null,
    versionScheme: fields.versionScheme ?? before.versionScheme,
    distribution: fields.distribution ?? before.distribution,
  };
}
