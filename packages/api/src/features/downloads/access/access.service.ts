import { decideAccess, shareLinkViewer, type EntitlementDecision } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import { actorId, scopesOf } from '../../../kernel/actor.js';
import type { Clock } from '../../../kernel/clock.js';
import type { LoaderDefinition, RequestContext } from '../../../kernel/context.js';
import { badInput, forbidden, notFound } from '../../../kernel/problem/faults.js';
import type { AssetLoaders } from '../../assets/asset.loaders.js';
import type { StoredAsset } from '../../assets/stored-asset.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import { isPublicRevision } from '../../downloadables/revision.entity.js';
import type { DownloadableLoaders } from '../../downloadables/downloadable.loaders.js';
import type { License } from '../../licenses/license.entity.js';
import { listLicensesOf } from '../../licenses/license-rows.js';
import type { LicenseService } from '../../licenses/license.service.js';
import type { ProductLoaders } from '../../products/product.loaders.js';
import type { SettingsService } from '../../settings/settings.service.js';
import { accessFacts, asPublished, NOWHERE, UNRELEASED, viewerOf, type JudgedRelease, type Subject } from './access-facts.js';
import { downloadKey, listDownloads, type AccessLoaders } from './access.loaders.js';
import type { CheckEntitlementInput } from '../delivery/download.schema.js';

/** The license that staff look as. */
export interface LookingAs {
  readonly licenseId: string;
  /** Judges what is not published yet as if it were published now. */
  readonly ifPublished: boolean;
}

/** A share link, as far as it decides. */
type SharedBy = Parameters<typeof shareLinkViewer>[0];

/** What a share link opens: a release as a whole, or one of its files. */
interface OpenedRelease {
  readonly row: Downloadable;
  readonly asset: StoredAsset | null;
}

interface SharedDecision {
  readonly decision: EntitlementDecision;
  /** What was judged; null when the link opens nothing. */
  readonly release: JudgedRelease | null;
}

export interface AccessDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly settings: SettingsService;
  readonly licenses: LicenseService;
  readonly products: ProductLoaders;
  readonly downloadables: DownloadableLoaders;
  readonly assets: AssetLoaders;
  readonly loaders: AccessLoaders;
}

/** Gathers the facts for `decideAccess`, the one place that decides; everything that serves or lists files asks here. */
export class AccessService {
  constructor(private readonly use: AccessDependencies) {}

  /** Whether the viewer may download a release at all. */
  async decideRelease(context: RequestContext, row: Downloadable): Promise<EntitlementDecision> {
    const release = await this.#judge(context, row, null);
    return this.#decide(await this.#ownSubject(context, row.productId), release, null);
  }

  /** Whether the viewer may download a file. @returns also what was judged, or null when there is no such file */
  async decideAsset(context: RequestContext, assetId: string): Promise<{ decision: EntitlementDecision; release: JudgedRelease } | null> {
    const release = await this.#judgeAsset(context, assetId);
    if (!release) return null;
    const subject = await this.#ownSubject(context, release.product.id);
    return { decision: await this.#decide(subject, release, null), release };
  }

  /** Who asks about a product, or the license that staff look as, with what decides before any release is looked at. */
  async factsOfProduct(context: RequestContext, productId: string, as: LookingAs | null) {
    const [product, channels, { timeZone }, subject] = await Promise.all([
      load(context, this.use.products.byId, productId),
      context.loader(this.use.products.channels).load(productId),
      this.use.settings.read(),
      as ? this.#licensed(context, as.licenseId) : this.#ownSubject(context, productId),
    ]);
    if (!product) throw notFound('product');
    const { viewer, licenses } = ofProduct(subject, productId);
    return { viewer, licenses, timeZone, product: { distribution: product.distribution, channels }, now: this.use.clock.now() };
  }

  async #licensed(context: RequestContext, licenseId: string): Promise<Subject> {
    const license = await load(context, this.use.loaders.licenseById, licenseId);
    if (!license) throw notFound('license');
    return asCustomer([license]);
  }

