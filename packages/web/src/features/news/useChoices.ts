import type { NewsChoice } from '@slipway/shared';
import { computed, ref, shallowRef, watch } from 'vue';
import {
  GetNotificationChoicesDocument,
  UpdateNotificationChoicesDocument,
  type ChoiceFieldsFragment,
  type UpdateNotificationChoicesInput,
} from '../../graphql/documents.generated';
import { useMutation } from '../../graphql/useMutation';
import { useQuery } from '../../graphql/useQuery';
import { newsMessages as words } from '../../messages/news';
import { notify } from '../../ui/notify';

/** What stands in a product's field where it is as for all. */
export const AS_ALL = '';

/** What the reader of an address chose, as the page edits it. @param token of the link of a mail; null: who is signed in */
export function useChoices(token: () => string | null) {
  const query = useQuery(GetNotificationChoicesDocument, () => ({ token: token() }), { fetchPolicy: 'network-only' });
  const { run, isRunning } = useMutation(UpdateNotificationChoicesDocument);
  const saved = shallowRef<ChoiceFieldsFragment | null>(null);
  const general = ref<NewsChoice>('ALL');
  const byProduct = ref<Record<string, NewsChoice | typeof AS_ALL>>({});

  function take(choices: ChoiceFieldsFragment | null): void {
    saved.value = choices;
    general.value = choices?.general ?? 'ALL';
    byProduct.value = Object.fromEntries(choices?.products.map(({ productId, choice }) => [productId, choice ?? AS_ALL]) ?? []);
  }
  watch(() => query.data.value?.notificationChoices ?? null, take, { immediate: true });

  const changedProducts = computed(() =>
    (saved.value?.products ?? [])
      .filter(({ productId, choice }) => (byProduct.value[productId] || null) !== choice)
      .map(({ productId }) => ({ productId, choice: byProduct.value[productId] || null })),
  );
  const hasChanges = computed(() => saved.value !== null && (general.value !== saved.value.general || changedProducts.value.length > 0));

  /** @returns whether it was saved */
  async function send(input: UpdateNotificationChoicesInput): Promise<boolean> {
    const { data, problem } = await run({ input: { token: token(), ...input } });
    const message = problem?.message ?? data?.updateNotificationChoices.userErrors[0]?.message;
    if (message !== undefined) void notify.failure(words.notSaved, message);
    else take(data?.updateNotificationChoices.notificationChoices ?? null);
    return message === undefined;
  }

  return { query, saved, general, byProduct, hasChanges, isSaving: isRunning, take, send, changedProducts };
}
