import { onBeforeUnmount, onMounted, readonly, ref } from 'vue';

/** Asks before a page with unsaved changes is left: the browser when its tab closes, `ask` when another page of the console is opened. */
export function useLeaveWarning(hasChanges: () => boolean) {
  const isAsking = ref(false);
  let answerWith: (mayLeave: boolean) => void = () => undefined;
  const warn = (event: BeforeUnloadEvent): void => {
    if (hasChanges()) event.preventDefault();
  };
  onMounted(() => addEventListener('beforeunload', warn));
  onBeforeUnmount(() => removeEventListener('beforeunload', warn));

  function ask(): boolean | Promise<boolean> {
    if (!hasChanges()) return true;
    answerWith(false); // one question at a time
    isAsking.value = true;
    return new Promise((resolve) => (answerWith = resolve));
  }
  function answer(mayLeave: boolean): void {
    isAsking.value = false;
    answerWith(mayLeave);
  }
  return { isAsking: readonly(isAsking), ask, answer };
}
