import { computed, shallowRef } from 'vue';

const count = shallowRef(0);

/** How many notices are unread: the bell and the page say the same. */
export function useUnread() {
  return { count: computed(() => count.value), set: (unread: number): void => void (count.value = unread) };
}
