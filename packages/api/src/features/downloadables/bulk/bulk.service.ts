import { checkRevisionAction, type ChecklistItem } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import type { RequestContext } from '../../../kernel/context.js';
import { badInput, notFound, PublicFault } from '../../../kernel/problem/faults.js';
import { Refusal, refuse, type UserErrorData } from '../../../kernel/problem/refusal.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import type { BulkAction, ChangeDownloadablesInput, DownloadableChange } from './bulk.schema.js';
import type { Downloadable } from '../downloadable.entity.js';
import type { VisibleDownloadables } from '../visible-downloadables.js';
import type { LifecycleService } from '../publishing/lifecycle.service.js';
import { revisionFacts } from '../publishing/lifecycle-steps.js';
import type { PublishChecklists } from '../publishing/publish-checklists.js';
import type { PublishingService } from '../publishing/publishing.service.js';

export interface BulkDependencies {
  readonly database: Database;
  readonly visible: VisibleDownloadables;
  readonly publishing: PublishingService;
  readonly lifecycle: LifecycleService;
  readonly checklists: PublishChecklists;
  /** What outsiders see of an unexpected error, which it logs. */
  readonly faultOf: (error: unknown, requestId: string) => PublicFault;
}

/** One action on many downloadables: each in a transaction of its own, so that one refusal leaves the others done. */
export class BulkService {
  constructor(private readonly use: BulkDependencies) {}

  /** @returns what became of each, in the order of the ids. @throws PublicFault BAD_USER_INPUT, Refusal CONFIRMATION_MISMATCH */
  async change(context: RequestContext, input: ChangeDownloadablesInput): Promise<DownloadableChange[]> {
    const ids = [...new Set(input.ids)];
    if (ids.length === 0 || ids.length > LIMITS.bulkReleases.most)
      throw badInput(`Send 1 to ${LIMITS.bulkReleases.most} ids at a time; this request has ${ids.length}.`);
    const isDryRun = input.dryRun ?? false;
    if (input.action === 'DELETE' && !isDryRun && input.confirmCount !== ids.length)
      refuse('CONFIRMATION_MISMATCH', `Confirm how many downloadables are to be deleted for good: ${ids.length}.`, 'confirmCount');
    const changeAll = async (): Promise<DownloadableChange[]> => {
      const changes: DownloadableChange[] = [];
      for (const id of ids) changes.push(await this.#changeOne(context, { action: input.action, id, isDryRun }));
      return changes;
    };
    return isDryRun ? this.use.database.rehearse(changeAll) : changeAll();
  }

  async #changeOne(
    context: RequestContext,
    { action, id, isDryRun }: { action: BulkAction; id: string; isDryRun: boolean },
  ): Promise<DownloadableChange> {
    try {
      const row = await this.use.visible.find(context, id);
      if (!row) throw notFound('downloadable');
      const warnings = isDryRun && action === 'PUBLISH' ? await this.#warnings(context, row) : [];
      const changed = await this.#run(context, action, row);
      const downloadable = isDryRun && changed ? { ...changed, ...revisionsOf(row) } : changed;
      const wouldDelete = isDryRun && action === 'DELETE' ? row : null;
      return { id, isDone: true, statusBefore: row.status, downloadable, wouldDelete, warnings, userErrors: [] };
    } catch (error) {
      const userErrors = this.#explain(error, context.requestId);
      const downloadable = await this.use.visible.find(context, id).catch(() => null); // the same fault again: reported already
      return { id, isDone: false, statusBefore: downloadable?.status ?? null, downloadable, wouldDelete: null, warnings: [], userErrors };
    }
  }

  async #run(context: RequestContext, action: BulkAction, row: Downloadable): Promise<Downloadable | null> {
    const { publishing, lifecycle } = this.use;
    switch (action) {
      case 'PUBLISH':
        return publishing.publish(context, { id: row.id }, requireNoNextRevision);
      case 'UNPUBLISH':
        return lifecycle.unpublish(context, row.id);
      case 'ARCHIVE':
        return lifecycle.archive(context, row.id);
      case 'RESTORE':
        return lifecycle.restore(context, row.id);
      case 'DELETE':
        await lifecycle.delete(context, row.id, row.version);
        return null;
    }
  }

  async #warnings(context: RequestContext, row: Downloadable): Promise<readonly ChecklistItem[]> {
    return (await this.use.checklists.of(context, row)).filter(({ severity }) => severity === 'WARNING');
  }

  #explain(error: unknown, requestId: string): readonly UserErrorData[] {
    if (error instanceof Refusal) return error.userErrors;
    const { code, message } = error instanceof PublicFault ? error : this.use.faultOf(error, requestId);
    return [{ code, message, field: null }];
  }
}

/** The revisions that exist: those that a dry run opened are gone by the time that somebody reads them. */
const revisionsOf = ({ liveRevisionId, draftRevisionId }: Downloadable) => ({ liveRevisionId, draftRevisionId });

/** The next revision of a release goes live only after somebody has looked at its difference: never in bulk. */
function requireNoNextRevision(row: Downloadable): void {
  const facts = revisionFacts(row);
  if (!facts.hasLive || !facts.hasDraft) return;
  const hint = checkRevisionAction(facts, 'PUBLISH_REVISION').ok ? 'publish it there' : 'publish or discard it there';
  refuse('REVISION_NOT_REVIEWED', `Version ${row.version} has a next revision as a draft: look at the difference on its page and ${hint}.`);
}
