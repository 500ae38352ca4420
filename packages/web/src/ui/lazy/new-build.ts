import { readonly, ref } from 'vue';

const ENTRY = /<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g;
/** A tab that is come back to asks, but not with every change of tabs. */
const LOOK_AGAIN_MS = 10 * 60_000;

const isThere = ref(false);
let lookedAt = Date.now();

/** Whether the server has another build than the one that this page runs. */
export const hasNewBuild = readonly(isThere);

/** @returns whether a page as the server sends it now runs another entry than this one. What is no page of the app says nothing. */
export function isOtherBuild(html: string, ownEntry: string): boolean {
  const entries = [...html.matchAll(ENTRY)].filter(([tag]) => tag.includes('type="module"')).map(([, source]) => source);
  return entries.length > 0 && !entries.includes(ownEntry);
}

/** Asks the server which build it has. Every file is named by its content, so the entry's name tells. */
export async function lookForNewBuild(): Promise<void> {
  lookedAt = Date.now();
  const own = document.querySelector('script[type=module][src]')?.getAttribute('src');
  if (isThere.value || !own) return;
  try {
    const response = await fetch('/', { cache: 'no-store', headers: { accept: 'text/html' } });
    if (response.ok && isOtherBuild(await response.text(), own)) isThere.value = true;
  } catch {
    // No network: the next look tells.
  }
}

/** Looks when the network is back, and when somebody comes back to a tab that was left for a while. */
export function watchForNewBuild(): void {
  addEventListener('online', () => void lookForNewBuild());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && Date.now() - lookedAt > LOOK_AGAIN_MS) void lookForNewBuild();
  });
}
