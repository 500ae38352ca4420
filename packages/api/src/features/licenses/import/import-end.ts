import type { Database } from '../../../database/database.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import { LicenseImport } from './license-import.entity.js';

export interface ImportEndUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
}

/** No line is left: what was checked waits for somebody to start it, what was run is over. */
export async function finishImport(
  { database, clock, audit }: ImportEndUse,
  context: RequestContext,
  { id, state }: LicenseImport,
): Promise<true> {
  await database.transaction(async (tx) => {
    const task = await tx.lock(LicenseImport, { id });
    if (task?.state !== state) return;
    if (state === 'CHECKING') return void (await tx.manager.update(LicenseImport, { id }, { state: 'CHECKED' }));
    await tx.manager.update(LicenseImport, { id }, { state: 'DONE', endedAt: clock.now() });
    await auditImport(tx, audit, { context, task });
  });
  return true;
}

/** What is done stays done; nobody is told of what was only checked. */
export async function stopImport({ database, clock }: ImportEndUse, id: string, problem: string | null): Promise<true> {
  await database.transaction(async (tx) => {
    const task = await tx.lock(LicenseImport, { id });
    if (task?.endedAt === null) await tx.manager.update(LicenseImport, { id }, { state: 'STOPPED', problem, endedAt: clock.now() });
  });
  return true;
}

/** One event for the whole file, beside one for each license. */
export async function auditImport(
  tx: Transaction,
  audit: Audit,
  { context, task }: { readonly context: RequestContext; readonly task: LicenseImport },
): Promise<void> {
  const { id, fileName, total, created, changed, unchanged, failed } = task;
  const after = { name: fileName, total, created, changed, unchanged, failed };
  await audit.record(tx, context, { action: 'license.import', subjectType: 'licenseImport', subjectId: id, after });
}
