import { diffLines } from 'diff';

export interface ChangelogLine {
  readonly kind: 'ADDED' | 'REMOVED' | 'SAME';
  readonly text: string;
}

/** Lines added and removed up to which the shortest way from one text to the other is looked for: the work grows with their square. */
const MAX_EDITS = 1_000;

/** Two changelogs line by line. Those that have little in common are shown one after the other. @param isSame told apart by a test that counts */
export function diffChangelogs(before: string, after: string, isSame = (a: string, b: string): boolean => a === b): ChangelogLine[] {
  const changes = diffLines(before, after, { maxEditLength: MAX_EDITS, comparator: isSame });
  if (!changes) return [...linesOf(before, 'REMOVED'), ...linesOf(after, 'ADDED')];
  return changes.flatMap(({ value, added, removed }) => linesOf(value, added ? 'ADDED' : removed ? 'REMOVED' : 'SAME'));
}

const linesOf = (text: string, kind: ChangelogLine['kind']): ChangelogLine[] =>
  text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => ({ kind, text: line }));
