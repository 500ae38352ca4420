import type { Database } from '../../database/database.js';
import { fromSqlInstant, toSqlInstant } from '../../database/instants.js';
import type { Transaction } from '../../database/transaction.js';
import { newId } from '../../kernel/ids.js';
import { Job } from './job.entity.js';

/** What a job is asked to do. `dedupeKey` makes asking twice the same as asking once. */
export interface JobRequest {
  readonly kind: string;
  readonly dedupeKey: string;
  readonly payload: object;
  /** Now when absent. */
  readonly runAt?: Date;
}

/** A row that this process has leased. */
export interface LeasedJob {
  readonly id: string;
  readonly kind: string;
  readonly payload: string;
  readonly attempts: number;
  readonly leaseToken: string;
}

/** Present instant by the database's own clock, so that replicas with wrong clocks agree about leases. */
export async function databaseNow(tx: Pick<Transaction, 'query' | 'dialect'>): Promise<Date> {
  const sql = tx.dialect === 'sqlite' ? `SELECT strftime('%Y-%m-%d %H:%M:%f', 'now') AS now` : 'SELECT UTC_TIMESTAMP(3) AS now';
  const [row] = await tx.query<{ now: string | Date }>(sql);
  if (!row) throw new Error('The database did not tell the time.');
  return fromSqlInstant(row.now);
}

/** Asks for a job, in the transaction of what makes it necessary. */
export async function enqueueJob(tx: Transaction, request: JobRequest): Promise<void> {
  const runAt = request.runAt ?? (await databaseNow(tx));
  await tx.insertIfAbsent('job', {
    id: newId(),
    kind: request.kind,
    dedupe_key: request.dedupeKey,
    payload: JSON.stringify(request.payload),
    run_at: toSqlInstant(runAt),
    attempts: 0,
  });
}

const DUE = 'finished_at IS NULL AND run_at <= ? AND (lease_until IS NULL OR lease_until < ?)';

/** The kinds of the jobs that are due; asks without a transaction. */
export async function listDueKinds(database: Database): Promise<readonly string[]> {
  const at = toSqlInstant(await databaseNow(database));
  return (await database.query<{ kind: string }>(`SELECT DISTINCT kind FROM job WHERE ${DUE}`, [at, at])).map(({ kind }) => kind);
}

/** How many jobs of a kind are due, and for how long the oldest has been. */
export interface DueJobs {
  readonly kind: string;
  readonly count: number;
  readonly oldestSeconds: number;
}

/** The jobs that are due and that nobody has begun, by kind; asks without a transaction. */
export async function measureDue(database: Database): Promise<readonly DueJobs[]> {
  const now = await databaseNow(database);
  const at = toSqlInstant(now);
  const sql = `SELECT kind, COUNT(*) AS total, MIN(run_at) AS oldest FROM job WHERE ${DUE} GROUP BY kind`;
  const rows = await database.query<{ kind: string; total: number | string; oldest: string | Date }>(sql, [at, at]);
  return rows.map(({ kind, total, oldest }) => ({
    kind,
    count: Number(total),
    oldestSeconds: (now.getTime() - fromSqlInstant(oldest).getTime()) / 1_000,
  }));
}

/** Leases the next due job of some kinds, by compare-and-set; null when nothing is due. Who loses one to another replica takes the next. */
export async function claimJob(tx: Transaction, kinds: readonly string[], leaseSeconds: number): Promise<LeasedJob | null> {
  const now = await databaseNow(tx);
  const at = toSqlInstant(now);
  const leaseToken = newId();
  const leaseUntil = toSqlInstant(new Date(now.getTime() + leaseSeconds * 1_000));
  for (;;) {
    const [row] = await tx.query<{ id: string; kind: string; payload: string; attempts: number }>(
      `SELECT id, kind, payload, attempts FROM job WHERE ${DUE} AND kind IN (${kinds.map(() => '?').join(', ')})
       ORDER BY run_at, id LIMIT 1`,
      [at, at, ...kinds],
    );
    if (!row) return null;
    const claimed = await tx.execute(`UPDATE job SET lease_token = ?, lease_until = ?, attempts = attempts + 1 WHERE id = ? AND ${DUE}`, [
      leaseToken,
      leaseUntil,
      row.id,
      at,
      at,
    ]);
    if (claimed === 1) return { ...row, attempts: row.attempts + 1, leaseToken };
  }
}

/** Prolongs a lease. @returns false when somebody else has the job by now */
export async function renewLease(tx: Transaction, job: LeasedJob, leaseSeconds: number): Promise<boolean> {
  const until = new Date((await databaseNow(tx)).getTime() + leaseSeconds * 1_000);
  return (
    (await tx.execute('UPDATE job SET lease_until = ? WHERE id = ? AND lease_token = ?', [toSqlInstant(until), job.id, job.leaseToken])) ===
    1
  );
}

/** Ends a job in the transaction of its effect. @throws Error when the lease was lost: the effect is undone with it */
export async function finishJob(tx: Transaction, job: LeasedJob): Promise<void> {
  const now = toSqlInstant(await databaseNow(tx));
  const finished = await tx.execute(
    'UPDATE job SET finished_at = ?, lease_token = NULL WHERE id = ? AND lease_token = ? AND finished_at IS NULL',
    [now, job.id, job.leaseToken],
  );
  if (finished !== 1) throw new Error(`Job ${job.id} was taken over by another process.`);
}

/** Puts a job back, to be tried again later. @param error reported to the operator */
export async function postponeJob(
  tx: Transaction,
  job: LeasedJob,
  { delaySeconds, error }: { readonly delaySeconds: number; readonly error: string },
): Promise<void> {
  const runAt = new Date((await databaseNow(tx)).getTime() + delaySeconds * 1_000);
  await tx.manager.update(
    Job,
    { id: job.id, leaseToken: job.leaseToken },
    { runAt, leaseToken: null, leaseUntil: null, lastError: error.slice(0, 500) },
  );
}
