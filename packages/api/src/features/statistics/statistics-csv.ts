import { DOWNLOAD_SOURCES, PLATFORMS } from '@slipway/shared';
import { toCsv } from '../../kernel/text/csv.js';
import { listDays, type DayRange } from './day-range.js';
import type { DailyCount, VersionCount } from './statistics.service.js';

/** A file of comma-separated values and the days that it is about. */
interface CsvFile {
  readonly range: DayRange;
  readonly csv: string;
}

/** A line per day: all downloads, then those of each source and each platform. */
export function daysAsCsv(counted: { range: DayRange; bySource: readonly DailyCount[]; byPlatform: readonly DailyCount[] }): CsvFile {
  const totals = new Map([...counted.bySource, ...counted.byPlatform].map((row) => [`${row.day} ${row.member}`, row.total]));
  const lines = listDays(counted.range).map((day) => {
    const of = (member: string): number => totals.get(`${day} ${member}`) ?? 0;
    const sources = DOWNLOAD_SOURCES.map(of);
    return [day, sources.reduce((sum, count) => sum + count, 0), ...sources, ...PLATFORMS.map(of)];
  });
  const head = ['day', 'downloads', ...[...DOWNLOAD_SOURCES, ...PLATFORMS].map((name) => name.toLowerCase())];
  return { range: counted.range, csv: toCsv([head, ...lines]) };
}

/** A line per downloadable, most downloads first. */
export function versionsAsCsv(counted: { range: DayRange; versions: readonly VersionCount[] }): CsvFile {
  const lines = counted.versions.map(({ product, version, downloads }) => [product, version, downloads]);
  return { range: counted.range, csv: toCsv([['product', 'version', 'downloads'], ...lines]) };
}
