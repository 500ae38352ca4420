import {
  entitlementMessage,
  entitlementRemedy,
  expandChannels,
  isUpdate,
  listUpdateFiles,
  parseVersion,
  satisfiesConstraint,
  type Channel,
  type EntitlementDecision,
} from '@slipway/shared';
import { isKnown, scopesOf, type Actor } from '../../kernel/actor.js';
import type { RequestContext } from '../../kernel/context.js';
import { PublicFault } from '../../kernel/problem/faults.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import type { VisibleDownloadables } from '../downloadables/visible-downloadables.js';
import type { NewestReleases, SuitingRelease } from '../downloads/stable/newest-releases.js';
import type { Product } from '../products/product.entity.js';
import type { ProductLoaders } from '../products/product.loaders.js';
import type { ProductService, ProductWithChannels } from '../products/product.service.js';
import { boundOf, readVersions, unknownName, type ReadVersions, type UpdateQuestion } from './update-question.js';

export const UPDATE_STATUSES = ['UPDATE_AVAILABLE', 'UP_TO_DATE', 'NOT_ALLOWED'] as const;

/** The version that a program has. */
export interface CurrentRelease {
  readonly version: string;
  /** The release of that version; null: there is none that the caller may know of. */
  readonly row: Downloadable | null;
}

/** What an update check answers. */
export interface UpdateAnswer {
  readonly status: (typeof UPDATE_STATUSES)[number];
  readonly product: Product;
  readonly current: CurrentRelease;
  /** What the program may update to; null: nothing. */
  readonly release: SuitingRelease | null;
  /** The newest version that the caller may have, up to date or not; null: none. */
  readonly latestVersion: string | null;
  /** The newer release that the caller may not have; null: there is none. */
  readonly refused: SuitingRelease | null;
}

/** Denials that say that a credential opens nothing of a product: then nothing is told of its releases. */
const OPENS_NOTHING: ReadonlySet<string> = new Set(['AUTH_REQUIRED', 'LICENSE_KEY_INVALID', 'PRODUCT_NOT_LICENSED', 'PRODUCT_CLOSED']);

export interface UpdateCheckUse {
  readonly products: ProductService;
  readonly productLoaders: ProductLoaders;
  readonly visible: VisibleDownloadables;
  readonly newest: NewestReleases;
}

/** Tells a program whether there is an update for it, and whether its user may have it. */
export class UpdateCheck {
  constructor(private readonly use: UpdateCheckUse) {}

  /**
   * @throws PublicFault BAD_USER_INPUT for a question that cannot be read; AUTH_REQUIRED, LICENSE_KEY_INVALID, PRODUCT_NOT_LICENSED where
   * the caller has nothing of the product, be it hidden, closed or missing
   */
  async check(context: RequestContext, question: UpdateQuestion): Promise<UpdateAnswer> {
    const versions = readVersions(question);
    const { product, channels: all } = await this.#product(context, question.product);
    const channels = followed(all, question.channel);
    const { target } = question;
    const [found, row] = await Promise.all([
      this.use.newest.find(context, {
        productId: product.id,
        channels,
        target,
        versionKeyBelow: boundOf(versions),
        pick: (files) => listUpdateFiles(files, target)[0] ?? null,
      }),
      versions.versionKey === null ? null : this.use.visible.findByVersion(context, product.id, versions.versionKey),
    ]);
    const current = { version: versions.version, row };
    const within = (release: SuitingRelease | null): SuitingRelease | null =>
      release && isWithin(versions, release.row.version) ? release : null;
    const [own, newest] = [within(found?.own ?? null), within(found?.newest ?? null)];
    if (newest && !own && OPENS_NOTHING.has(newest.decision.code)) throw refusal(newest.decision);
    const isNewer = (release: SuitingRelease | null): release is SuitingRelease =>
      release !== null && isUpdateFor(current, release.row.version);
    const answer = { product, current, latestVersion: own?.row.version ?? null, release: isNewer(own) ? own : null };
    if (!isNewer(newest)) return { ...answer, status: 'UP_TO_DATE', refused: null };
    return newest.row.id === own?.row.id
      ? { ...answer, status: 'UPDATE_AVAILABLE', refused: null }
      : { ...answer, status: 'NOT_ALLOWED', refused: newest };
  }

  async #product(context: RequestContext, name: string): Promise<ProductWithChannels> {
    const wanted = name.trim();
    const { products, productLoaders } = this.use;
    const found =
      (await products.findWithChannels(context, { slug: wanted })) ?? (await products.findWithChannels(context, { id: wanted }));
    if (found) {
      productLoaders.prime(context, found);
      return found;
    }
    const code = codeForHidden(context.actor);
    if (code === 'NOT_FOUND') throw new PublicFault(code, 'There is no product of this name that you may see: check its slug.');
    throw refusal({ code, params: {}, message: entitlementMessage({ code, params: {} }), remedy: entitlementRemedy({ code, params: {} }) });
  }
}

/** The channel that is followed, with those that it includes. */
function followed(channels: readonly Channel[], asked: string | null): readonly string[] {
  const names = channels.map(({ name }) => name);
  const channel = asked ?? names[0] ?? '';
  if (!names.includes(channel)) throw unknownName('channel', names);
  return [...expandChannels(channels, [channel])];
}

/** Versions come from our own releases: each can be read. */
function isWithin({ constraint }: ReadVersions, version: string): boolean {
  const parsed = parseVersion(version);
  return parsed.ok && (constraint === null || satisfiesConstraint(parsed.value, constraint));
}

function isUpdateFor({ version, row }: CurrentRelease, latest: string): boolean {
  const parsed = parseVersion(latest);
  const result = parsed.ok ? isUpdate({ text: version, isKnownRelease: row !== null }, parsed.value) : parsed;
  return result.ok && result.value;
}

/** What is hidden is answered like what is missing. */
function codeForHidden(actor: Actor) {
  if (actor.kind === 'UNKNOWN_LICENSE_KEY') return 'LICENSE_KEY_INVALID';
  if (!isKnown(actor)) return 'AUTH_REQUIRED';
  return scopesOf(actor).size > 0 ? 'NOT_FOUND' : 'PRODUCT_NOT_LICENSED';
}

const refusal = ({ code, message, params, remedy }: Pick<EntitlementDecision, 'code' | 'message' | 'params' | 'remedy'>): PublicFault =>
  new PublicFault(code === 'PRODUCT_CLOSED' ? 'PRODUCT_NOT_LICENSED' : code, message, { params, remedy });
