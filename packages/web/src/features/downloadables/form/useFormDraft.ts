import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import type { DownloadableDetailFragment } from '../../../graphql/documents.generated';
import { useSession } from '../../../graphql/session';
import type { DownloadableValues } from '../downloadable-form.rules';
import { whenSignedOutElsewhere } from '../../../ui/recent-items';
import { makeDraftStore, type FormDraft } from './form-draft';

/** Often enough that a crash costs a word, seldom enough that typing does not feel it. */
const KEEP_EVERY_MS = 300;

interface KeptForm {
  readonly values: DownloadableValues;
  readonly base: ShallowRef<DownloadableDetailFragment | null>;
  readonly fileNames: () => readonly string[];
  readonly hasChanges: () => boolean;
}

/** Keeps the form in this browser while it is edited, and brings it back when it is opened again. */
export function useFormDraft({ values, base, fileNames, hasChanges }: KeptForm) {
  const { viewer } = useSession();
  const store = makeDraftStore(viewer.value?.user?.id ?? '', base.value?.id ?? 'new');
  const restored = shallowRef<FormDraft | null>(store.read());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  if (restored.value) {
    const { values: kept, lockVersion } = restored.value;
    Object.assign(values, base.value ? { ...kept, productId: base.value.product.id } : kept);
    // What was typed over an older state meets the newer one as a conflict, which shows both sides.
    if (base.value && lockVersion !== null) base.value = { ...base.value, lockVersion };
  }

  const stopListening = whenSignedOutElsewhere(viewer.value?.user?.id ?? '', () => (isOver = true));

  function keep(): void {
    if (isOver) return;
    if (!hasChanges()) return store.forget();
    const savedAt = new Date().toISOString();
    store.write({ values: { ...values }, fileNames: fileNames(), lockVersion: base.value?.lockVersion ?? null, savedAt });
  }

  watch(
    () => JSON.stringify([values, fileNames()]),
    () => {
      clearTimeout(timer);
      timer = setTimeout(keep, KEEP_EVERY_MS);
    },
  );
  onScopeDispose(() => {
    clearTimeout(timer);
    stopListening();
    if (!isOver && hasChanges()) keep();
  });

  return {
    restored,
    /** Saved, or not wanted any more. */
    forget(): void {
      isOver = true;
      store.forget();
    },
  };
}
