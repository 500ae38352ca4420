import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import { PreviewAnnouncementDocument, type PreviewAnnouncementMutation } from '../../graphql/documents.generated';
import { mutate } from '../../graphql/useMutation';

type Preview = NonNullable<PreviewAnnouncementMutation['previewAnnouncement']['preview']>;

interface PreviewQuestion {
  readonly downloadableId: string;
  readonly subject: string;
  readonly body: string;
  readonly licenseId: string | null;
  /** Whether the text can be filled in. */
  readonly isGood: boolean;
}

/** Typing goes on for so long before it is shown. */
const PATIENCE_MS = 400;

/** A text as somebody gets it, a moment after it was typed. What cannot be filled in leaves the one before. */
export function usePreview(question: () => PreviewQuestion) {
  const preview = shallowRef<Preview | null>(null);
  const problem = shallowRef<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  async function ask(): Promise<void> {
    turn += 1;
    const mine = turn;
    const { isGood, ...input } = question();
    if (!isGood) return;
    const outcome = await mutate(PreviewAnnouncementDocument, { input });
    if (turn !== mine) return;
    const refusal = outcome.problem ?? outcome.data.previewAnnouncement.userErrors[0];
    problem.value = refusal?.message ?? null;
    if (!refusal) preview.value = outcome.data?.previewAnnouncement.preview ?? null;
  }

  watch(
    () => JSON.stringify(question()),
    () => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), preview.value === null ? 0 : PATIENCE_MS);
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    clearTimeout(timer);
    turn += 1;
  });
  return { preview: computed(() => preview.value), problem: computed(() => problem.value) };
}
