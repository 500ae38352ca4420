import { onScopeDispose, readonly, shallowRef, watch, type ComputedRef } from 'vue';
import {
  LeaveStoreDocument,
  MoveFilesDocument,
  UpdateStorageDocument,
  type StorageFieldsFragment,
} from '../../../graphql/documents.generated';
import { useMutation } from '../../../graphql/useMutation';
import { notify } from '../../../ui/notify';

/** How often a move under way is looked at. */
const LOOK_EVERY_MS = 2_000;

interface Answer {
  readonly userErrors: readonly { readonly message: string; readonly field?: string | null }[];
}

interface StoreMovesUse {
  readonly settings: ComputedRef<StorageFieldsFragment | null>;
  readonly refetch: () => void;
  /** Told that the change which is read next was made here. */
  readonly expectOwn: () => void;
}

/** What is done with whole stores: going back, moving again, giving one up; the page follows what is under way. */
export function useStoreMoves({ settings, refetch, expectOwn }: StoreMovesUse) {
  const refusal = shallowRef<string | null>(null);
  const { run: runUpdate, isRunning: isChoosing } = useMutation(UpdateStorageDocument);
  const { run: runMove, isRunning: isAsking } = useMutation(MoveFilesDocument);
  const { run: runLeave, isRunning: isLeaving } = useMutation(LeaveStoreDocument);

  let timer: ReturnType<typeof setInterval> | null = null;
  const stop = (): void => {
    if (timer) clearInterval(timer);
    timer = null;
  };
  watch(
    () => settings.value !== null && (settings.value.move !== null || settings.value.formerStores.some((store) => store.isLeaving)),
    (isUnderWay) => {
      stop();
      if (isUnderWay) timer = setInterval(refetch, LOOK_EVERY_MS);
    },
    { immediate: true },
  );
  onScopeDispose(stop);

  /** @returns whether it was done */
  function conclude(
    outcome: { readonly problem: { readonly message: string } | null; readonly answer: Answer | undefined },
    changesStore = true,
  ): boolean {
    refusal.value = outcome.problem?.message ?? outcome.answer?.userErrors[0]?.message ?? null;
    if (refusal.value === null && changesStore) expectOwn();
    refetch();
    return refusal.value === null;
  }

  async function choose(storeId: string): Promise<boolean> {
    const { data, problem } = await runUpdate({ input: { storeId, lockVersion: settings.value?.lockVersion ?? null } });
    const isDone = conclude({ problem, answer: data?.updateStorage });
    if (isDone) void notify.success(`New files go to ${data?.updateStorage.storageSettings?.place ?? 'that store'} again.`);
    return isDone;
  }

  async function moveAgain(): Promise<boolean> {
    const { data, problem } = await runMove({});
    return conclude({ problem, answer: data?.moveFiles });
  }

  async function leave(storeId: string, deleteFiles: boolean): Promise<boolean> {
    const { data, problem } = await runLeave({ input: { storeId, deleteFiles } });
    return conclude({ problem, answer: data?.leaveStore }, false);
  }

  return { refusal: readonly(refusal), isChoosing, isAsking, isLeaving, choose, moveAgain, leave };
}
