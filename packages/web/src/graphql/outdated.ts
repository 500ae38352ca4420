import { computed, ref, shallowReactive } from 'vue';

/** Asks a query again. */
type Refresh = () => void;

/** A server that is gone for a moment is asked soon, one that stays away now and then. */
const PATIENCE_MS = [2_000, 5_000, 15_000, 30_000];

/** The queries that are on the page. */
const live = new Set<Refresh>();
/** Those of them whose last answer failed: what they show is older than it seems. */
const failed = shallowReactive(new Set<Refresh>());
const isOffline = ref(false);
let turn = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Whether something on the page may be old, because Slipway cannot be reached. */
export const isOutdated = computed(() => failed.size > 0 || isOffline.value);

/** Asks again what failed. */
export function refreshOutdated(): void {
  for (const refresh of failed) refresh();
}

function schedule(): void {
  clearTimeout(timer);
  if (failed.size === 0) return void (turn = 0);
  timer = setTimeout(
    () => {
      refreshOutdated();
      schedule();
    },
    PATIENCE_MS[Math.min(turn, PATIENCE_MS.length - 1)],
  );
  turn += 1;
}

/** Says whether what a query shows is old: it is then asked again by itself. */
export function markOutdated(refresh: Refresh, isOld: boolean): void {
  if (isOld === failed.has(refresh)) return;
  if (isOld) failed.add(refresh);
  else failed.delete(refresh);
  if (failed.size === 0 || (isOld && failed.size === 1)) schedule();
}

/** A query is asked again when the network is back. @returns ends that */
export function follow(refresh: Refresh): () => void {
  live.add(refresh);
  return () => {
    live.delete(refresh);
    markOutdated(refresh, false);
  };
}

/** Listens to the browser; once, for all queries. */
export function watchNetwork(): void {
  isOffline.value = !navigator.onLine;
  addEventListener('offline', () => (isOffline.value = true));
  addEventListener('online', () => {
    isOffline.value = false;
    for (const refresh of live) refresh();
  });
}
