import type { ReleaseStep } from '../../../machinery/audit/audit-actions.js';
import { checkPublishable, PRODUCT_ARCHIVED, transition, type LifecycleAction, type RevisionFacts } from '@slipway/shared';
import type { Transaction } from '../../../database/transaction.js';
import { notFound } from '../../../kernel/problem/faults.js';
import { Refusal, refuse } from '../../../kernel/problem/refusal.js';
import { listAssetsOfRevisions, type StoredAsset } from '../../assets/stored-asset.js';
import type { AuditEntry } from '../../../machinery/audit/audit.service.js';
import type { ErrorCode } from '../../../kernel/problem/error-codes.js';
import { Product } from '../../products/product.entity.js';
import { Downloadable } from '../downloadable.entity.js';

/** Something that stops a publish. */
interface PublishProblem {
  readonly code: ErrorCode;
  readonly message: string;
}

/** @throws Refusal TRANSITION_NOT_ALLOWED, by the table in `@slipway/shared` */
export function requireTransition(row: Downloadable, action: LifecycleAction): void {
  const result = transition(row.status, action);
  if (!result.ok) refuse(result.problem.code, result.problem.message);
}

/** A downloadable as the rules of its revisions see it. */
export function revisionFacts(row: Downloadable): RevisionFacts {
  return { status: row.status, hasLive: row.liveRevisionId !== null, hasDraft: row.draftRevisionId !== null };
}

/** Whether it was ever published. An older replica, in a rolling upgrade, writes only the time that counts now. */
export function wasEverPublished(row: Pick<Downloadable, 'everPublishedAt' | 'publishedAt'>): boolean {
  return (row.everPublishedAt ?? row.publishedAt) !== null;
}

/** What every change of a downloadable writes. */
export function touched(row: Downloadable, now: Date): Pick<Downloadable, 'lockVersion' | 'updatedAt'> {
  return { lockVersion: row.lockVersion + 1, updatedAt: now };
}

/** The row as its transaction has left it. @throws PublicFault NOT_FOUND for one that a former request made and another deleted */
export async function reread(tx: Transaction, { id }: Pick<Downloadable, 'id'>): Promise<Downloadable> {
  const row = await tx.manager.findOneBy(Downloadable, { id });
  if (!row) throw notFound('downloadable');
  return row;
}

/** The audit trail's entry for a change of status. */
export const statusEntry = (step: ReleaseStep, row: Downloadable, after: object): AuditEntry => ({
  action: `downloadable.${step}`,
  subjectType: 'downloadable',
  subjectId: row.id,
  before: { status: row.status },
  after,
});

/** The files that a publish would serve: the open draft's, else those of the frozen revision. */
export function listFilesToPublish(tx: Transaction, row: Downloadable): Promise<StoredAsset[]> {
  return listAssetsOfRevisions(tx, [row.draftRevisionId ?? row.liveRevisionId ?? '']);
}

/** Everything that stops a publish now, the product's part included; empty when it may be. */
export async function findPublishProblems(tx: Transaction, row: Downloadable): Promise<readonly PublishProblem[]> {
  if (await isProductClosedTo(tx, row)) return [PRODUCT_ARCHIVED];
  return checkPublishable({ assets: await listFilesToPublish(tx, row) });
}

/** @throws Refusal with everything that stops a publish */
export async function requirePublishable(tx: Transaction, row: Downloadable): Promise<void> {
  const problems = await findPublishProblems(tx, row);
  if (problems.length > 0) throw new Refusal(problems.map(({ code, message }) => ({ code, message, field: 'assets' })));
}

/** An archived product takes no new releases; what was published once may be published again. */
async function isProductClosedTo(tx: Transaction, row: Downloadable): Promise<boolean> {
  if (wasEverPublished(row)) return false;
  const product = await tx.manager.findOneByOrFail(Product, { id: row.productId });
  return product.archivedAt !== null;
}
