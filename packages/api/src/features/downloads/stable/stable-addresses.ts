import {
  entitlementMessage,
  expandChannels,
  joinOr,
  parseTarget,
  pickAssetFor,
  quote,
  targetLabel,
  targetWord,
  type Channel,
  type Target,
} from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import type { RequestContext } from '../../../kernel/context.js';
import { addressMessages as words } from '../../../messages/refusals.js';
import type { DownloadableLoaders } from '../../downloadables/downloadable.loaders.js';
import type { ListedFile } from '../../downloadables/projection/listed-files.js';
import { listedProductsSql } from '../../products/listed-products.js';
import type { Product } from '../../products/product.entity.js';
import type { ProductLoaders } from '../../products/product.loaders.js';
import type { ProductService } from '../../products/product.service.js';
import { NOT_FOUND, type Refused } from '../delivery/answer-download.js';
import { LOOKED_THROUGH, type NewestRelease, type NewestReleases } from './newest-releases.js';

/** Names that an answer tells; a sentence names fewer. */
const OFFERED_MOST = 100;
const NAMED_MOST = 8;

/** An address as it was asked for. */
export interface StableAddress {
  readonly product: string;
  readonly channel: string;
  /** Null: whatever computer. */
  readonly target: string | null;
}

/** What an address leads to, or why it leads nowhere. */
export type Resolved =
  (NewestRelease & { readonly product: Product; readonly channels: readonly Channel[] }) | { readonly refused: Refused };

export interface StableAddressesUse {
  readonly database: Database;
  readonly products: ProductService;
  readonly productLoaders: ProductLoaders;
  readonly downloadables: DownloadableLoaders;
  readonly newest: NewestReleases;
}

/** Reads stable addresses; one that leads nowhere is answered with what there is to this caller. */
export class StableAddresses {
  constructor(private readonly use: StableAddressesUse) {}

  async resolve(context: RequestContext, address: StableAddress): Promise<Resolved> {
    const known = await this.use.products.findWithChannels(context, { slug: address.product });
    if (!known) return { refused: await this.#noProduct(context, address.product) };
    const { product, channels } = known;
    this.use.productLoaders.prime(context, known);
    context.refused.about = { productId: product.id };
    const names = channels.map(({ name }) => name);
    if (!names.includes(address.channel)) return { refused: nothing(words.noChannel(product.name, quote(address.channel)), names) };
    const target = address.target === null ? null : parseTarget(address.target);
    const wanted = { productId: product.id, channels: [...expandChannels(channels, [address.channel])] };
    const isUnknown = address.target !== null && target === null;
    const found = isUnknown
      ? null
      : await this.use.newest.find(context, { ...wanted, target, versionKeyBelow: null, pick: pickFor(target) });
    if (found) return { ...found, product, channels };
    const what = isUnknown ? words.noPlatform(quote(address.target ?? '')) : missing(product, address, target);
    return { refused: nothing(what, await this.#targetsOf(context, wanted)) };
  }

  /** A product that is hidden is answered like one that is missing: strangers are asked who they are, as download programs need it. */
  async #noProduct(context: RequestContext, slug: string): Promise<Refused> {
    const { sql, parameters } = listedProductsSql(context.actor);
    const rows = await this.use.database.query<{ slug: string }>(
      `SELECT slug FROM product WHERE archived_at IS NULL AND ${sql} ORDER BY name_key, id LIMIT ${OFFERED_MOST}`,
      parameters,
    );
    const offered = rows.map((row) => row.slug);
    const said = (code: 'AUTH_REQUIRED' | 'LICENSE_KEY_INVALID'): Refused => ({
      code,
      message: entitlementMessage({ code, params: {} }),
      offered,
    });
    if (context.actor.kind === 'ANONYMOUS') return { ...said('AUTH_REQUIRED'), remedy: 'SIGN_IN' };
    if (context.actor.kind === 'UNKNOWN_LICENSE_KEY') return said('LICENSE_KEY_INVALID');
    return nothing(words.noProduct(quote(slug)), offered);
  }

  /** The computers that the newest release of each channel and platform is for. */
  async #targetsOf(context: RequestContext, wanted: { productId: string; channels: readonly string[] }): Promise<readonly string[]> {
    const latest = await context.loader(this.use.downloadables.latestByTarget).load(wanted.productId);
    const rows = latest.filter(({ channel }) => wanted.channels.includes(channel)).map(({ downloadable }) => downloadable);
    const files = await Promise.all([...new Set(rows)].map((row) => this.use.newest.mainFiles(context, row)));
    const suiting = files.flat().filter(({ type }) => type === 'INSTALLER' || type === 'OTHER');
    return [...new Set(suiting.map(({ platform, architecture }) => targetWord({ platform, architecture })))].toSorted();
  }
}

const pickFor = (target: Target | null) => (files: readonly ListedFile[]) =>
  target === null ? (files[0] ?? null) : pickAssetFor(files, target);

function missing(product: Product, { channel }: StableAddress, target: Target | null): string {
  if (target === null) return words.nothingOn(product.name, channel);
  return words.nothingFor({ product: product.name, computer: targetLabel(target), channel, most: LOOKED_THROUGH });
}

/** One sentence that says what there is instead. */
function nothing(what: string, offered: readonly string[]): Refused {
  const named =
    offered.length > NAMED_MOST ? [...offered.slice(0, NAMED_MOST - 1), words.others(offered.length - NAMED_MOST + 1)] : offered;
  const advice = named.length === 0 ? words.noOther : words.choose(joinOr(named));
  return { code: NOT_FOUND.code, message: `${what}: ${advice}.`, offered };
}
