import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';

const PATIENCE_MS = 200;

/** What a list keeps in the address: `q`, its filters, the cursor `after`, and the open panel (`?new`, `?edit=ID`). */
export function useListAddress<TFilter extends string = never>(filters: readonly TFilter[] = []) {
  const route = useRoute();
  const router = useRouter();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasOpenedHere = false;

  const textOf = (key: string): string => (typeof route.query[key] === 'string' ? route.query[key] : '');
  const values = computed(() => Object.fromEntries(filters.map((key) => [key, textOf(key)])) as Record<TFilter, string>); // one entry per key

  function kept(change: Readonly<Record<string, string>> = {}): Record<string, string> {
    const all: Record<string, string> = { q: textOf('q'), ...values.value, ...change };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
  }
  const go = (query: Record<string, string>): void => void router.push({ path: route.path, query });

  return {
    search: computed(() => textOf('q')),
    after: computed(() => textOf('after')),
    values,
    hasFilters: computed(() => Object.keys(kept()).length > 0),
    editedId: computed(() => textOf('edit') || null),
    isPanelOpen: computed(() => textOf('edit') !== '' || 'new' in route.query),
    /** While typing: one entry in the history, not one per letter. */
    searchFor(text: string): void {
      clearTimeout(timer);
      timer = setTimeout(() => void router.replace({ path: route.path, query: kept({ q: text.trim() }) }), PATIENCE_MS);
    },
    filter: (key: TFilter, value: string): void => go(kept({ [key]: value })),
    clear: (): void => go({}),
    goTo: (cursor: string): void => go(kept({ after: cursor })),
    openPanel(panel: Record<string, string>): void {
      wasOpenedHere = true;
      go(kept({ after: textOf('after'), ...panel }));
    },
    /** One step back where the panel was opened here, so that "back" does not open it again. */
    closePanel(): void {
      if (wasOpenedHere) router.back();
      else void router.replace({ path: route.path, query: kept({ after: textOf('after') }) });
      wasOpenedHere = false;
    },
  };
}
