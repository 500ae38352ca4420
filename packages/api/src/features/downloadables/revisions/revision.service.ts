import type { ReleaseStep } from '../../../machinery/audit/audit-actions.js';
import { checkRevisionAction, parseVersion, resolveChannel, type RevisionAction } from '@slipway/shared';
import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import type { IdempotencyKeys } from '../../../machinery/idempotency/idempotency.service.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import { Downloadable } from '../downloadable.entity.js';
import type { CopyDownloadableInput } from './revision.inputs.js';
import { checkContent, type ProductRules } from '../downloadable.rules.js';
import { lockDownloadable } from '../downloadable-lock.js';
import type { DownloadableService } from '../editing/downloadable.service.js';
import { reread, revisionFacts, touched, wasEverPublished } from '../publishing/lifecycle-steps.js';
import { project } from '../projection/projection.js';
import { copyAssets, dropRevision, insertNextRevision } from '../publishing/revision-steps.js';
import { contentOfRevision, Revision } from '../revision.entity.js';

export interface RevisionDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly idempotency: IdempotencyKeys;
  readonly downloadables: DownloadableService;
  readonly jobs: JobRunner;
}

/** Opens and discards revisions of downloadables that have a frozen one, and copies downloadables to new versions. */
export class RevisionService {
  constructor(private readonly use: RevisionDependencies) {}

  /** Opens the next revision as a draft; the live one keeps serving. With one open already, that one stays as it is. */
  async revise(context: RequestContext, id: string): Promise<Downloadable> {
    const now = this.use.clock.now();
    return this.use.database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id, scope: 'release:write' });
      if (wasEverPublished(row) && row.draftRevisionId !== null && row.status !== 'SCHEDULED') return row;
      requireRevisionAction(row, 'REVISE');
      const live = await tx.manager.findOneByOrFail(Revision, { id: row.liveRevisionId ?? '' });
      const draftRevisionId = await insertNextRevision(tx, row, live, now);
      await tx.manager.update(Downloadable, { id }, { draftRevisionId, ...touched(row, now) });
      await this.#record(tx, context, row, { action: 'revise', after: { revisionId: draftRevisionId } });
      return reread(tx, row);
    });
  }

  /** Drops the open draft revision; the live one was never touched. */
  async discard(context: RequestContext, id: string): Promise<Downloadable> {
    const now = this.use.clock.now();
    const downloadable = await this.use.database.transaction(async (tx) => {
      const row = await lockDownloadable(tx, context, { id, scope: 'release:write' });
      requireRevisionAction(row, 'DISCARD_REVISION');
      const draft = await tx.manager.findOneByOrFail(Revision, { id: row.draftRevisionId ?? '' });
      await dropRevision(tx, draft.id, now);
      await tx.manager.update(Downloadable, { id }, { draftRevisionId: null, publishWhenReady: false, ...touched(row, now) });
      await project(tx, id);
      const before = { number: draft.number, ...contentOfRevision(draft) };
      await this.#record(tx, context, row, { action: 'discardRevision', before });
      return reread(tx, row);
    });
    this.use.jobs.nudge();
    return downloadable;
  }

  /** Makes a draft of another version with the content and files of the open draft, else of the live revision. */
  async copy(context: RequestContext, input: CopyDownloadableInput): Promise<Downloadable> {
    const { idempotencyKey, ...rest } = input;
    const version = input.version.trim();
    return this.use.database.transaction(async (tx) => {
      const source = await lockDownloadable(tx, context, { id: input.id, scope: 'release:write' });
      const call = { operation: 'copyDownloadable', key: idempotencyKey, input: rest, made: { entity: Downloadable, noun: 'release' } };
      const { id } = await this.use.idempotency.once(tx, context, call, () => this.#insertCopy(tx, context, source, version));
      return reread(tx, { id });
    });
  }

  async #insertCopy(tx: Transaction, context: RequestContext, source: Downloadable, version: string): Promise<string> {
    const product = await this.use.downloadables.productRules(tx, context, source.productId);
    const from = await tx.manager.findOneByOrFail(Revision, { id: source.draftRevisionId ?? source.liveRevisionId ?? '' });
    const channel = channelOfCopy({ version, source: source.version, channel: from.channel }, product);
    const content = checkContent({ ...contentOfRevision(from), version, channel, releaseDate: null }, product);
    const copy = { ...content, productId: source.productId, publishWhenReady: false };
    const id = await this.use.downloadables.insert(tx, context, copy);
    const { draftRevisionId } = await reread(tx, { id });
    await copyAssets(tx, from.id, draftRevisionId ?? '');
    await project(tx, id);
    await this.#record(tx, context, source, { action: 'copy', after: { downloadableId: id, version } });
    return id;
  }

  async #record(
    tx: Transaction,
    context: RequestContext,
    row: Downloadable,
    entry: { action: ReleaseStep; before?: object; after?: object },
  ): Promise<void> {
    const subject = { subjectType: 'downloadable', subjectId: row.id } as const;
    await this.use.audit.record(tx, context, { ...entry, ...subject, action: `downloadable.${entry.action}` });
  }
}

function requireRevisionAction(row: Downloadable, action: RevisionAction): void {
  const result = checkRevisionAction(revisionFacts(row), action);
  if (!result.ok) refuse(result.problem.code, result.problem.message);
}

/**
 * The channel of a copy: what its version says. Only where neither version has a suffix, or the suffix is unknown, does the
 * source's choice go along: the final version after a beta is stable.
 */
function channelOfCopy(
  copy: { readonly version: string; readonly source: string; readonly channel: string },
  product: ProductRules,
): string | null {
  const [to, from] = [parseVersion(copy.version, product.versionScheme), parseVersion(copy.source, 'ANY')];
  if (!to.ok || !from.ok) return null;
  const isPlain = to.value.prerelease.length === 0 && from.value.prerelease.length === 0;
  return isPlain || !resolveChannel(to.value, null, product.channels).ok ? copy.channel : null;
}
