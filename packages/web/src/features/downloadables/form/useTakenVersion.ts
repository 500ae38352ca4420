import { differOnlyInBuild, parseVersion, STATUS_LABELS } from '@slipway/shared';
import { computed, onScopeDispose, ref, watch } from 'vue';
import { FindVersionDocument, type FindVersionQuery } from '../../../graphql/documents.generated';
import { useQuery } from '../../../graphql/useQuery';

/** After this long without a letter it is asked for; nobody waits for the answer. */
const PATIENCE_MS = 200;

interface TypedVersion {
  readonly productId: string;
  readonly version: string;
  /** The downloadable that is edited: its own version is not taken. */
  readonly ownId: string | null;
}

/** The downloadable that has the typed version already, found while typing. */
export function useTakenVersion(typed: () => TypedVersion) {
  const asked = ref<{ productId: string; version: string } | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    () => [typed().productId, typed().version.trim()] as const,
    ([productId, version]) => {
      clearTimeout(timer);
      asked.value = null;
      if (productId !== '' && version !== '') timer = setTimeout(() => (asked.value = { productId, version }), PATIENCE_MS);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  const query = useQuery(FindVersionDocument, () => asked.value, { fetchPolicy: 'network-only' });
  return computed<{ readonly id: string; readonly message: string } | null>(() => {
    const answer: FindVersionQuery | null = query.data.value;
    const found = answer?.product?.downloadableByVersion;
    if (!asked.value || !found || found.id === typed().ownId) return null;
    return {
      id: found.id,
      message: takenText(
        asked.value.version,
        `${found.version} exists already (${STATUS_LABELS[found.status].toLowerCase()})`,
        found.version,
      ),
    };
  });
}

/** What has the version, and why a build does not make it another one. */
function takenText(typed: string, exists: string, found: string): string {
  const [own, other] = [parseVersion(typed), parseVersion(found)];
  const isBuild = own.ok && other.ok && differOnlyInBuild(own.value, other.value);
  return `${exists}${isBuild ? ', and +build does not count' : ''}: choose another version.`;
}
