import type { EntitlementDecision } from '@slipway/shared';
import type { ImpactEffect, ImpactGroupInput } from './impact.inputs.js';
import type { ImpactEntry, ImpactStep, ImpactTally } from './impact.schema.js';

/** What a list shows of one part. */
const LISTED = 50;

/** Entries that are judged together: the licenses of one customer, or one release. The next part may begin after any of them. */
export interface ImpactPart {
  readonly cursor: string;
  readonly entries: readonly ImpactEntry[];
}

/** What a change does, from the decisions before and after it. */
export function effectOf(before: EntitlementDecision, after: EntitlementDecision): ImpactEffect {
  if (before.allowed) return after.allowed ? 'KEEPS' : 'LOSES';
  return after.allowed ? 'GAINS' : 'STAYS_WITHOUT';
}

/** From the strongest: of several releases, the one with the strongest effect decides what is said of a license. */
const STRENGTH: readonly ImpactEffect[] = ['LOSES', 'GAINS', 'KEEPS', 'STAYS_WITHOUT'];

export const isStronger = (one: ImpactEffect, other: ImpactEffect): boolean => STRENGTH.indexOf(one) < STRENGTH.indexOf(other);

/** Adds parts up, until the list of one group is long enough. @param until where to go on after all of them; null: there is no more */
export function sumParts(
  parts: readonly ImpactPart[],
  { list, until }: { readonly list: ImpactGroupInput | null; readonly until: string | null },
): Omit<ImpactStep, 'total' | 'totalCapped'> {
  const isListed = ({ effect, code }: ImpactEntry): boolean => list?.effect === effect && (list.code == null || list.code === code);
  const entries: ImpactEntry[] = [];
  const taken: ImpactPart[] = [];
  for (const part of parts) {
    if (entries.length >= LISTED) break;
    taken.push(part);
    entries.push(...part.entries.filter(isListed));
  }
  const judged = taken.flatMap((part) => part.entries);
  const endCursor = taken.length < parts.length ? (taken.at(-1)?.cursor ?? null) : until;
  return { judged: judged.length, tallies: talliesOf(judged), entries, endCursor };
}

function talliesOf(entries: readonly ImpactEntry[]): readonly ImpactTally[] {
  const tallies = new Map<string, ImpactTally>();
  for (const { effect, code } of entries) {
    const key = `${effect} ${code}`;
    tallies.set(key, { effect, code, count: (tallies.get(key)?.count ?? 0) + 1 });
  }
  return [...tallies.values()];
}
