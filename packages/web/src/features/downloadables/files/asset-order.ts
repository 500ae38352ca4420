/** The order of a draft's files: a file moves together with the signatures and checksums that belong to it. */

interface Ordered {
  readonly id: string;
}

interface FileGroup {
  readonly main: Ordered;
  readonly sideFiles: readonly Ordered[];
}

export type Move = 'UP' | 'DOWN';

/** Every id in the new order; null when the file cannot go further. @param all every file, those still on their way too */
export function moveFile(
  groups: readonly FileGroup[],
  all: readonly Ordered[],
  move: { readonly id: string; readonly to: Move },
): readonly string[] | null {
  const from = groups.findIndex(({ main }) => main.id === move.id);
  const to = from + (move.to === 'UP' ? -1 : 1);
  const [moved, other] = [groups[from], groups[to]];
  if (!moved || !other) return null;
  const swapped = groups.with(from, other).with(to, moved);
  const ids = swapped.flatMap(({ main, sideFiles }) => [main.id, ...sideFiles.map(({ id }) => id)]);
  return [...ids, ...all.map(({ id }) => id).filter((id) => !ids.includes(id))];
}
