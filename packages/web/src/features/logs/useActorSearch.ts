import { computed, onScopeDispose, ref, watch, type Ref } from 'vue';
import { ListAuditActorsDocument, type ListAuditActorsQuery, type ListAuditActorsQueryVariables } from '../../graphql/documents.generated';
import { useQuery } from '../../graphql/useQuery';

type Actor = ListAuditActorsQuery['auditActors'][number];

/** Long enough to skip letters in the middle of a word. */
const PATIENCE_MS = 150;

/**
 * People and tokens for what is typed, and the name of the one that was picked.
 * @param typed null: nobody is looked for @param picked id; empty: nobody was picked
 */
export function useActorSearch(typed: Ref<string | null>, picked: Ref<string>) {
  const asked = ref(typed.value);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(typed, (text) => {
    clearTimeout(timer);
    // What opens shows at once; letters are waited for.
    if (text === null || asked.value === null) asked.value = text;
    else timer = setTimeout(() => (asked.value = text), PATIENCE_MS);
  });
  onScopeDispose(() => clearTimeout(timer));

  const found = useQuery(ListAuditActorsDocument, () => questionOf(asked.value));
  const own = useQuery(ListAuditActorsDocument, (): ListAuditActorsQueryVariables | null =>
    picked.value === '' ? null : { id: picked.value },
  );
  return {
    actors: computed((): readonly Actor[] => (typed.value === null ? [] : (found.data.value?.auditActors ?? []))),
    isSearching: computed(() => asked.value !== typed.value || found.isLoading.value || found.isStale.value),
    problem: computed(() => found.problem.value?.message ?? null),
    /** Empty while it is on its way; of somebody who is gone no name is left. */
    pickedName: computed(() => {
      if (picked.value === '' || own.isLoading.value || own.isStale.value) return '';
      return own.data.value?.auditActors.find(({ id }: Actor) => id === picked.value)?.name ?? 'Somebody who is gone';
    }),
  };
}

const questionOf = (typed: string | null): ListAuditActorsQueryVariables | null => (typed === null ? null : { search: typed.trim() });
