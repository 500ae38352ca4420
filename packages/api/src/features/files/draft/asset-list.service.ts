import type { AuditAction } from '../../../machinery/audit/audit-actions.js';
import type { Architecture, AssetType, Platform } from '@slipway/shared';
import { In } from 'typeorm';
import { mayUse } from '../../../kernel/policy.js';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { notFound } from '../../../kernel/problem/faults.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import { Asset } from '../../assets/asset.entity.js';
import { listAssetsOfRevisions, type StoredAsset } from '../../assets/stored-asset.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import { Downloadable } from '../../downloadables/downloadable.entity.js';
import { lockDownloadable, lockDraft } from '../../downloadables/downloadable-lock.js';
import { project } from '../../downloadables/projection/projection.js';

/** What several files of a draft are to be at once; absent fields stay. */
export interface AssetLabels {
  readonly type?: AssetType | null;
  readonly platform?: Platform | null;
  /** Undefined: stays; null: none. */
  readonly architecture?: Architecture | null;
}

/** A draft with its files, its downloadable's row locked. */
interface LockedDraft {
  readonly row: Downloadable;
  readonly assets: readonly StoredAsset[];
}

/** Changes the files of one draft together: their labels, their order. All of it happens, or nothing. */
export class AssetListService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** The files of the open draft, else of the live revision. @throws PublicFault NOT_FOUND when the actor sees no such downloadable */
  async list({ actor }: RequestContext, downloadableId: string): Promise<readonly StoredAsset[]> {
    const row = await this.database.read.findOneBy(Downloadable, { id: downloadableId });
    if (!row || !mayUse(actor, 'release:read', row.productId)) throw notFound('downloadable');
    const revisionId = row.draftRevisionId ?? row.liveRevisionId;
    return revisionId === null ? [] : listAssetsOfRevisions(this.database, [revisionId]);
  }

  /** Gives files of one draft the same labels. @throws PublicFault NOT_FOUND when one is not a file of the draft */
  async relabel(
    context: RequestContext,
    downloadableId: string,
    change: AssetLabels & { readonly ids: readonly string[] },
  ): Promise<Downloadable> {
    return this.database.transaction(async (tx) => {
      const draft = await lockFiles(tx, context, downloadableId);
      const wanted = new Set(change.ids);
      const chosen = draft.assets.filter(({ id }) => wanted.has(id));
      if (chosen.length === 0 || chosen.length !== wanted.size) throw notFound('asset');
      const labels = {
        ...(change.type == null ? {} : { type: change.type }),
        ...(change.platform == null ? {} : { platform: change.platform }),
        ...(change.architecture === undefined ? {} : { architecture: change.architecture }),
      };
      if (Object.keys(labels).length > 0) await tx.manager.update(Asset, { id: In(chosen.map(({ id }) => id)) }, labels);
      await project(tx, downloadableId);
      const before = chosen.map(({ fileName, type, platform, architecture }) => ({ fileName, type, platform, architecture }));
      return this.#finish(tx, context, draft.row, { action: 'asset.relabel', before: { files: before }, after: labels });
    });
  }

  /** Changes the order of the files of a draft. @param ids every file of the draft once. @throws Refusal ORDER_INCOMPLETE */
  async reorder(context: RequestContext, downloadableId: string, ids: readonly string[]): Promise<Downloadable> {
    return this.database.transaction(async (tx) => {
      const { row, assets } = await lockFiles(tx, context, downloadableId);
      const known = new Map(assets.map((asset) => [asset.id, asset.fileName]));
      if (ids.length !== known.size || new Set(ids).size !== ids.length || ids.some((id) => !known.has(id)))
        refuse(
          'ORDER_INCOMPLETE',
          'The files of the draft have changed meanwhile: reload, then name every file once in the order you want.',
          'assetIds',
        );
      for (const [position, id] of ids.entries()) await tx.manager.update(Asset, { id }, { position });
      const after = ids.map((id) => known.get(id));
      return this.#finish(tx, context, row, { action: 'asset.reorder', before: { files: [...known.values()] }, after: { files: after } });
    });
  }

  async #finish(
    tx: Transaction,
    context: RequestContext,
    row: Downloadable,
    change: { readonly action: AuditAction; readonly before: object; readonly after: object },
  ): Promise<Downloadable> {
    await tx.manager.update(Downloadable, { id: row.id }, { updatedAt: this.clock.now() });
    await this.audit.record(tx, context, { ...change, subjectType: 'downloadable', subjectId: row.id });
    return tx.manager.findOneByOrFail(Downloadable, { id: row.id });
  }
}

async function lockFiles(tx: Transaction, context: RequestContext, downloadableId: string): Promise<LockedDraft> {
  const row = await lockDownloadable(tx, context, { id: downloadableId, scope: 'release:write' });
  const { id: revisionId } = await lockDraft(tx, row);
  return { row, assets: await listAssetsOfRevisions(tx, [revisionId]) };
}
