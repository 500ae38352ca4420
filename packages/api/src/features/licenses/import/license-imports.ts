import { emailKey } from '@slipway/shared';
import { In } from 'typeorm';
import type { Database } from '../../../database/database.js';
import { readKeysetList, type KeysetList } from '../../../database/keyset-list.js';
import { EVERYTHING, type Transaction } from '../../../database/transaction.js';
import { actorId } from '../../../kernel/actor.js';
import type { Clock } from '../../../kernel/clock.js';
import type { RequestContext } from '../../../kernel/context.js';
import { newId } from '../../../kernel/ids.js';
import { requireRoom } from '../../../kernel/limit-room.js';
import { LIMITS } from '../../../kernel/limits/limits.js';
import type { Connection, ForwardPageArgs } from '../../../kernel/pagination.js';
import { mayUse } from '../../../kernel/policy.js';
import { notFound } from '../../../kernel/problem/faults.js';
import { refuse } from '../../../kernel/problem/refusal.js';
import type { Audit } from '../../../machinery/audit/audit.service.js';
import type { JobRunner } from '../../../machinery/jobs/job-runner.js';
import { holdLimit } from '../../../machinery/limits/limit-lock.js';
import { readLicenseFile, type LicenseFile } from './csv-file.js';
import { auditImport, stopImport } from './import-end.js';
import { enqueueImport } from './license-import.job.js';
import { LicenseImport, LicenseImportLine, type LicenseImportOutcome } from './license-import.entity.js';
import type { LineContents } from './line-content.js';
import { cellsOf, identityOf } from './line-values.js';

/** Lines that are written in one statement. */
const LINES_AT_ONCE = 200;
const NOTHING_DONE = { created: 0, changed: 0, unchanged: 0, failed: 0 } as const;

/** The latest first. */
const IMPORTS: KeysetList<LicenseImport> = {
  name: 'license import',
  table: 'license_import',
  entity: LicenseImport,
  order: { columns: ['id'], isDescending: true },
  cursorOf: ({ id }) => [id],
};
const LINES: KeysetList<LicenseImportLine> = {
  name: 'license import line',
  table: 'license_import_line',
  entity: LicenseImportLine,
  order: { columns: ['id'], isDescending: false },
  cursorOf: ({ id }) => [id],
};

export interface LicenseImportsUse {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly contents: LineContents;
  readonly jobs: Pick<JobRunner, 'nudge'>;
}

export interface SentFile {
  readonly fileName: string;
  readonly bytes: Buffer;
}

/** Takes files of licenses, and tells what becomes of their lines. */
export class LicenseImports {
  constructor(private readonly use: LicenseImportsUse) {}

  /** The import, for whoever asked for it, and for staff who may change all licenses. */
  async find({ actor }: RequestContext, id: string): Promise<LicenseImport | null> {
    const task = await this.use.database.read.findOneBy(LicenseImport, { id });
    return task && (task.createdBy === actorId(actor) || mayUse(actor, 'license:write', null)) ? task : null;
  }

  /** Imports of the last days, the latest first: their own, and all for staff who may change all licenses. */
  list({ actor }: RequestContext, args: ForwardPageArgs): Promise<Connection<LicenseImport>> {
    const where = mayUse(actor, 'license:write', null) ? EVERYTHING : { sql: 'created_by = ?', parameters: [actorId(actor)] };
    return readKeysetList(this.use.database, IMPORTS, { args, where });
  }

  /** One page of the lines, in their order. @param outcome null: all */
  lines({ id }: LicenseImport, args: ForwardPageArgs, outcome: LicenseImportOutcome | null): Promise<Connection<LicenseImportLine>> {
    const where =
      outcome === null ? { sql: 'import_id = ?', parameters: [id] } : { sql: 'import_id = ? AND outcome = ?', parameters: [id, outcome] };
    return readKeysetList(this.use.database, LINES, { args, where });
  }

