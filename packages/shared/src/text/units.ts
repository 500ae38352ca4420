/** Sizes, times and speeds in human words, the same in console, portal and mail. */

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Step between byte units. Decimal, as browsers and download managers show sizes. */
const BYTE_STEP = 1000;

/** The largest first. */
const WHOLE_UNITS = [
  ['TiB', 1_024 ** 4],
  ['GiB', 1_024 ** 3],
  ['MiB', 1_024 ** 2],
] as const;
const SIZE = /^([0-9]{1,16}(?:\.[0-9]{1,3})?) ?([a-z]{1,3})?$/i;

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;

/** A limit as whoever set it wrote it: whole gibibytes or mebibytes where it is that, for example "2 GiB". @param sizeBytes bytes */
export function formatLimit(sizeBytes: number): string {
  for (const [unit, bytes] of WHOLE_UNITS) if (sizeBytes >= bytes && sizeBytes % bytes === 0) return `${sizeBytes / bytes} ${unit}`;
  return formatBytes(sizeBytes);
}

/** A size for a field, which reads back as the same bytes: `2 GiB`, else the bare number. */
export function sizeText(sizeBytes: number): string {
  const short = formatLimit(sizeBytes);
  return parseBytes(short) === sizeBytes ? short : String(sizeBytes);
}

/** A size as people type it: `2 GiB`, `500 MB`, `1.5 tib`, or bytes as a bare number. @returns whole bytes; NaN when it is no size */
export function parseBytes(text: string): number {
  const [, amount, unit = 'B'] = SIZE.exec(text.trim()) ?? [];
  if (amount === undefined) return Number.NaN;
  const binary = WHOLE_UNITS.find(([name]) => name.toLowerCase() === unit.toLowerCase());
  const decimal = BYTE_UNITS.findIndex((name) => name.toLowerCase() === unit.toLowerCase());
  if (!binary && decimal < 0) return Number.NaN;
  return Math.round(Number(amount) * (binary ? binary[1] : BYTE_STEP ** decimal));
}

/** A size in decimal units: `0 B`, `1.5 kB`, `148 MB`. One decimal below 10. @param sizeBytes 0 or more. */
export function formatBytes(sizeBytes: number): string {
  let value = Math.max(0, sizeBytes);
  let unit = 0;
  while (roundShort(value) >= BYTE_STEP && unit < BYTE_UNITS.length - 1) {
    value /= BYTE_STEP;
    unit += 1;
  }
  return `${String(roundShort(value))} ${BYTE_UNITS[unit] ?? 'B'}`;
}

/** A length of time, rounded to what people act on: `3 s`, `2 min`, `1 h 5 min`; `unknown` when it is not finite. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'unknown';
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < MINUTE_SECONDS) return `${String(whole)} s`;
  const minutes = Math.round(whole / MINUTE_SECONDS);
  if (minutes < MINUTE_SECONDS) return `${String(minutes)} min`;
  const hours = Math.floor((minutes * MINUTE_SECONDS) / HOUR_SECONDS);
  const rest = minutes % MINUTE_SECONDS;
  return rest === 0 ? `${String(hours)} h` : `${String(hours)} h ${String(rest)} min`;
}

/** A transfer speed: `12 MB/s`. */
export function formatSpeed(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

function roundShort(value: number): number {
  return value < 9.95 ? Math.round(value * 10) / 10 : Math.round(value);
}
