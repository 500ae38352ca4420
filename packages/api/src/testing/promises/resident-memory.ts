import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';

const SAMPLE_EVERY_MS = 20;

/** Whether this system tells a process's memory (Linux does). */
export const tellsMemory = existsSync('/proc/self/status');

/** Resident memory of a process, in bytes. @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024;
}

/** Runs `work` and watches how much memory a process takes meanwhile. @returns its result and the most seen, in bytes */
export async function withPeak<T>(pid: number, work: () => Promise<T>): Promise<{ result: T; peakBytes: number }> {
  let peakBytes = await residentBytes(pid);
  const timer = setInterval(() => {
    void residentBytes(pid).then((bytes) => (peakBytes = Math.max(peakBytes, bytes)));
  }, SAMPLE_EVERY_MS);
  try {
    const result = await work();
    return { result, peakBytes };
  } finally {
    clearInterval(timer);
  }
}
