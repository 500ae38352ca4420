import type { Database } from '../../../database/database.js';
import { isUniqueViolation } from '../../../database/errors.js';
import type { Transaction } from '../../../database/transaction.js';
import type { Actor } from '../../../kernel/actor.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import type { PublicFault } from '../../../kernel/problem/faults.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import type { JobHandler } from '../../../machinery/jobs/job-lane.js';
import { enqueueJob } from '../../../machinery/jobs/job-queue.js';
import { contextOf, explain, SLICE_MS } from '../tasks/in-background.js';
import type { ImportHeader } from './csv-file.js';
import { applyLine, type ImportLineUse, type LineResult } from './import-line.js';
import { finishImport, stopImport } from './import-end.js';
import { headerOf, type LineContents } from './line-content.js';
import { LicenseImport, LicenseImportLine } from './license-import.entity.js';
import { cellsOf, readValues, requireFitting } from './line-values.js';

export const LICENSE_IMPORT_JOB = 'license.import';
/** Lines that are looked up at a time. */
const AT_ONCE = 100;

export interface ImportStep {
  readonly importId: string;
  readonly step: string;
}

export interface ImportJobUse extends ImportLineUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly contents: LineContents;
  readonly settings: { read: () => Promise<{ readonly timeZone: string }> };
  /** Who asked, with the rights that they have now; null when they have none any more. */
  readonly actorOf: (kind: string, id: string) => Promise<Actor | null>;
  /** What outsiders see of an unexpected error, which it logs. */
  readonly faultOf: (error: unknown, requestId: string) => PublicFault;
}

/** Asks for the next part of an import, in the transaction of what makes it necessary. */
export async function enqueueImport(tx: Transaction, next: ImportStep): Promise<void> {
  await enqueueJob(tx, { kind: LICENSE_IMPORT_JOB, dedupeKey: `${LICENSE_IMPORT_JOB}:${next.importId}:${next.step}`, payload: next });
}

/** Goes on with an import: tries each line, or imports it. Each line and its result are one transaction. */
export function licenseImportJob(use: ImportJobUse): JobHandler {
  return async (payload) => {
    const { importId, step } = payload as ImportStep; // written by `enqueueImport`
    const isOver = await workOn(use, importId);
    const [phase, count = '0'] = step.split(' ');
    return (tx) => (isOver ? Promise.resolve() : enqueueImport(tx, { importId, step: `${phase ?? ''} ${Number(count) + 1}` }));
  };
}

async function workOn(use: ImportJobUse, importId: string): Promise<boolean> {
  const until = performance.now() + SLICE_MS;
  const task = await use.database.read.findOneBy(LicenseImport, { id: importId });
  if (!task || !isWorking(task)) return true;
  const actor = await use.actorOf(task.createdByKind, task.createdBy);
  if (!actor) return stopImport(use, importId, 'Whoever asked for this can no longer sign in: import the file again.');
  const { timeZone } = await use.settings.read();
  const work = { context: contextOf(actor, task.requestId), header: headerOf(task), timeZone, state: task.state };
  while (performance.now() < until) {
    const lines = await nextLines(use.database, task);
    if (lines.length === 0) return finishImport(use, work.context, task);
    for (const line of lines) if (performance.now() >= until || !(await settle(use, work, line))) break;
    if (!isWorking(await use.database.read.findOneBy(LicenseImport, { id: importId }))) return true;
  }
  return false;
}

const isWorking = (task: LicenseImport | null): boolean => task?.state === 'CHECKING' || task?.state === 'RUNNING';

function nextLines(database: Database, { id, state }: LicenseImport): Promise<LicenseImportLine[]> {
  const phase = state === 'CHECKING' ? 'NEW' : 'CHECKED';
  return database.read.find(LicenseImportLine, { where: { importId: id, phase }, order: { id: 'ASC' }, take: AT_ONCE });
}

interface Work {
  readonly context: RequestContext;
  readonly header: readonly ImportHeader[];
  readonly timeZone: string;
  readonly state: LicenseImport['state'];
}

type Outcome = Partial<Pick<LicenseImportLine, 'licenseId' | 'column' | 'code' | 'message' | 'changes' | 'content'>> &
  Pick<LicenseImportLine, 'outcome'>;

