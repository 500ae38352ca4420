import type { SentUploads } from './measure.js';
import { atLeast, atMost, tableOf } from '../table.js';

const HEADING = '## Uploads';
const GOAL_RATIO = 0.6;
const GOAL_MEMORY_MB = 64;
const MIB = 1_024 ** 2;

/** What of RESULTS.md is about uploads. */
export function uploadsSection(sent: readonly SentUploads[]): string {
  const rows = sent.map(({ place, megabytes, throughSeconds, plainSeconds, ratio, cpuSecondsPerGigabyte, aboveIdleBytes }) => [
    place.name,
    `${megabytes.toLocaleString('en')} MB`,
    throughSeconds.toFixed(2),
    `${plainSeconds.toFixed(2)} (${place.plainly})`,
    place.name === 'S3' ? atLeast(ratio, GOAL_RATIO) : ratio.toFixed(2),
    place.name === 'S3' ? GOAL_RATIO.toFixed(2) : '-',
    cpuSecondsPerGigabyte.toFixed(2),
    atMost(aboveIdleBytes / MIB, GOAL_MEMORY_MB, 0),
    String(GOAL_MEMORY_MB),
  ]);
  return [
    HEADING,
    'Written by `pnpm bench --uploads`: `curl -T` through the API and past it to the same store, in turn; medians of rounds. Processor time\nis that of the server alone, memory the most it took above what it had before its first upload.',
    tableOf(['store', 'file', 's through the API', 's plain', 'ratio', 'goal', 'CPU s per GB', 'MB above idle', 'goal'], rows),
  ].join('\n\n');
}

/** The results with this section in place of theirs. */
export function withUploads(results: string, section: string): string {
  const others = results.split(/^(?=## )/m).filter((part) => !part.startsWith(HEADING));
  return `${others.join('').trimEnd()}\n\n${section.trimEnd()}\n`;
}

/** The section as results have it; null when they have none. */
export function uploadsOf(results: string): string | null {
  return results.split(/^(?=## )/m).find((part) => part.startsWith(HEADING)) ?? null;
}
