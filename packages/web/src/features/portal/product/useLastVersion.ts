import { computed, ref, type Ref } from 'vue';

const KEY = 'slipway.downloaded';
/** More products than anybody downloads in one browser. */
const REMEMBERED_MAX_COUNT = 100;

function read(): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, string>) : {};
  } catch {
    return {}; // Storage is blocked, or holds what is not ours.
  }
}

interface Downloaded {
  readonly id: string;
  readonly lastDownload: { readonly version: string } | null;
}

/** The version of a product that was downloaded last: by the customer, else in this browser. */
export function useLastVersion(product: Ref<Downloaded | null>) {
  const kept = ref(read());
  return {
    lastVersion: computed(() => product.value?.lastDownload?.version ?? (product.value ? (kept.value[product.value.id] ?? null) : null)),
    /** Visitors who are nobody in particular are remembered by their browser alone. */
    remember(version: string): void {
      if (!product.value) return;
      const entries = Object.entries({ ...read(), [product.value.id]: version }).slice(-REMEMBERED_MAX_COUNT);
      try {
        localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(entries)));
      } catch {
        // Storage is blocked: the next visit asks for the version.
      }
    },
  };
}
