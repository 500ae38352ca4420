import { computed, onScopeDispose, ref, watch, type Ref } from 'vue';
import { SearchPaletteDocument, type SearchPaletteQueryVariables } from '../../graphql/documents.generated';
import { useSession } from '../../graphql/session';
import { useQuery } from '../../graphql/useQuery';
import { recentItems } from '../../ui/recent-items';
import { foundGroups, localGroups, type PaletteGroup } from './palette-entries';
import { looksLikeAVersion, parsePaletteText } from './palette-query';

/** Long enough to skip letters in the middle of a word, short enough not to be noticed. */
const PATIENCE_MS = 60;
const FEW = 8;
/** Enough to find the product's version among those of others. */
const MANY = 50;

/** The groups of the palette for what is typed: the local ones at once, the server's when they come. */
export function usePaletteSearch(typed: Ref<string>) {
  const { can, viewer } = useSession();
  const asked = ref(typed.value);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(typed, (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => (asked.value = text), PATIENCE_MS);
  });
  onScopeDispose(() => clearTimeout(timer));

  const query = useQuery(SearchPaletteDocument, () => variablesOf(asked.value, can('license:read', 'ALL')), {
    fetchPolicy: 'cache-and-network',
  });
  const parsed = computed(() => parsePaletteText(typed.value));
  const recent = recentItems(viewer.value?.user?.id ?? '');
  const groups = computed<readonly PaletteGroup[]>(() => [
    ...localGroups(parsed.value, recent, can),
    ...(query.data.value && parsed.value.search !== '' ? foundGroups(parsePaletteText(asked.value), query.data.value, can) : []),
  ]);
  const isSearching = computed(() => asked.value !== typed.value || query.isLoading.value || query.isStale.value);
  return { groups, isSearching, problem: query.problem };
}

function variablesOf(text: string, withCustomers: boolean): SearchPaletteQueryVariables | null {
  const { search, productWords } = parsePaletteText(text);
  if (search === '') return null;
  const first = productWords.length > 0 || looksLikeAVersion(search) ? MANY : FEW;
  return { text: [...productWords, search].join(' '), words: search, first, withCustomers };
}
