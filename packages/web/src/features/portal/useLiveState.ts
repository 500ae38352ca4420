import { onScopeDispose, watch } from 'vue';
import { client } from '../../graphql/client';

/** How often an open page asks whether something changed; with the answer on its way it is there within half a minute (UX.md, 74). */
const EVERY_MS = 25_000;

interface Shown {
  readonly productId: string | null;
  readonly releaseId: string | null;
}

/**
 * Asks now and then, and whenever the page is come back to, whether what it shows is still so. When it is not, everything on it is asked
 * anew: what is there stays until the answer comes. @param shown null: nothing yet
 */
export function useLiveState(shown: () => Shown | null): void {
  /** The entity tag of what is shown; null: not known yet. */
  let known: string | null = null;
  let asked = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(): Promise<void> {
    const now = shown();
    if (now === null || document.visibilityState === 'hidden') return;
    const query = new URLSearchParams(Object.entries(now).filter((one): one is [string, string] => one[1] !== null));
    if (query.toString() !== asked) [asked, known] = [query.toString(), null];
    const mine = asked;
    const reply = await fetch(`/api/v1/portal/state?${mine}`, {
      credentials: 'same-origin',
      cache: 'no-store',
      headers: known === null ? {} : { 'if-none-match': known },
    }).catch(() => null); // offline: the next time tells
    // A body that nobody reads keeps its connection.
    await reply?.text().catch(() => '');
    if (reply === null || mine !== asked || reply.status === 304) return;
    const before = known;
    known = reply.headers.get('etag') ?? String(reply.status);
    if (before !== null && before !== known) await client.reFetchObservableQueries().catch(() => undefined); // each query shows its own failure
  }

  function next(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void ask().finally(next), EVERY_MS);
  }
  const comeBack = (): void => void ask().finally(next);
  watch(() => JSON.stringify(shown()), comeBack, { immediate: true });
  document.addEventListener('visibilitychange', comeBack);
  window.addEventListener('focus', comeBack);
  onScopeDispose(() => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', comeBack);
    window.removeEventListener('focus', comeBack);
  });
}
