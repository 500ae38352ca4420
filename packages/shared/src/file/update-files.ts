/** Which files of a release an updater takes. */
import { targetsRunBy } from './target-visitor.js';
import type { Architecture, AssetType, Platform, Target } from './target.js';

interface Suitable {
  readonly type: AssetType;
  readonly platform: Platform;
  readonly architecture: Architecture | null;
}

/** Kinds of files that put a newer program on a computer, the best first. */
export const UPDATING_TYPES = ['UPDATE', 'INSTALLER', 'OTHER'] as const satisfies readonly AssetType[];

/**
 * The files with which a computer updates itself, the best first: made for updates, then installers, then others; within these what
 * suits the computer best. @param target null: whatever computer
 */
export function listUpdateFiles<T extends Suitable>(files: readonly T[], target: Target | null): readonly T[] {
  return UPDATING_TYPES.flatMap((type) => {
    const group = files.filter((file) => file.type === type);
    if (target === null) return group;
    return targetsRunBy(target).flatMap(({ platform, architecture }) =>
      group.filter((file) => file.platform === platform && file.architecture === architecture),
    );
  });
}
