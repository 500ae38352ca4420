import { calendarDate, type EntitlementDecision } from '@slipway/shared';
import { mayUse, seesDrafts } from '../../../kernel/policy.js';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import { toSqlInstant } from '../../../database/instants.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { credentialWouldLeak, fileMissing } from '../../../kernel/problem/faults.js';
import { newEventId } from '../../../kernel/ids.js';
import type { FileStores } from '../../../storage/stores/file-stores.js';
import type { FilePresence } from '../../assets/presence/file-presence.js';
import type { StoredAsset } from '../../assets/stored-asset.js';
import type { VisibleDownloadables } from '../../downloadables/visible-downloadables.js';
import { License } from '../../licenses/license.entity.js';
import type { SettingsService } from '../../settings/settings.service.js';
import { fromStore } from '../../files/upload/from-store.js';
import { isCountedRecently, type JudgedRelease } from '../access/access-facts.js';
import { noteJudged } from '../access/noted-refusal.js';
import type { AccessService, Judgement } from '../access/access.service.js';
import { countInStatistics } from '../counting/download-counters.js';
import { downloadedOf, sourceOf, type DownloadWay } from '../counting/download-source.js';
import { grantedTo } from '../counting/granted-to.js';
import { DownloadEvent, LicenseDownload } from '../download.entities.js';
import { countVisit, OPEN_SCOPE, type Visitors } from '../counting/visitors.js';
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
  readonly database: Database;
  readonly clock: Clock;
  readonly settings: SettingsService;
  readonly stores: FileStores;
  readonly access: AccessService;
  readonly visible: VisibleDownloadables;
  readonly presence: FilePresence;
  readonly visitors: Visitors;
}

/** Grants downloads: decides, records, counts against the license, signs. */
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
    const isCounted = await this.#record(context, judged, wanted.source);
    if (isCounted === 'LIMIT_REACHED') return this.#refuseAgain(context, wanted.assetId);
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

  async #record(
    context: RequestContext,
    judged: { decision: EntitlementDecision; release: JudgedRelease },
    source: DownloadWay,
  ): Promise<boolean | 'LIMIT_REACHED'> {
    const { row, asset } = judged.release;
    // Staff's downloads and those of side files are recorded but never counted.
    const isStaff = mayUse(context.actor, 'release:read', row.productId);
    const isFree = isStaff || judged.release.isSideFile;
    const licenseId = isStaff ? null : judged.decision.licenseId;
    const now = this.use.clock.now();
    const download = { ...downloadedOf(judged.release), source: sourceOf(context.actor, source, isStaff) };
    const { timeZone, logAddress } = await this.use.settings.read();
    const hashes = isFree || licenseId !== null ? [] : await this.use.visitors.hashesOfCaller(context);
    return this.use.database.transaction(async (tx) => {
      const isLicensed = !isFree && licenseId !== null && asset !== null;
      const counted = isLicensed ? await countDownload(tx, { licenseId, assetId: asset.id, now }) : false;
      if (counted === 'LIMIT_REACHED') return counted;
      // The ranges and resumes of a visitor are one download: only the first is written down.
      if (!isLicensed && !(await countVisit(tx, { scopeId: OPEN_SCOPE, fileId: asset?.id ?? '', hashes }, now))) return false;
      const from = grantedTo(context, { licenseId, logAddress });
      await tx.manager.insert(DownloadEvent, { id: newEventId(now), at: now, ...download, ...from, shareLinkId: null, isCounted: counted });
      if (counted || !isLicensed) await countInStatistics(tx, { ...download, day: calendarDate(now, timeZone) });
      return counted;
    });
  }
}

/** Counts one download of a license within 24 hours once. The license's row is locked: two requests cannot both take the last one. */
async function countDownload(tx: Transaction, use: { licenseId: string; assetId: string; now: Date }): Promise<boolean | 'LIMIT_REACHED'> {
  await tx.lock(License, { id: use.licenseId });
  const known = await tx.manager.findOneBy(LicenseDownload, { licenseId: use.licenseId, assetId: use.assetId });
  if (known && isCountedRecently(known, use.now)) return false;
  const counted = await tx.execute(
    'UPDATE license SET downloads_used = downloads_used + 1, last_download_at = ? WHERE id = ? AND (max_downloads IS NULL OR downloads_used < max_downloads)',
    [toSqlInstant(use.now), use.licenseId],
  );
  if (counted === 0) return 'LIMIT_REACHED';
  const row = { license_id: use.licenseId, asset_id: use.assetId, counted_at: toSqlInstant(use.now) };
  await tx.execute('DELETE FROM license_download WHERE license_id = ? AND asset_id = ?', [use.licenseId, use.assetId]);
  await tx.insertIfAbsent('license_download', row);
  return true;
}
