import { startOfDay } from '@slipway/shared';
import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';

const KEYS = ['license', 'customer', 'release', 'file', 'at'] as const;
type Key = (typeof KEYS)[number];

/** The whole question is in the address: `license` or `customer`, `release` with perhaps a `file`, and `at`, a day of the vendor's or an instant. */
export function useAccessAddress(timeZone: () => string) {
  const route = useRoute();
  const router = useRouter();
  const textOf = (key: Key): string => (typeof route.query[key] === 'string' ? route.query[key] : '');
  const asked = computed(() => Object.fromEntries(KEYS.map((key) => [key, textOf(key)])) as Record<Key, string>); // one entry per key
  /** Null: now, or something that is no date. */
  const at = computed<Date | null>(() => instantOf(asked.value.at, timeZone()));

  function ask(change: Partial<Record<Key, string>>, isStep = true): void {
    const all: Record<Key, string> = { ...asked.value, ...change };
    const query = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    void (isStep ? router.push({ path: route.path, query }) : router.replace({ path: route.path, query }));
  }
  return { asked, at, ask };
}

function instantOf(text: string, timeZone: string): Date | null {
  if (text === '' || Number.isNaN(Date.parse(text))) return null;
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? startOfDay(text, timeZone) : new Date(text);
}
