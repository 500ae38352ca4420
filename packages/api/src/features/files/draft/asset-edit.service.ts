import type { Architecture, AssetType, Platform } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { Asset } from '../../assets/asset.entity.js';
import { releaseAssets } from '../../assets/object-release.js';
import { listAssetsById, type StoredAsset } from '../../assets/stored-asset.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import { Downloadable } from '../../downloadables/downloadable.entity.js';
import { project } from '../../downloadables/projection/projection.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import { lockDraftFile, lockNamedFile, type LockedFile } from './draft-files.js';
import { stopWaiting } from './file-declaration.js';

/** What of a file can be changed while its revision is a draft. */
export interface AssetChange {
  readonly type?: AssetType | null;
  readonly platform?: Platform | null;
  readonly architecture?: Architecture | null;
}

/** Relabels and removes files of drafts. */
export class AssetEditService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly jobs: JobRunner,
  ) {}

  async update(context: RequestContext, id: string, change: AssetChange): Promise<StoredAsset> {
    return this.database.transaction(async (tx) => {
      const { asset, row } = await lockDraftFile(tx, context, id);
      const before = { type: asset.type, platform: asset.platform, architecture: asset.architecture };
      const after = {
        type: change.type ?? asset.type,
        platform: change.platform ?? asset.platform,
        architecture: change.architecture === undefined ? asset.architecture : change.architecture,
      };
      await tx.manager.update(Asset, { id }, after);
      await project(tx, row.id);
      await this.audit.record(tx, context, { action: 'asset.update', subjectType: 'downloadable', subjectId: row.id, before, after });
      const [updated = asset] = await listAssetsById(tx, [id]);
      return updated;
    });
  }

  /** Removes a file from a draft; its bytes go when nothing else stands on them. @returns the downloadable */
  async remove(context: RequestContext, id: string): Promise<Downloadable> {
    return this.#remove(context, (tx) => lockDraftFile(tx, context, id));
  }

  /** Removes the file of a draft that has a name, capitals aside. @throws PublicFault NOT_FOUND when it has none */
  async removeNamed(context: RequestContext, named: { downloadableId: string; fileName: string }): Promise<Downloadable> {
    return this.#remove(context, (tx) => lockNamedFile(tx, context, named));
  }

  async #remove(context: RequestContext, lock: (tx: Transaction) => Promise<LockedFile>): Promise<Downloadable> {
    const downloadable = await this.database.transaction(async (tx) => {
      const { asset, row } = await lock(tx);
      if (asset.state !== 'READY' || asset.openObjectId !== null) await stopWaiting(tx, asset.revisionId);
      await releaseAssets(tx, [asset.id], this.clock.now());
      await project(tx, row.id);
      await this.audit.record(tx, context, {
        action: 'asset.remove',
        subjectType: 'downloadable',
        subjectId: row.id,
        before: { fileName: asset.fileName },
      });
      return tx.manager.findOneByOrFail(Downloadable, { id: row.id });
    });
    this.jobs.nudge();
    return downloadable;
  }
}
