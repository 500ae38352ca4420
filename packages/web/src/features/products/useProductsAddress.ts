import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';

const PATIENCE_MS = 200;

/** What the products page keeps in the address: search, page and the open panel. */
export function useProductsAddress() {
  const route = useRoute();
  const router = useRouter();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasOpenedHere = false;

  const text = (key: string) => computed(() => (typeof route.query[key] === 'string' ? route.query[key] : ''));
  const search = text('q');
  const after = text('after');
  const edit = text('edit');
  const share = text('share');

  function kept(): Record<string, string> {
    const all = { q: search.value, after: after.value };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
  }

  return {
    search,
    after,
    /** The product whose share links are open. */
    sharedId: computed(() => share.value || null),
    editedId: computed(() => edit.value || null),
    isPanelOpen: computed(() => edit.value !== '' || 'new' in route.query),
    searchFor(value: string): void {
      clearTimeout(timer);
      timer = setTimeout(() => void router.replace({ path: route.path, query: value.trim() ? { q: value.trim() } : {} }), PATIENCE_MS);
    },
    goTo(cursor: string): void {
      const { after: _after, ...rest } = kept();
      void router.push({ path: route.path, query: cursor ? { ...rest, after: cursor } : rest });
    },
    openPanel(panel: Record<string, string>): void {
      wasOpenedHere = true;
      void router.push({ path: route.path, query: { ...kept(), ...panel } });
    },
    closePanel(): void {
      if (wasOpenedHere) router.back();
      else void router.replace({ path: route.path, query: kept() });
      wasOpenedHere = false;
    },
  };
}
