import type { EntitlementDecision } from '@slipway/shared';
import { seesDrafts } from '../../../kernel/policy.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { credentialWouldLeak, fileMissing } from '../../../kernel/problem/faults.js';
import type { FileStores } from '../../../storage/stores/file-stores.js';
import type { FilePresence } from '../../assets/presence/file-presence.js';
import type { StoredAsset } from '../../assets/stored-asset.js';
import type { VisibleDownloadables } from '../../downloadables/visible-downloadables.js';
import type { SettingsService } from '../../settings/settings.service.js';
import { fromStore } from '../../files/upload/from-store.js';
import { noteJudged } from '../access/noted-refusal.js';
import type { AccessService, Judgement } from '../access/access.service.js';
import type { DownloadRecorder } from '../counting/download-recorder.js';
import type { DownloadWay } from '../counting/download-source.js';
import type { Download } from './download.schema.js';

/** The file that is asked for; a permalink also names it, and a wrong name is a wrong link. */
export interface WantedFile {
  readonly assetId: string;
  readonly fileName?: string;
  readonly source: DownloadWay;
}

const isNamed = (asset: StoredAsset, wanted: WantedFile): boolean => wanted.fileName === undefined || wanted.fileName === asset.fileName;

/** A yes with its URL, or a no with its reason. */
export type DownloadOutcome =
  | { readonly isGranted: true; readonly download: Download; readonly asset: StoredAsset }
  | { readonly isGranted: false; readonly decision: EntitlementDecision };

export interface DownloadDependencies {
  readonly clock: Clock;
  readonly settings: SettingsService;
  readonly stores: FileStores;
  readonly access: AccessService;
  readonly visible: VisibleDownloadables;
  readonly presence: FilePresence;
  readonly recorder: DownloadRecorder;
}

/** Grants downloads: decides, has them recorded and counted, signs. */
export class DownloadService {
  constructor(private readonly use: DownloadDependencies) {}

  /** The asset, or null when it is missing or not for this viewer. */
  async findAsset(context: RequestContext, id: string): Promise<StoredAsset | null> {
    const judged = await this.use.access.decide(context, { assetId: id });
    if (!judged) return null;
    const { row, asset, isRevisionFrozen } = judged.release;
    const isShown =
      (isRevisionFrozen || seesDrafts(context.actor, row.productId)) && (await this.use.visible.find(context, row.id)) !== null;
    return isShown ? asset : null;
  }

  /** Decides without recording anything; for HEAD. */
  async decide(context: RequestContext, wanted: WantedFile): Promise<{ decision: EntitlementDecision; asset: StoredAsset } | null> {
    const judged = await this.#judge(context, wanted);
    if (!judged?.release.asset) return null;
    if (judged.decision.allowed) this.requireServable(context, judged.release.asset);
    return { decision: judged.decision, asset: judged.release.asset };
  }

  /** Grants a download, or tells why not; null when there is no such file. */
  async grant(context: RequestContext, wanted: WantedFile): Promise<DownloadOutcome | null> {
    const judged = await this.#judge(context, wanted);
    if (!judged?.release.asset) return null;
    if (!judged.decision.allowed) return { isGranted: false, decision: judged.decision };
    // The API answers with a URL; only where a program is sent on does it take its headers along.
    this.requireServable(wanted.source === 'API' ? null : context, judged.release.asset);
    const recorded = await this.use.recorder.record(context, { ...judged, way: wanted.source });
    if (recorded === 'LIMIT_REACHED') return this.#refuseAgain(context, wanted.assetId);
    const { asset } = judged.release;
    return { isGranted: true, asset, download: await this.sign(asset) };
  }

  /** Judges the file of that name; a no is noted for the log of refusals. */
  async #judge(context: RequestContext, wanted: WantedFile): Promise<Judgement | null> {
    const judged = await this.use.access.decide(context, { assetId: wanted.assetId });
    if (!judged?.release.asset || !isNamed(judged.release.asset, wanted)) return null;
    noteJudged(context, judged);
    return judged;
  }

  /**
   * Refuses a file that the store is known to have lost, before anything is counted. Whether it is there, or back, is looked up
   * in the background: a download never waits for that. No credential goes to a third host, either.
   * @param redirected the request that is sent on to the file; null when only its URL is returned
   * @throws PublicFault FILE_MISSING, CREDENTIAL_WOULD_LEAK
   */
  requireServable(redirected: RequestContext | null, asset: StoredAsset): void {
    const carried = redirected?.origin.carriedCredential ?? 'NOT_CARRIED';
    if (asset.externalUrl !== null && carried !== 'NOT_CARRIED') throw credentialWouldLeak(carried === 'UNLESS_BASIC');
    this.use.presence.noteWanted(asset);
    if (asset.missingSince === null) return;
    const fault = fileMissing();
    redirected?.refused.add(fault);
    throw fault;
  }

  /** A signed URL of a file that its caller has cleared. */
  async sign(asset: StoredAsset): Promise<Download> {
    const { downloadUrlSeconds } = await this.use.settings.read();
    // Known before it is signed: the answer never says that a URL works longer than it does.
    const seconds = asset.externalUrl === null ? await this.#urlSeconds(asset, downloadUrlSeconds) : downloadUrlSeconds;
    const expiresAt = new Date(this.use.clock.now().getTime() + seconds * 1_000);
    const url = await this.#urlOf(asset, seconds);
    return { url, expiresAt, fileName: asset.fileName, size: asset.size, sha256: asset.sha256 };
  }

  #urlSeconds(asset: StoredAsset, wanted: number): Promise<number> {
    return fromStore(async () => (await this.use.stores.of(asset)).store.urlSeconds(wanted));
  }

  /** An external file is where it is: who asks is sent there, and nothing is fetched. */
  async #urlOf(asset: StoredAsset, expiresInSeconds: number): Promise<string> {
    const { externalUrl, objectKey, fileName } = asset;
    if (externalUrl !== null) return externalUrl;
    if (objectKey === null) throw new Error(`Asset ${asset.id} has neither bytes nor a URL.`);
    return fromStore(async () => (await this.use.stores.of(asset)).store.signGet(objectKey, { fileName, expiresInSeconds }));
  }

  /** Another request took the last download between our decision and our count: decide anew. */
  async #refuseAgain(context: RequestContext, assetId: string): Promise<DownloadOutcome | null> {
    const decision = await this.use.access.check(context.refreshed(), { assetId });
    context.refused.add({ ...decision, about: { ...context.refused.about, licenseId: decision.licenseId } });
    return { isGranted: false, decision };
  }
}
