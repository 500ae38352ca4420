import type { AnnouncementKind } from '@slipway/shared';
import { readonly, ref } from 'vue';
import { useRouter } from 'vue-router';
import { CreateAnnouncementDocument, CreateRecallDocument, SendAnnouncementDocument } from '../../graphql/documents.generated';
import { mutate } from '../../graphql/useMutation';
import { inputOf, type AnnouncementValues } from './useAnnouncementForm';

export interface SendChoice {
  readonly sendAt: string | null;
  /** Null: nobody was asked, since nobody was told before as far as is known. */
  readonly excludeAlreadyTold: boolean | null;
}

/** Writes an announcement down and sends it: first the draft, which is made once, then the rest as often as it takes. */
export function useSending(
  given: () => { readonly downloadableId: string; readonly kind: AnnouncementKind; readonly values: AnnouncementValues },
) {
  const router = useRouter();
  const isBusy = ref(false);
  const problem = ref<string | null>(null);
  const toldCount = ref<number | null>(null);
  const refused = ref<Readonly<Record<string, string>>>({});
  /** The draft, and of which texts it is. */
  let draft: { readonly id: string; readonly of: string } | null = null;

  async function write(): Promise<string | null> {
    const { downloadableId, kind, values } = given();
    const input = { downloadableId, ...inputOf(values, kind) };
    const of = JSON.stringify(input);
    if (draft?.of === of) return draft.id;
    const outcome = await mutate(kind === 'RECALL' ? CreateRecallDocument : CreateAnnouncementDocument, { input });
    if (outcome.problem) return fail(outcome.problem.message);
    const { announcement, userErrors } = outcome.data.outcome;
    refused.value = Object.fromEntries(userErrors.map(({ field, message }) => [field ?? 'form', message]));
    if (!announcement) return fail(userErrors[0]?.message ?? 'It could not be saved.');
    draft = { id: announcement.id, of };
    return announcement.id;
  }

  function fail(message: string): null {
    problem.value = message;
    return null;
  }

  async function deliver(id: string, { sendAt, excludeAlreadyTold }: SendChoice): Promise<void> {
    const outcome = await mutate(SendAnnouncementDocument, { input: { id, sendAt, excludeAlreadyTold } });
    if (outcome.problem) return void fail(outcome.problem.message);
    const [error] = outcome.data.sendAnnouncement.userErrors;
    if (error?.code === 'ALREADY_ANNOUNCED') toldCount.value = Number((error.params as { count?: number } | null)?.count ?? 0);
    else if (error) fail(error.message);
    else await router.push(`/admin/announcements/${id}`);
  }

  async function send(choice: SendChoice): Promise<void> {
    [isBusy.value, problem.value] = [true, null];
    const id = await write();
    if (id !== null) await deliver(id, choice);
    isBusy.value = false;
  }

  return { send, refused: readonly(refused), isBusy: readonly(isBusy), problem: readonly(problem), toldCount: readonly(toldCount) };
}
