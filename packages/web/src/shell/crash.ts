import { readonly, ref } from 'vue';

const crash = ref<string | null>(null);

/** A fault that no page handled: the crash page takes over until the next navigation. */
export function reportCrash(error: unknown): void {
  crash.value = error instanceof Error ? error.message : String(error);
}

export function useCrash() {
  return { crash: readonly(crash), recover: (): void => void (crash.value = null) };
}
