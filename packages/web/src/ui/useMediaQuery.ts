import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue';

/** Wide enough for a sidebar and a row of filters (the stylesheet's `md`). */
export const WIDE = '(min-width: 48rem)';

/** Whether a media query matches now, kept up to date. */
export function useMediaQuery(query: string): Readonly<Ref<boolean>> {
  const list = matchMedia(query);
  const matches = ref(list.matches);
  const update = (event: MediaQueryListEvent): void => void (matches.value = event.matches);
  list.addEventListener('change', update);
  onScopeDispose(() => list.removeEventListener('change', update));
  return readonly(matches);
}

/** Whether a media query has matched since it was first asked: what was made for it then stays. */
export function useOnceMatched(query: string): Readonly<Ref<boolean>> {
  const matches = useMediaQuery(query);
  const once = ref(matches.value);
  watch(matches, () => (once.value = true)); // any change means that it matches now, or did before
  return readonly(once);
}
