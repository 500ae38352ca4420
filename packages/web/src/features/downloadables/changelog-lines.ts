import { diffArrays } from 'diff';

interface ChangelogLine {
  readonly kind: 'ADDED' | 'REMOVED' | 'SAME';
  readonly text: string;
}

/** Lines added and removed up to which the shortest way from one text to the other is looked for: the work grows with their square. */
const MAX_EDITS = 1_000;

/** Two changelogs line by line. Those that have little in common are shown one after the other. @param isSame told apart by a test that counts */
export function diffChangelogs(before: string, after: string, isSame = (a: string, b: string): boolean => a === b): ChangelogLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  // Undefined past the limit, which the library's types do not say of it.
  const changes: ReturnType<typeof diffArrays<string>> | undefined = diffArrays(old, now, { maxEditLength: MAX_EDITS, comparator: isSame });
  if (!changes) return [...asKind(old, 'REMOVED'), ...asKind(now, 'ADDED')];
  return changes.flatMap(({ value, added, removed }) => asKind(value, added ? 'ADDED' : removed ? 'REMOVED' : 'SAME'));
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

const asKind = (lines: readonly string[], kind: ChangelogLine['kind']): ChangelogLine[] => lines.map((text) => ({ kind, text }));
