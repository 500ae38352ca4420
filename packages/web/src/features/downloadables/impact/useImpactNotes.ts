import { computed, shallowRef } from 'vue';
import { impactNote, type NotedChange } from '../../../messages/impact';
import { askImpactNote } from './impact-notes';

const NOTED: readonly NotedChange[] = ['PUBLISH', 'UNPUBLISH', 'ARCHIVE'];
const isNoted = (action: string): action is NotedChange => NOTED.some((one) => one === action);

/** What the actions of a menu do to the licenses: asked when it opens, and never waited for. */
export function useImpactNotes(downloadableId: () => string, actions: () => readonly string[]) {
  const asked = shallowRef<Readonly<Partial<Record<NotedChange, string>>>>({});

  async function ask(): Promise<void> {
    const id = downloadableId();
    for (const action of actions().filter(isNoted)) {
      const note = await askImpactNote(id, action);
      if (id === downloadableId()) asked.value = { ...asked.value, [action]: note };
    }
  }

  /** Undefined: nothing is said of this action. */
  const noteOf = computed(
    () =>
      (action: string): string | undefined =>
        isNoted(action) ? (asked.value[action] ?? impactNote(action, null)) : undefined,
  );
  return { noteOf, ask };
}
