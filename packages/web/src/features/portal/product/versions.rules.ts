/** The versions of a product in groups: those one may have, those one may not and why, and those that were taken back. */
import type { PortalRow } from '../portal-release.rules';

/** Versions that are refused for the same reason: it is said once for all of them. */
export interface RefusedGroup {
  readonly key: string;
  /** Any of them speaks for all. */
  readonly access: PortalRow['access'];
  readonly rows: readonly PortalRow[];
}

export interface VersionGroups {
  readonly own: readonly PortalRow[];
  readonly refused: readonly RefusedGroup[];
  readonly withdrawn: readonly PortalRow[];
}

/** What of a reason is the same for all versions that have it: the version itself and its date are not. */
const OWN_PARAMS = new Set(['version', 'releaseDate']);

function reasonOf({ access }: PortalRow): string {
  const shared = Object.entries(access.params ?? {}).filter(([name]) => !OWN_PARAMS.has(name));
  return JSON.stringify([access.code, access.licenseId, ...shared.toSorted(([one], [other]) => one.localeCompare(other))]);
}

/** Each group highest version first, as the rows are. Nobody is asked to pay for what was taken back: these stand apart. */
export function groupVersions(rows: readonly PortalRow[]): VersionGroups {
  const withdrawn = rows.filter(({ status }) => status === 'WITHDRAWN');
  const offered = rows.filter(({ status }) => status !== 'WITHDRAWN');
  const refused = new Map<string, PortalRow[]>();
  for (const row of offered.filter(({ access }) => !access.allowed)) {
    const key = reasonOf(row);
    refused.set(key, [...(refused.get(key) ?? []), row]);
  }
  return {
    own: offered.filter(({ access }) => access.allowed),
    refused: [...refused].flatMap(([key, ofReason]) => (ofReason[0] ? [{ key, access: ofReason[0].access, rows: ofReason }] : [])),
    withdrawn,
  };
}

/** The versions that begin like the typed one, else those that have it anywhere; a leading v does not count. */
export function matching(rows: readonly PortalRow[], typed: string): readonly PortalRow[] {
  const plain = (version: string): string =>
    version
      .trim()
      .toLowerCase()
      .replace(/^v(?=\d)/, '');
  const wanted = plain(typed);
  if (wanted === '') return rows;
  const isExact = rows.filter(({ version }) => plain(version) === wanted);
  if (isExact.length > 0) return isExact;
  const begin = rows.filter(({ version }) => plain(version).startsWith(wanted));
  return begin.length > 0 ? begin : rows.filter(({ version }) => plain(version).includes(wanted));
}
