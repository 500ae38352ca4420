/** `+build` says how a version was made and never which one it is: what to write instead, where it was meant to (DESIGN.md, section 2). */
import { parseVersion, type Version, type VersionScheme } from './version.js';
import { compareVersions, VERSION_NUMBERS_COUNT } from './version-order.js';

/** Whether two versions are the same one, told apart by nothing but their build. */
export const differOnlyInBuild = (one: Version, other: Version): boolean => one.build !== other.build && compareVersions(one, other) === 0;

/**
 * Versions above this one that say what its build was meant to say, the nearest first: `1.2.3+5` is 1.2.3.5, 1.2.3.6 and so on;
 * `1.0.0-beta.2+5` is 1.0.0-beta.2.5. Where a last number is there already, or only three are taken, it is raised.
 * @param count how many at most; fewer where the product's scheme refuses them
 */
export function versionsAfterBuild(version: Version, scheme: VersionScheme, count: number): readonly string[] {
  const start = version.raw.startsWith('v') ? 'v' : '';
  return Array.from({ length: count }, (_, step) => start + raised(version, scheme, BigInt(step))).filter(
    (text) => parseVersion(text, scheme).ok,
  );
}

function raised({ numbers, prerelease, build }: Version, scheme: VersionScheme, step: bigint): string {
  if (prerelease.length > 0) return `${numbers.join('.')}-${[...prerelease, buildNumber(build) + step].join('.')}`;
  const count = scheme === 'SEMVER' ? 3 : VERSION_NUMBERS_COUNT;
  const last = numbers[count - 1] ?? 0n;
  const isToSpare = count === VERSION_NUMBERS_COUNT && last === 0n;
  return Array.from({ length: count }, (_, at) => numbers[at] ?? 0n)
    .with(-1, isToSpare ? buildNumber(build) + step : last + 1n + step)
    .join('.');
}

/** The number that the build ends in, else 1: a hash or a date is no count. */
function buildNumber(build: string | null): bigint {
  const number = BigInt(/(?<![0-9A-Za-z])[0-9]{1,5}$/.exec(build ?? '')?.[0] ?? 0);
  return number > 0n ? number : 1n;
}