  /** Takes a file and begins to check it: nothing of it is imported yet. @throws Refusal when it is none */
  async check(context: RequestContext, { fileName, bytes }: SentFile): Promise<LicenseImport> {
    const file = await readLicenseFile(bytes);
    const id = newId();
    await this.use.database.transaction(async (tx) => {
      await requirePlace(tx);
      await tx.manager.insert(LicenseImport, {
        id,
        fileName,
        header: JSON.stringify(file.header),
        state: 'CHECKING',
        total: file.lines.length,
        ...NOTHING_DONE,
        problem: null,
        createdByKind: context.actor.kind,
        createdBy: actorId(context.actor),
        requestId: context.requestId,
        createdAt: this.use.clock.now(),
        endedAt: null,
      });
      const lines = linesOf(file, id, this.use.contents);
      for (let from = 0; from < lines.length; from += LINES_AT_ONCE)
        await tx.manager.insert(LicenseImportLine, lines.slice(from, from + LINES_AT_ONCE));
      await enqueueImport(tx, { importId: id, step: 'check 0' });
    });
    this.use.jobs.nudge();
    return this.use.database.read.findOneByOrFail(LicenseImport, { id });
  }

  /** Imports what was checked; what runs already, or is over, goes on as it is. @throws PublicFault NOT_FOUND, Refusal STATE_CONFLICT */
  async run(context: RequestContext, id: string): Promise<LicenseImport> {
    if (!(await this.find(context, id))) throw notFound('import');
    const task = await this.use.database.transaction(async (tx) => {
      const present = await tx.lock(LicenseImport, { id });
      if (!present) throw notFound('import');
      if (present.state === 'RUNNING' || present.state === 'DONE') return present;
      if (present.state === 'CHECKING')
        refuse('TRANSITION_NOT_ALLOWED', 'The file is still being checked: start the import when that is done.', 'id');
      if (present.state === 'STOPPED') refuse('TRANSITION_NOT_ALLOWED', 'This import was stopped: send the file again.', 'id');
      const started = { ...NOTHING_DONE, state: 'RUNNING', createdByKind: context.actor.kind, createdBy: actorId(context.actor) } as const;
      await tx.manager.update(LicenseImport, { id }, { ...started, requestId: context.requestId });
      await enqueueImport(tx, { importId: id, step: 'run 0' });
      return { ...present, ...started };
    });
    this.use.jobs.nudge();
    return task;
  }

  /** What is done stays done. @throws PublicFault NOT_FOUND */
  async stop(context: RequestContext, id: string): Promise<LicenseImport> {
    const task = await this.find(context, id);
    if (!task) throw notFound('import');
    await stopImport(this.use, id, null);
    const after = await this.use.database.read.findOneByOrFail(LicenseImport, { id });
    if (task.state === 'RUNNING' && after.state === 'STOPPED')
      await this.use.database.transaction((tx) => auditImport(tx, this.use.audit, { context, task: after }));
    return after;
  }
}

/** One file at a time: of many that come at once, no more than fit find room. */
async function requirePlace(tx: Transaction): Promise<void> {
  await holdLimit(tx, 'licenseImports');
  const place = { who: 'There are', advice: 'wait until one is done, or stop one', field: 'file' };
  requireRoom(LIMITS.licenseImports, await tx.manager.countBy(LicenseImport, { state: In(['CHECKING', 'RUNNING']) }), place);
}

function linesOf({ header, lines }: LicenseFile, importId: string, contents: LineContents) {
  const first = new Map<string, number>();
  return lines.map(({ line, cells: raw }) => {
    const [id, cells] = [newId(), cellsOf(header, raw)];
    const identity = identityOf(cells);
    const sameAs = first.get(identity) ?? null;
    if (sameAs === null) first.set(identity, line);
    const emailed = emailKey(cells.email ?? '').slice(0, 254);
    return { id, importId, line, emailKey: emailed, content: contents.seal(id, raw), sameAs, phase: 'NEW' as const };
  });
}
