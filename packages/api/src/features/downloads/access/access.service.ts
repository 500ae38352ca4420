import { decideAccess, shareLinkViewer, type AccessFacts, type EntitlementDecision, type ReleaseFacts } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { badInput } from '../../../kernel/problem/faults.js';
import type { StoredAsset } from '../../assets/stored-asset.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import type { ListedFile } from '../../downloadables/projection/listed-files.js';
import type { SettingsService } from '../../settings/settings.service.js';
import { accessFacts, asPublished, NOWHERE, type JudgedRelease, type Subject } from './access-facts.js';
import { downloadKey, listDownloads, type AccessLoaders } from './access.loaders.js';
import type { CheckEntitlementInput } from './access.schema.js';
import { ofProduct, type AccessSubjects, type LookingAs } from './access-subjects.js';
import { judgedFileOf, type JudgedReleases } from './judged-releases.js';

/** A share link, as far as it decides. */
type SharedBy = Parameters<typeof shareLinkViewer>[0];

/** What a share link opens: a release as a whole, or one of its files. */
interface OpenedRelease {
  readonly row: Downloadable;
  readonly asset: StoredAsset | null;
}

/** What is decided about: a release as a whole, or a file. */
export type AccessItem = { readonly row: Downloadable } | { readonly assetId: string };

/** A decision, with what was judged. */
export interface Judgement {
  readonly decision: EntitlementDecision;
  readonly release: JudgedRelease;
}

export interface AccessDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly settings: SettingsService;
  readonly subjects: AccessSubjects;
  readonly releases: JudgedReleases;
  readonly loaders: AccessLoaders;
}

/** Gathers the facts for `decideAccess`, the one place that decides; everything that serves or lists files asks here. */
export class AccessService {
  constructor(private readonly use: AccessDependencies) {}

  /** Whether the viewer, or the holder of the license that staff look as, may download; null when there is no such file. */
  async decide(context: RequestContext, item: AccessItem, as: LookingAs | null = null): Promise<Judgement | null> {
    const release =
      'row' in item ? await this.use.releases.of(context, item.row, null) : await this.use.releases.ofAsset(context, item.assetId);
    if (!release) return null;
    const subject = await this.use.subjects.of(context, release.product.id, as);
    const judged = as ? await this.#asSeenBy(context, release, as) : release;
    return { decision: await this.#decide(subject, judged, null), release };
  }

  /** The same for a file that a list has with its release, and that belongs to no other: nothing of it is read again. */
  async decideListed(context: RequestContext, row: Downloadable, { id, platform, state }: ListedFile): Promise<Judgement> {
    await this.use.loaders.prime(context, { productId: row.productId, assetId: id });
    const whole = await this.use.releases.of(context, row, null);
    const release = { ...whole, downloads: await context.loader(this.use.loaders.downloadsOfAsset).load(id) };
    const subject = await this.use.subjects.of(context, row.productId, null);
    const facts = accessFacts(subject, release, (await this.use.settings.read()).timeZone);
    return { decision: decideAccess({ ...facts, asset: { platform, state } }, this.use.clock.now()), release };
  }

  /** What the holder of a share link is answered. @param opened null: the link opens nothing, and says so unless it is spent */
  async decideShared(
    context: RequestContext,
    link: SharedBy,
    opened: OpenedRelease | null,
  ): Promise<Omit<Judgement, 'release'> & { readonly release: JudgedRelease | null }> {
    if (!opened) {
      const { timeZone } = await this.use.settings.read();
      const facts = { ...NOWHERE, viewer: shareLinkViewer(link, false), timeZone, release: null };
      return { decision: decideAccess(facts, this.use.clock.now()), release: null };
    }
    const release = await this.use.releases.of(context, opened.row, opened.asset);
    const viewer = shareLinkViewer(link, release.isSideFile);
    return { decision: await this.#decide({ viewer, licenses: [] }, release, null), release };
  }

  /** What somebody would be answered: the viewer, the holder of a license key, or whom staff ask about. */
  async check(context: RequestContext, input: CheckEntitlementInput): Promise<EntitlementDecision> {
    if ((input.assetId == null) === (input.downloadableId == null)) throw badInput('Give assetId or downloadableId, and only one of them.');
    // The question is judged before the release is looked for: what is hidden answers like what is missing.
    const named = await this.use.subjects.named(context, input);
    const release =
      input.assetId == null
        ? await this.use.releases.ofDownloadable(context, input.downloadableId ?? '')
        : await this.use.releases.ofAsset(context, input.assetId);
    if (!release) return decideAccess({ ...NOWHERE, release: null }, this.use.clock.now());
    const productId = release.product.id;
    const subject = named ? ofProduct(named, productId) : await this.use.subjects.of(context, productId, null);
    return decideAccess(await this.factsOf(subject, release), input.at ?? this.use.clock.now());
  }

  /** What decides for somebody who was named, with what their licenses did before. */
  async factsOf(subject: Subject, release: JudgedRelease): Promise<AccessFacts & { readonly release: ReleaseFacts }> {
    const licenseIds = subject.licenses.map((license) => license.id);
    const judgedFile = judgedFileOf(release);
    const downloads = await listDownloads(this.use.database, licenseIds, judgedFile ? [judgedFile.id] : []);
    const { timeZone } = await this.use.settings.read();
    return accessFacts(subject, { ...release, downloads }, timeZone);
  }

  /** With what that license did before, and published if staff ask for that. */
  async #asSeenBy(context: RequestContext, release: JudgedRelease, { licenseId, ifPublished }: LookingAs): Promise<JudgedRelease> {
    const judgedFile = judgedFileOf(release);
    const key = judgedFile && downloadKey({ licenseId, assetId: judgedFile.id });
    const download = key === null ? null : await context.loader(this.use.loaders.downloadByKey).load(key);
    const judged = { ...release, downloads: download ? [download] : [] };
    return ifPublished ? asPublished(judged) : judged;
  }

  async #decide(subject: Subject, release: JudgedRelease, at: Date | null): Promise<EntitlementDecision> {
    const { timeZone } = await this.use.settings.read();
    return decideAccess(accessFacts(subject, release, timeZone), at ?? this.use.clock.now());
  }
}