/** @returns false when the import was stopped meanwhile */
async function settle(use: ImportJobUse, work: Work, line: LicenseImportLine): Promise<boolean> {
  try {
    return work.state === 'CHECKING' ? await check(use, work, line) : await runTwice(use, work, line);
  } catch (error) {
    const { code, message, field } = explain(use.faultOf, error, work.context.requestId);
    const outcome = { outcome: 'ERROR', code, message: message.slice(0, 500), column: columnNamed(field ?? null) } as const;
    return use.database.transaction(async (tx) => (await isInState(tx, work, line)) && note(tx, line, { ...outcome, changes: null }));
  }
}

/** The same as importing the line, and all of it undone. */
async function check(use: ImportJobUse, work: Work, line: LicenseImportLine): Promise<boolean> {
  const result = await use.database.rehearse(() => use.database.transaction((tx) => apply(tx, use, { work, line })));
  return use.database.transaction(async (tx) => (await isInState(tx, work, line)) && note(tx, line, outcomeOf(result)));
}

/** Somebody may make the same customer or key at the same moment: then it is found. */
function runTwice(use: ImportJobUse, work: Work, line: LicenseImportLine): Promise<boolean> {
  return run(use, work, line).catch((error: unknown) => {
    if (isUniqueViolation(error)) return run(use, work, line);
    throw error;
  });
}

function run(use: ImportJobUse, work: Work, line: LicenseImportLine): Promise<boolean> {
  return use.database.transaction(async (tx) => {
    if (!(await isInState(tx, work, line))) return false;
    const result = await apply(tx, use, { work, line });
    return note(tx, line, {
      ...outcomeOf(result),
      licenseId: result?.licenseId ?? null,
      content: use.contents.withoutKey(line, work.header),
    });
  });
}

interface WorkLine {
  readonly work: Work;
  readonly line: LicenseImportLine;
}

/** @returns null for a line that says again what an earlier one says */
async function apply(tx: Transaction, use: ImportJobUse, { work, line }: WorkLine): Promise<LineResult | null> {
  const raw = use.contents.open(line);
  requireFitting(work.header, raw);
  const cells = cellsOf(work.header, raw);
  const values = readValues(cells, work.timeZone);
  if (line.sameAs === null) return applyLine(tx, use, { context: work.context, values });
  if (values.key !== null) refuse('LICENSE_KEY_TAKEN', `Line ${line.sameAs} has this key, too: keep one of the two.`, 'key');
  if (cells.externalReference)
    refuse('REFERENCE_TAKEN', `Line ${line.sameAs} has this reference and product, too: keep one of the two.`, 'externalReference');
  return null;
}

function outcomeOf(result: LineResult | null): Outcome {
  const changes = result && result.changes.length > 0 ? JSON.stringify(result.changes) : null;
  return { outcome: result?.outcome ?? 'UNCHANGED', changes, code: null, message: null, column: null };
}

/** Fields of the API that have another name as a column. */
const COLUMN_OF_FIELD: Readonly<Record<string, string>> = {
  startsAt: 'starts',
  expiresAt: 'expires',
  customerId: 'email',
  productId: 'product',
};
const columnNamed = (field: string | null): string | null => (field === null ? null : (COLUMN_OF_FIELD[field] ?? field));

/** Locks the import: of two who work on it one waits here, and finds the line done. */
async function isInState(tx: Transaction, { state }: Work, { importId }: LicenseImportLine): Promise<boolean> {
  return (await tx.lock(LicenseImport, { id: importId }))?.state === state;
}

const COUNTERS = { CREATE: 'created', CHANGE: 'changed', UNCHANGED: 'unchanged', ERROR: 'failed' } as const;

async function note(tx: Transaction, { id, importId, phase }: LicenseImportLine, outcome: Outcome): Promise<true> {
  const next = phase === 'NEW' ? 'CHECKED' : 'DONE';
  const { affected } = await tx.manager.update(LicenseImportLine, { id, phase }, { ...outcome, phase: next });
  // Another process did it meanwhile, or its customer was erased: what this one did is undone.
  if (affected !== 1) throw new Error(`License import line ${id} was settled by another process.`);
  const counter = COUNTERS[outcome.outcome ?? 'ERROR'];
  await tx.execute(`UPDATE license_import SET ${counter} = ${counter} + 1 WHERE id = ?`, [importId]);
  return true;
}
