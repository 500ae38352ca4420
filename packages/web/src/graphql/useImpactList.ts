import type { EntitlementCode } from '@slipway/shared';
import { computed, onScopeDispose, shallowRef } from 'vue';
import type { ImpactEffect } from '../messages/impact';
import { client } from './client';
import { ListImpactDocument, type ListImpactQuery, type PreviewImpactQueryVariables } from './documents.generated';
import { describeRequestError } from './request-problem';

type Input = PreviewImpactQueryVariables['input'];
type Entry = ListImpactQuery['previewImpact']['entries'][number];

export interface Opened {
  readonly effect: ImpactEffect;
  readonly code: EntitlementCode;
}

export interface Shown extends Opened {
  readonly lines: readonly { readonly id: string; readonly text: string; readonly note: string; readonly to: string }[];
  readonly hasMore: boolean;
  readonly isBusy: boolean;
  readonly problem: string | null;
}

/** Each leads to its explanation, rule by rule. */
function lineOf({ license, downloadable }: Entry, { release, license: changed }: Input): Shown['lines'][number] {
  const explained = `/admin/access?license=${license?.id ?? changed?.terms.id ?? ''}&release=${downloadable?.id ?? release?.downloadableId ?? ''}`;
  const note = `${downloadable ? `${downloadable.version}, ` : ''}key ending ${license?.keyHint ?? ''}`;
  if (license) return { id: license.id, text: license.customer.name, note, to: explained };
  return { id: downloadable?.id ?? '', text: downloadable?.version ?? '', note: '', to: explained };
}

/** The list of one group of an impact, a page at a time; the walk goes on by itself until there is something to show. */
export function useImpactList(question: () => Input | null) {
  const shown = shallowRef<Shown | null>(null);
  let cursor: string | null = null;
  let turn = 0;

  async function read({ effect, code }: Opened): Promise<void> {
    turn += 1;
    const mine = turn;
    const change = question();
    if (change === null || !shown.value) return;
    const input = { ...change, list: { effect, code } };
    shown.value = { ...shown.value, isBusy: true, problem: null };
    try {
      const found: Entry[] = [];
      do {
        const { data } = await client.query({ query: ListImpactDocument, variables: { input, after: cursor }, fetchPolicy: 'no-cache' });
        if (turn !== mine) return;
        found.push(...(data?.previewImpact.entries ?? []));
        cursor = data?.previewImpact.endCursor ?? null;
      } while (found.length === 0 && cursor !== null);
      shown.value = {
        ...shown.value,
        lines: [...shown.value.lines, ...found.map((entry) => lineOf(entry, change))],
        hasMore: cursor !== null,
        isBusy: false,
      };
    } catch (error) {
      if (turn === mine) shown.value = { ...shown.value, isBusy: false, problem: describeRequestError(error).message };
    }
  }

  function close(): void {
    turn += 1;
    shown.value = null;
  }

  /** Opens a group, or closes it where it is open. */
  function open(group: Opened): void {
    const isOpen = shown.value?.effect === group.effect && shown.value.code === group.code;
    close();
    if (isOpen) return;
    cursor = null;
    shown.value = { ...group, lines: [], hasMore: false, isBusy: true, problem: null };
    void read(group);
  }

  onScopeDispose(() => (turn += 1));
  return { shown: computed(() => shown.value), open, close, more: (): void => void (shown.value && read(shown.value)) };
}
