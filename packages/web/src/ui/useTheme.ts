import { computed, readonly, ref } from 'vue';

export type ThemeChoice = 'system' | 'light' | 'dark';

const STORAGE_KEY = 'slipway.theme';
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
const choice = ref<ThemeChoice>(storedChoice());
const isSystemDark = ref(systemIsDark.matches);
const resolvedTheme = computed<'light' | 'dark'>(() => {
  if (choice.value !== 'system') return choice.value;
  return isSystemDark.value ? 'dark' : 'light';
});

systemIsDark.addEventListener('change', (event) => {
  isSystemDark.value = event.matches;
  paint();
});

function storedChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

function paint(): void {
  document.documentElement.dataset['theme'] = resolvedTheme.value;
}

function choose(next: ThemeChoice): void {
  choice.value = next;
  paint();
  try {
    localStorage.setItem(STORAGE_KEY, next);
  } catch {
    // Storage is blocked: the choice lasts for this page.
  }
}

/** The theme of the page: what was chosen, and what that comes to. public/start.js sets it before the first paint. */
export function useTheme() {
  return { choice: readonly(choice), resolvedTheme, choose };
}
