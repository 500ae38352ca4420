import { checkPublishable, requiredScope, transition, type LifecycleAction } from '@slipway/shared';
import type { Database } from '../../database/database.js';
import type { Transaction } from '../../database/transaction.js';
import { mayUse, seesDrafts } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import type { RequestContext } from '../../kernel/context.js';
import { forbidden, notFound } from '../../kernel/faults.js';
import { Refusal, refuse } from '../../kernel/refusal.js';
import { releaseAssets } from '../assets/object-release.js';
import { listAssetsOfRevisions, type StoredAsset } from '../assets/stored-asset.js';
import type { Audit } from '../audit/audit.service.js';
import type { JobRunner } from '../jobs/job-runner.js';
import { Product } from '../products/product.entity.js';
import type { SettingsService } from '../settings/settings.service.js';
import { Downloadable } from './downloadable.entity.js';
import { releaseDateAt } from './downloadable.rules.js';
import { lockDownloadable } from './downloadable-lock.js';
import { project, unproject } from './projection.js';
import { Revision } from './revision.entity.js';

/** Changes the status of downloadables, by the table in `@slipway/shared`. */
export class PublishingService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly settings: SettingsService,
    private readonly jobs: JobRunner,
  ) {}

  /**
   * Publishes and freezes the draft, or serves the frozen revision again. While files are still being verified it is
   * remembered instead, and happens when the last one is READY.
   */
  async publish(context: RequestContext, id: string): Promise<Downloadable> {
    const { timeZone } = await this.settings.read();
    return this.database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id, scope: 'release:publish' });
      requireTransition(row, 'PUBLISH');
      await requireOpenProduct(tx, row);
      const assets = await listAssetsOfRevisions(tx, [row.draftRevisionId ?? row.liveRevisionId ?? '']);
      if (isOnlyVerifying(assets)) return this.#publishLater(tx, context, row);
      const problems = checkPublishable({ assets });
      if (problems.length > 0) throw new Refusal(problems.map(({ code, message }) => ({ code, message, field: 'assets' })));
      await this.#publishNow(tx, row, timeZone);
      await this.audit.record(tx, context, statusEntry('downloadable.publish', row, 'PUBLISHED'));
      return tx.manager.findOneByOrFail(Downloadable, { id });
    });
  }

  /**
   * Publishes a downloadable that waits for its files, when the last one has become READY. Called in the transaction that
   * makes a file READY, with the downloadable's row locked.
   */
  async publishIfWaiting(tx: Transaction, row: Downloadable, timeZone: string): Promise<void> {
    if (!row.publishWhenReady || row.draftRevisionId === null || row.status !== 'DRAFT') return;
    const assets = await listAssetsOfRevisions(tx, [row.draftRevisionId]);
    if (checkPublishable({ assets }).length > 0 || (await isProductArchived(tx, row))) return;
    await this.#publishNow(tx, row, timeZone);
    await this.audit.recordBySystem(tx, statusEntry('downloadable.publish', row, 'PUBLISHED'));
  }

  /** Hides a published downloadable from customers; its frozen revision stays. */
  async unpublish(context: RequestContext, id: string): Promise<Downloadable> {
    return this.database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id, scope: 'release:publish' });
      requireTransition(row, 'UNPUBLISH');
      await tx.manager.update(Downloadable, { id }, { status: 'DRAFT', publishWhenReady: false, ...this.#touched(row) });
      await project(tx, id);
      await this.audit.record(tx, context, statusEntry('downloadable.unpublish', row, 'DRAFT'));
      return tx.manager.findOneByOrFail(Downloadable, { id });
    });
  }

  /** Deletes a downloadable for good: rows now, files by a job right after. @param confirmVersion its version, typed */
  async delete(context: RequestContext, id: string, confirmVersion: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await tx.lock(Downloadable, { id });
      if (!row || !seesDrafts(context.actor, row.productId)) throw notFound('downloadable');
      const scope = requiredScope('DELETE', row.publishedAt !== null);
      if (!mayUse(context.actor, scope, row.productId)) throw forbidden(scope);
      if (confirmVersion.trim() !== row.version)
        refuse('CONFIRMATION_MISMATCH', `Type the version exactly as it is: ${row.version}.`, 'confirmVersion');
      const revisions = await tx.manager.findBy(Revision, { downloadableId: id });
      const assets = await listAssetsOfRevisions(
        tx,
        revisions.map((revision) => revision.id),
      );
      await releaseAssets(
        tx,
        assets.map((asset) => asset.id),
        this.clock.now(),
      );
      await unproject(tx, row);
      await tx.manager.delete(Revision, { downloadableId: id });
      await tx.manager.delete(Downloadable, { id });
      const before = { version: row.version, status: row.status, productId: row.productId, files: assets.map((asset) => asset.fileName) };
      await this.audit.record(tx, context, { action: 'downloadable.delete', subjectType: 'downloadable', subjectId: id, before });
    });
    this.jobs.nudge();
  }

  async #publishLater(tx: Transaction, context: RequestContext, row: Downloadable): Promise<Downloadable> {
    await tx.manager.update(Downloadable, { id: row.id }, { publishWhenReady: true, ...this.#touched(row) });
    await this.audit.record(tx, context, statusEntry('downloadable.publishWhenReady', row, row.status));
    return tx.manager.findOneByOrFail(Downloadable, { id: row.id });
  }

  /** The freeze: from here on nothing of the revision changes, and none of its bytes. */
  async #publishNow(tx: Transaction, row: Downloadable, timeZone: string): Promise<void> {
    const now = this.clock.now();
    const revision = await tx.manager.findOneByOrFail(Revision, { id: row.draftRevisionId ?? row.liveRevisionId ?? '' });
    const releaseDate = releaseDateAt(revision, now, timeZone);
    if (revision.frozenAt === null) await tx.manager.update(Revision, { id: revision.id }, { frozenAt: now, releaseDate });
    await tx.manager.update(
      Downloadable,
      { id: row.id },
      {
        status: 'PUBLISHED',
        publishWhenReady: false,
        liveRevisionId: revision.id,
        draftRevisionId: null,
        publishedAt: row.publishedAt ?? now,
        firstReleaseDate: row.firstReleaseDate ?? releaseDate,
        ...this.#touched(row),
      },
    );
    await project(tx, row.id);
  }

  #touched(row: Downloadable): Pick<Downloadable, 'lockVersion' | 'updatedAt'> {
    return { lockVersion: row.lockVersion + 1, updatedAt: this.clock.now() };
  }
}

function requireTransition(row: Downloadable, action: LifecycleAction): void {
  const result = transition(row.status, action);
  if (!result.ok) refuse(result.problem.code, result.problem.message);
}

/** An archived product takes no new releases; what was published once may be published again. */
async function isProductArchived(tx: Transaction, row: Downloadable): Promise<boolean> {
  if (row.publishedAt !== null) return false;
  const product = await tx.manager.findOneByOrFail(Product, { id: row.productId });
  return product.archivedAt !== null;
}

async function requireOpenProduct(tx: Transaction, row: Downloadable): Promise<void> {
  if (await isProductArchived(tx, row))
    refuse('PRODUCT_ARCHIVED', 'The product is archived and takes no new releases. Choose another product.');
}

/** Whether nothing is missing but the check of files that have arrived. */
function isOnlyVerifying(assets: readonly StoredAsset[]): boolean {
  return (
    assets.some((asset) => asset.state === 'VERIFYING') && assets.every((asset) => asset.state === 'VERIFYING' || asset.state === 'READY')
  );
}

const statusEntry = (action: string, row: Downloadable, status: string) => ({
  action,
  subjectType: 'downloadable',
  subjectId: row.id,
  before: { status: row.status },
  after: { status },
});
