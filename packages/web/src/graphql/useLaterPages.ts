import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';
import { describeRequestError, type RequestProblem } from './request-problem';

export interface PageOf<TNode> {
  readonly nodes: readonly TNode[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface ListInPages<TPage> {
  /** Null until that of the present question is there. */
  readonly firstPage: Readonly<Ref<TPage | null>>;
  /** What is asked for, as a text. */
  readonly question: () => string;
  /** Null: there is none any more. */
  readonly read: (after: string | null) => Promise<TPage | null>;
}

/** The pages behind a first one, by what is asked for of them. */
export function useLaterPages<TPage extends PageOf<unknown>>({ firstPage, question, read }: ListInPages<TPage>) {
  const later = shallowRef<readonly TPage[]>([]);
  /** What stays on the screen while the pages behind a first one that changed are read anew; null: they are what is there. */
  const kept = shallowRef<readonly TPage[] | null>(null);
  const laterProblem = shallowRef<RequestProblem | null>(null);
  const isMoving = ref(false);
  /** Which first page is the current one: what follows another comes too late. */
  let turn = 0;
  let shownQuestion = '';
  const next = computed(() => (later.value.at(-1) ?? firstPage.value)?.pageInfo ?? null);

  function startOver(): void {
    turn += 1;
    [later.value, laterProblem.value, isMoving.value, kept.value] = [[], null, false, null];
  }

  async function more(): Promise<void> {
    if (isMoving.value || !next.value?.hasNextPage) return;
    const mine = turn;
    [isMoving.value, laterProblem.value] = [true, null];
    try {
      const page = await read(next.value.endCursor);
      if (turn === mine && page) later.value = [...later.value, page];
    } catch (error) {
      if (turn === mine) laterProblem.value = describeRequestError(error);
    }
    if (turn === mine) isMoving.value = false;
  }

  /** Whoever went on in a list keeps the place when something in it changes: as many pages follow as before, and all change at once. */
  async function readAnew(mine: number, pages: readonly TPage[]): Promise<void> {
    const before = later.value.length;
    if (before + 1 < pages.length) await more();
    if (turn !== mine) return;
    if (later.value.length === before) kept.value = null;
    else await readAnew(mine, pages);
  }

  function follow(page: TPage | null, before: TPage | null): void {
    const isSame = page !== null && question() === shownQuestion;
    shownQuestion = question();
    const shown = kept.value ?? (before ? [before, ...later.value] : []);
    startOver();
    if (!isSame || shown.length < 2) return;
    kept.value = shown;
    void readAnew(turn, shown);
  }
  watch(firstPage, follow, { flush: 'sync' });
  onScopeDispose(startOver);

  return {
    /** Null until the first is there. */
    pages: computed((): readonly TPage[] | null => firstPage.value && (kept.value ?? [firstPage.value, ...later.value])),
    hasMore: computed(() => next.value?.hasNextPage === true),
    isMoving: computed(() => isMoving.value),
    /** Of the page that was asked for last. */
    laterProblem: computed(() => laterProblem.value),
    more,
  };
}
