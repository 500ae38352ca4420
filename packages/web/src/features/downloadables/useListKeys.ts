import { useShortcuts } from '../../ui/useShortcuts';

interface ListKeys {
  readonly create: () => void;
  readonly toggle: (id: string, isRange: boolean) => void;
  readonly clear: () => void;
}

const GROUP = 'List of downloadables';

/** j, k, x and their kin in the list: they move the focus, so that Enter, Tab and screen readers follow. */
export function useListKeys({ create, toggle, clear }: ListKeys): void {
  const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const current = (): HTMLElement | null => document.activeElement?.closest<HTMLElement>('[data-row]') ?? null;

  function move(step: number): void {
    const all = rows();
    const here = current();
    const next = here ? all.indexOf(here) + step : step > 0 ? 0 : all.length - 1;
    all[Math.max(0, Math.min(next, all.length - 1))]?.querySelector<HTMLElement>('[data-row-link]')?.focus();
  }

  function choose(isRange: boolean): void {
    const id = current()?.dataset['row'];
    if (id) toggle(id, isRange);
  }

  useShortcuts([
    { keys: 'j', label: 'Next downloadable', group: GROUP, run: () => move(1) },
    { keys: 'k', label: 'Previous downloadable', group: GROUP, run: () => move(-1) },
    { keys: 'Enter', label: 'Open it', group: GROUP },
    { keys: 'x', label: 'Select it', group: GROUP, run: () => choose(false) },
    { keys: 'shift+x', label: 'Select everything up to it', group: GROUP, run: () => choose(true) },
    { keys: '.', label: 'Open its actions', group: GROUP, run: () => openMenu(current()) },
    { keys: 'n', label: 'New downloadable', group: GROUP, run: create },
    { keys: '/', label: 'Search', group: GROUP, run: () => document.querySelector<HTMLElement>('[role=search] input')?.focus() },
    { keys: 'Escape', label: 'Clear the selection', group: GROUP, run: clear },
  ]);
}

function openMenu(row: HTMLElement | null): void {
  const button = row?.querySelector<HTMLElement>('[aria-haspopup=menu]');
  button?.focus();
  button?.click();
}
