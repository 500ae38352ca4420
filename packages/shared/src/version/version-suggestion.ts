/** The next versions that a vendor probably means, for one click in the form. */
import { compareVersions, isNumericIdentifier } from './version-order.js';
import { parseVersion, type Version } from './version.js';

export interface VersionSuggestions {
  /** The smallest step: the last number of three or four. */
  readonly patch: string;
  readonly minor: string;
  readonly major: string;
  /** The next version of the running prerelease (or of the asked channel), null when there is none. */
  readonly nextPrerelease: string | null;
}

const FIRST_VERSION = '1.0.0';

/**
 * Suggests versions above the latest one, in its style (`v`, count of numbers). A prerelease is finished first:
 * after 2.0.0-beta.3 the next patch, minor and major are all 2.0.0.
 * @param prereleaseChannel also suggests a start of this channel's prerelease: after 1.2.0, `beta` gives 1.3.0-beta.1.
 */
export function suggestNextVersions(latest: Version | null, prereleaseChannel?: string): VersionSuggestions {
  if (latest === null) {
    const nextPrerelease = prereleaseChannel === undefined ? null : `${FIRST_VERSION}-${prereleaseChannel}.1`;
    return { patch: FIRST_VERSION, minor: FIRST_VERSION, major: FIRST_VERSION, nextPrerelease };
  }
  const minor = bump(latest, 1);
  return {
    patch: bump(latest, Math.max(2, latest.numbers.length - 1)),
    minor,
    major: bump(latest, 0),
    nextPrerelease: firstAbove(latest, prereleaseCandidates(latest, minor, prereleaseChannel)),
  };
}

/** Raises the number at `index` and zeroes those after it; a prerelease of just that version is only finished. */
function bump(latest: Version, index: number): string {
  const isPast = latest.prerelease.length === 0 || latest.numbers.slice(index + 1).some((number) => number !== 0n);
  const count = isPast ? Math.max(latest.numbers.length, index + 1) : latest.numbers.length;
  const numbers = Array.from({ length: count }, (_, at) => {
    const number = latest.numbers[at] ?? 0n;
    if (!isPast || at < index) return number;
    return at === index ? number + 1n : 0n;
  });
  return write(latest, numbers);
}

function prereleaseCandidates(latest: Version, minor: string, channel: string | undefined): readonly string[] {
  const [head = ''] = latest.raw.split(/[-+]/, 1);
  const running = latest.prerelease.length > 0 && (channel === undefined || latest.prerelease[0]?.replace(/-?[0-9]+$/, '') === channel);
  if (running) return [`${head}-${raiseLast(latest.prerelease)}`];
  if (channel === undefined) return [];
  const start = `${channel}.1`;
  const nextMinor = bump({ ...latest, prerelease: [] }, 1);
  return latest.prerelease.length > 0 ? [`${head}-${start}`, `${nextMinor}-${start}`] : [`${minor}-${start}`];
}

/** `beta.2` to `beta.3`, `beta2` to `beta3`, `beta` to `beta.2` (the first one was number one). */
function raiseLast(prerelease: readonly string[]): string {
  const last = prerelease.at(-1) ?? '';
  const [, word = '', digits] = /^(.*?)([0-9]+)$/.exec(last) ?? [];
  if (digits === undefined) return [...prerelease, '2'].join('.');
  const raised = (BigInt(digits) + 1n).toString();
  return prerelease.with(-1, isNumericIdentifier(last) ? raised : word + raised).join('.');
}

/** The first candidate that really is a higher version: beta10 would not be one after beta9. */
function firstAbove(latest: Version, candidates: readonly string[]): string | null {
  const isAbove = (text: string): boolean => {
    const parsed = parseVersion(text);
    return parsed.ok && compareVersions(parsed.value, latest) > 0;
  };
  return candidates.find(isAbove) ?? null;
}

function write(latest: Version, numbers: readonly bigint[]): string {
  return (latest.raw.startsWith('v') ? 'v' : '') + numbers.join('.');
}
