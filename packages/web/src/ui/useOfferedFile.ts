import {
  architectureLabel,
  ASSET_TYPE_LABELS,
  formatBytes,
  isDebugArchive,
  listMainFiles,
  listOtherArchitectures,
  pickAssetFor,
  targetLabel,
  type Target,
} from '@slipway/shared';
import { computed } from 'vue';
import { filesMessages as words } from '../messages/release-files';
import type { ShownFile } from './release-files';

/** The file that suits the visitor's computer, and the same for its system's other processors. */
export function useOfferedFile(files: () => readonly ShownFile[], target: () => Target | null) {
  const offered = computed(() =>
    listMainFiles(files()).filter(({ access, fileName, state }) => access.allowed && state === 'READY' && !isDebugArchive(fileName)),
  );
  const picked = computed(() => {
    const own = target();
    return own && pickAssetFor(offered.value, own);
  });
  const others = computed(() => (picked.value ? listOtherArchitectures(offered.value, picked.value) : []));
  return { offered, picked, others };
}

/** What the button for a file says: it names the computer, processor included. */
export function downloadLabel({ platform, architecture }: Pick<ShownFile, 'platform' | 'architecture'>): string {
  return platform === 'ALL' ? words.download : words.downloadFor(targetLabel({ platform, architecture }));
}

/** Kind, processor and size of a file. */
export function aboutFile({ type, platform, architecture, size }: ShownFile): string {
  return [ASSET_TYPE_LABELS[type], architectureLabel({ platform, architecture }), formatBytes(size)].filter(Boolean).join(', ');
}