  /** What the holder of a license is answered for a release; for staff who look as that license. */
  async decideReleaseAs(context: RequestContext, row: Downloadable, as: LookingAs): Promise<EntitlementDecision> {
    return this.#decideAs(context, await this.#judge(context, row, null), as);
  }

  /** The same for a file; null when there is no such file. */
  async decideAssetAs(context: RequestContext, assetId: string, as: LookingAs): Promise<EntitlementDecision | null> {
    const release = await this.#judgeAsset(context, assetId);
    return release && this.#decideAs(context, release, as);
  }

  /**
   * What the holder of a share link is answered for a release or one of its files. Nothing to open is NOT_FOUND, but a link
   * that is spent says so.
   */
  async decideShared(context: RequestContext, link: SharedBy, opened: OpenedRelease | null): Promise<SharedDecision> {
    if (!opened) {
      const { timeZone } = await this.use.settings.read();
      const facts = { ...NOWHERE, viewer: shareLinkViewer(link, false), timeZone };
      const alone = decideAccess({ ...facts, release: UNRELEASED }, this.use.clock.now());
      return { decision: alone.allowed ? decideAccess({ ...facts, release: null }, this.use.clock.now()) : alone, release: null };
    }
    const release = await this.#judge(context, opened.row, opened.asset);
    const viewer = shareLinkViewer(link, release.isSideFile);
    return { decision: await this.#decide({ viewer, licenses: [] }, release, null), release };
  }

  async #decideAs(context: RequestContext, release: JudgedRelease, { licenseId, ifPublished }: LookingAs): Promise<EntitlementDecision> {
    const subject = await this.#licensed(context, licenseId);
    const judgedFile = release.mainAsset ?? release.asset;
    const download =
      judgedFile && (await load(context, this.use.loaders.downloadByKey, downloadKey({ licenseId, assetId: judgedFile.id })));
    const judged = { ...release, downloads: download ? [download] : [] };
    return this.#decide(ofProduct(subject, release.product.id), ifPublished ? asPublished(judged) : judged, null);
  }

  /** What somebody would be answered: the viewer, the holder of a license key, or whom staff ask about. */
  async check(context: RequestContext, input: CheckEntitlementInput): Promise<EntitlementDecision> {
    if ((input.assetId == null) === (input.downloadableId == null)) throw badInput('Give assetId or downloadableId, and only one of them.');
    // The question is judged before the release is looked for: what is hidden answers like what is missing.
    const named = await this.#namedSubject(context, input);
    const release =
      input.assetId == null
        ? await this.#judgeDownloadable(context, input.downloadableId ?? '')
        : await this.#judgeAsset(context, input.assetId);
    if (!release) return decideAccess({ ...NOWHERE, release: null }, this.use.clock.now());
    const subject = named ? ofProduct(named, release.product.id) : await this.#ownSubject(context, release.product.id);
    const licenseIds = subject.licenses.map((license) => license.id);
    const judgedFile = release.mainAsset ?? release.asset;
    const downloads = await listDownloads(this.use.database, licenseIds, judgedFile ? [judgedFile.id] : []);
    return this.#decide(subject, { ...release, downloads }, input.at ?? null);
  }

