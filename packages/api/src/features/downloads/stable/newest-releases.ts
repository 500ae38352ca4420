import { isDebugArchive, listMainFiles, releaseCandidates, type EntitlementDecision, type Target } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import type { RequestContext } from '../../../kernel/context.js';
import type { AssetLoaders } from '../../assets/asset.loaders.js';
import type { Downloadable } from '../../downloadables/downloadable.entity.js';
import { findWithFiles, type ReleaseWithFiles } from '../../downloadables/list/listed-parts.js';
import type { ListedFile } from '../../downloadables/projection/listed-files.js';
import type { DownloadableLoaders } from '../../downloadables/downloadable.loaders.js';
import type { AccessService } from '../access/access.service.js';
import type { AccessSubjects } from '../access/access-subjects.js';
import { walkReleases, type ReleaseWalk } from '../access/release-walk.js';

/** So many releases without a file for a processor are passed: who dropped it did so long ago. */
export const LOOKED_THROUGH = 100;

/** What an address asks for the newest of. */
export interface WantedRelease {
  readonly productId: string;
  /** The channel and what it includes. */
  readonly channels: readonly string[];
  /** Null: any computer. */
  readonly target: Target | null;
  /** Sort keys of versions are below it; null: no bound. */
  readonly versionKeyBelow: string | null;
  /** The file of a release that is asked for; null: it has none. */
  readonly pick: (files: readonly ListedFile[]) => ListedFile | null;
}

/** A release with all its files, and the one that suits. */
export interface SuitingRelease extends ReleaseWithFiles {
  readonly asset: ListedFile;
  readonly decision: EntitlementDecision;
}

/** The newest that somebody may have, and the newest of all, which may be the same. */
export interface NewestRelease {
  /** Null: they may have none. */
  readonly own: SuitingRelease | null;
  readonly newest: SuitingRelease;
}

export interface NewestReleasesUse {
  readonly database: Database;
  readonly access: AccessService;
  readonly subjects: AccessSubjects;
  readonly downloadables: DownloadableLoaders;
  readonly assets: AssetLoaders;
}

/** Finds the newest release for a computer on a channel. */
export class NewestReleases {
  constructor(private readonly use: NewestReleasesUse) {}

  /** Null when no release has a file for that computer. */
  async find(context: RequestContext, wanted: WantedRelease): Promise<NewestRelease | null> {
    const everything = { ...wanted, candidates: { datedUntil: null, versionKeyFrom: null, versionKeyUntil: null } };
    const newest = await this.#first(context, wanted, { walk: everything, mustBeOpen: false });
    if (!newest) return null;
    if (newest.decision.allowed) return { own: newest, newest };
    return { own: await this.#ownOf(context, wanted), newest };
  }

  /** The files of a release that are offered by themselves, whoever may have them. */
  async mainFiles(context: RequestContext, row: Downloadable): Promise<readonly ListedFile[]> {
    return offeredFiles(await this.#files(context, row));
  }

  async #files(context: RequestContext, { liveRevisionId }: Downloadable): Promise<readonly ListedFile[]> {
    return liveRevisionId === null ? [] : context.loader(this.use.assets.byRevision).load(liveRevisionId);
  }

  /** The highest that one of the viewer's licenses, or the product being open, allows. */
  async #ownOf(context: RequestContext, wanted: WantedRelease): Promise<SuitingRelease | null> {
    const facts = await this.use.subjects.factsOfProduct(context, wanted.productId, null);
    let highest: SuitingRelease | null = null;
    for (const candidates of releaseCandidates(facts, facts.now)) {
      const channels = wanted.channels.filter((channel) => candidates.channels?.includes(channel) ?? true);
      const walk = { ...wanted, channels, candidates };
      const found = await this.#first(context, wanted, { walk, mustBeOpen: true });
      if (found && (highest === null || found.row.versionKey > highest.row.versionKey)) highest = found;
    }
    return highest;
  }

  async #first(
    context: RequestContext,
    wanted: WantedRelease,
    { walk, mustBeOpen }: { readonly walk: ReleaseWalk; readonly mustBeOpen: boolean },
  ): Promise<SuitingRelease | null> {
    let passed = 0;
    for await (const ids of walkReleases(this.use.database, walk)) {
      for (const place of ids.keys()) {
        const release = await this.#release(context, ids, place);
        const found = release && (await this.#suiting(context, release, wanted));
        if (found && (!mustBeOpen || found.decision.allowed)) return found;
        if (!found) passed += 1;
        if (passed >= LOOKED_THROUGH) return null;
      }
    }
    return null;
  }

  /** The first mostly suits: it comes with its files, and the others of a step together once it does not. */
  async #release(context: RequestContext, ids: readonly string[], place: number): Promise<ReleaseWithFiles | null> {
    const loader = context.loader(this.use.downloadables.byId);
    const id = ids[place] ?? '';
    if (place > 0) {
      const [row] = await Promise.all([id, ...(place === 1 ? ids.slice(2) : [])].map((one) => loader.load(one)));
      return row ? { row, files: await this.#files(context, row) } : null;
    }
    const first = await findWithFiles(this.use.database, id);
    if (first) loader.prime(id, first.row);
    return first;
  }

  async #suiting(
    context: RequestContext,
    { row, files }: ReleaseWithFiles,
    { target, pick }: WantedRelease,
  ): Promise<SuitingRelease | null> {
    const asset = pick(offeredFiles(files));
    if (!asset) return null;
    const judged =
      target === null ? await this.use.access.decide(context, { row }) : await this.use.access.decideListed(context, row, asset);
    return judged && { row, files, asset, decision: judged.decision };
  }
}

/** The files that are offered by themselves and are there. */
export const offeredFiles = <T extends ListedFile>(files: readonly T[]): readonly T[] =>
  listMainFiles(files).filter(({ state, fileName }) => state === 'READY' && !isDebugArchive(fileName));

/** What is newer than what somebody gets, and why they do not get that; null: nothing. */
export function newerOf({
  own,
  newest,
}: NewestRelease): { readonly version: string; readonly code: string; readonly message: string } | null {
  if (own?.row.id === newest.row.id) return null;
  return { version: newest.row.version, code: newest.decision.code, message: newest.decision.message };
}
