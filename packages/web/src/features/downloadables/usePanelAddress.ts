import { computed, ref, shallowRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** The slide-over's place in the address: `?new=1` or `?edit=ID` on top of whatever the page keeps there. */
export function usePanelAddress() {
  const route = useRoute();
  const router = useRouter();
  const dropped = shallowRef<readonly File[]>([]);
  const openedHere = ref(false);
  const editedId = computed(() => (typeof route.query['edit'] === 'string' ? route.query['edit'] : null));
  const isOpen = computed(() => editedId.value !== null || 'new' in route.query);

  function go(panel: Record<string, string>): void {
    openedHere.value = true;
    void router.push({ path: route.path, query: { ...withoutPanel(), ...panel } });
  }

  function withoutPanel(): Record<string, string | null | (string | null)[]> {
    const { new: _new, edit: _edit, ...rest } = route.query;
    return rest;
  }

  return {
    isOpen,
    editedId,
    dropped,
    create(files: readonly File[] = []): void {
      dropped.value = files;
      go({ new: '1' });
    },
    edit(id: string): void {
      dropped.value = [];
      go({ edit: id });
    },
    /** One step back where the panel was opened here, so that "back" does not open it again. */
    close(): void {
      if (openedHere.value) router.back();
      else void router.replace({ path: route.path, query: withoutPanel() });
      openedHere.value = false;
      dropped.value = [];
    },
  };
}
