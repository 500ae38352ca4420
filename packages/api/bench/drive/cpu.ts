import { readdirSync, readFileSync } from 'node:fs';
import type { Connection, RowDataPacket } from 'mysql2/promise';

/** Reads how much processor time something has used since it started, in microseconds. */
export type CpuMeter = () => Promise<number>;

const NANOSECONDS_PER_MICROSECOND = 1_000;

/** Nanoseconds on the processor are the first number of `schedstat`. @see https://docs.kernel.org/scheduler/sched-stats.html */
function microsecondsOf(path: string): number {
  try {
    return Number(readFileSync(path, 'utf8').split(' ', 1)[0]) / NANOSECONDS_PER_MICROSECOND;
  } catch {
    // A thread that has ended meanwhile.
    return 0;
  }
}

/** All threads of one process. */
export function meterOfProcess(pid: number): CpuMeter {
  return async () =>
    readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + microsecondsOf(`/proc/${pid}/task/${thread}/schedstat`), 0);
}

/**
 * The threads that serve the connections to one database of a server on this machine: others may use the server meanwhile.
 * What it does in the background (purging, flushing) is in no request's bill.
 */
export async function meterOfDatabase(connection: Connection, name: string): Promise<CpuMeter> {
  const threads = async (): Promise<number[]> => {
    const [rows] = await connection.query<RowDataPacket[]>('SELECT TID AS tid FROM information_schema.PROCESSLIST WHERE DB = ?', [name]);
    return rows.map((row) => Number(row['tid']));
  };
  const processes = new Map<number, string>();
  const folderOf = (thread: number): string => {
    const known = processes.get(thread) ?? /^Tgid:\s+(\d+)/m.exec(readFileSync(`/proc/${thread}/status`, 'utf8'))?.[1] ?? '';
    processes.set(thread, known);
    return `/proc/${known}/task/${thread}`;
  };
  return async () => (await threads()).reduce((sum, thread) => sum + microsecondsOf(`${folderOf(thread)}/schedstat`), 0);
}

/** The resident memory of a process in bytes. */
export function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1_024;
}
