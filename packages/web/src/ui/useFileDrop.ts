import { onBeforeUnmount, onMounted, readonly, ref, type Ref } from 'vue';

/** Takes files dropped anywhere on the page. @returns whether files hang over it now. */
export function useFileDrop(take: (files: readonly File[]) => void): Readonly<Ref<boolean>> {
  const isOver = ref(false);

  function hover(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    isOver.value = true;
  }

  function leave(event: DragEvent): void {
    if (event.relatedTarget === null) isOver.value = false;
  }

  function drop(event: DragEvent): void {
    isOver.value = false;
    if (event.defaultPrevented) return;
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) take(files);
  }

  onMounted(() => {
    addEventListener('dragover', hover);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
  });
  onBeforeUnmount(() => {
    removeEventListener('dragover', hover);
    removeEventListener('dragleave', leave);
    removeEventListener('drop', drop);
  });
  return readonly(isOver);
}
