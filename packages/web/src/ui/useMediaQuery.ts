import { onScopeDispose, readonly, ref, type Ref } from 'vue';

/** Narrower than a sidebar, or a row of filters, needs (the stylesheet's `md`). */
export const PHONE = '(max-width: 47.99rem)';

/** Whether a media query matches now, kept up to date. */
export function useMediaQuery(query: string): Readonly<Ref<boolean>> {
  const list = matchMedia(query);
  const matches = ref(list.matches);
  const update = (event: MediaQueryListEvent): void => void (matches.value = event.matches);
  list.addEventListener('change', update);
  onScopeDispose(() => list.removeEventListener('change', update));
  return readonly(matches);
}