  async #decide(subject: Subject, release: JudgedRelease, at: Date | null): Promise<EntitlementDecision> {
    const { timeZone } = await this.use.settings.read();
    const now = at ?? this.use.clock.now();
    return decideAccess(accessFacts(subject, release, timeZone), now);
  }

  async #judgeAsset(context: RequestContext, assetId: string): Promise<JudgedRelease | null> {
    const asset = await load(context, this.use.assets.byId, assetId);
    const revision = asset && (await load(context, this.use.downloadables.revision, asset.revisionId));
    const row = revision && (await load(context, this.use.downloadables.byId, revision.downloadableId));
    return row ? this.#judge(context, row, asset) : null;
  }

  async #judgeDownloadable(context: RequestContext, id: string): Promise<JudgedRelease | null> {
    const row = await load(context, this.use.downloadables.byId, id);
    return row ? this.#judge(context, row, null) : null;
  }

  async #judge(context: RequestContext, row: Downloadable, asset: StoredAsset | null): Promise<JudgedRelease> {
    const links = asset && (await context.loader(this.use.assets.sideFiles).load(asset.revisionId));
    const mainAsset = asset && links ? links.mainOf(asset) : null;
    const judgedFile = mainAsset ?? asset;
    const [product, channels, revision, downloads, replacement] = await Promise.all([
      load(context, this.use.products.byId, row.productId),
      context.loader(this.use.products.channels).load(row.productId),
      asset ? load(context, this.use.downloadables.revision, asset.revisionId) : null,
      judgedFile ? context.loader(this.use.loaders.downloadsOfAsset).load(judgedFile.id) : [],
      row.replacementId === null ? null : load(context, this.use.downloadables.byId, row.replacementId),
    ]);
    if (!product) throw new Error(`Downloadable ${row.id} has no product.`);
    const isRevisionFrozen = asset ? revision !== null && isPublicRevision(revision) : row.liveRevisionId !== null;
    return {
      row,
      product,
      channels,
      asset,
      mainAsset,
      isSideFile: mainAsset !== null || (asset !== null && links?.isOfRelease(asset) === true),
      channel: revision?.channel ?? row.channel,
      isRevisionFrozen,
      revision,
      replacement: replacement?.status === 'PUBLISHED' ? replacement : null,
      downloads,
    };
  }

  async #ownSubject(context: RequestContext, productId: string): Promise<Subject> {
    return {
      viewer: viewerOf(context.actor, productId),
      licenses: await context.loader(this.use.loaders.licensesOfProduct).load(productId),
    };
  }

  /** Whom a question names, with all their licenses; null: the viewer. */
  async #namedSubject(context: RequestContext, input: CheckEntitlementInput): Promise<Subject | null> {
    const given = [input.licenseKey, input.licenseId, input.customerId].filter((value) => value != null);
    if (given.length > 1) throw badInput('Give only one of licenseKey, licenseId and customerId.');
    if (input.licenseKey != null) {
      const license = await this.use.licenses.findByKey(input.licenseKey, context.origin.countedAddress);
      return license ? asCustomer([license]) : { viewer: { kind: 'INVALID_LICENSE_KEY' }, licenses: [] };
    }
    if (input.licenseId != null) {
      const license = await this.use.licenses.find(context.actor, input.licenseId);
      if (!license) throw notFound('license');
      return asCustomer([license]);
    }
    return input.customerId == null ? null : this.#customerSubject(context, input.customerId);
  }

  async #customerSubject({ actor }: RequestContext, customerId: string): Promise<Subject> {
    const isSelf = actor.kind === 'USER' && actor.customerId === customerId;
    if (!isSelf && !scopesOf(actor).has('license:read')) throw forbidden('license:read');
    const productIds = actor.kind === 'TOKEN' && actor.productId !== null ? [actor.productId] : null;
    return asCustomer(await listLicensesOf(this.use.database, { customerIds: [customerId], productIds }));
  }
}

const asCustomer = (licenses: readonly License[]): Subject => ({ viewer: { kind: 'CUSTOMER' }, licenses });

const ofProduct = (subject: Subject, productId: string): Subject => ({
  ...subject,
  licenses: subject.licenses.filter((license) => license.productId === productId),
});

function load<V>(context: RequestContext, definition: LoaderDefinition<string, V>, id: string): Promise<V> {
  return context.loader(definition).load(id);
}

/** Who downloads, for the record. */
export function downloaderOf(context: RequestContext): { userId: string | null; tokenId: string | null } {
  const { actor } = context;
  return { userId: actor.kind === 'USER' ? actorId(actor) : null, tokenId: actor.kind === 'TOKEN' ? actor.tokenId : null };
}
