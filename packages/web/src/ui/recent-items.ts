/** Where one was lately, kept in this browser for each person. */

export interface RecentItem {
  readonly to: string;
  readonly label: string;
  readonly hint: string;
}

const MOST = 6;
const keyOf = (personId: string): string => `slipway.recent.${personId}`;

/** Newest first; empty where storage is blocked or holds something else. */
export function recentItems(personId: string): readonly RecentItem[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(personId)) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isItem).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function rememberItem(personId: string, item: RecentItem): void {
  const others = recentItems(personId).filter(({ to }) => to !== item.to);
  try {
    localStorage.setItem(keyOf(personId), JSON.stringify([item, ...others].slice(0, MOST)));
  } catch {
    // Storage is blocked or full: nothing is lost but the memory of where one was.
  }
}

const signedOutKey = (personId: string): string => `slipway.signed-out.${personId}`;

/** Calls back when the person signs out in another window. @returns what ends the listening */
export function whenSignedOutElsewhere(personId: string, told: () => void): () => void {
  const onStorage = ({ key }: StorageEvent): void => {
    if (key === signedOutKey(personId)) told();
  };
  addEventListener('storage', onStorage);
  return () => removeEventListener('storage', onStorage);
}

/** What this browser keeps for a person (places, unsaved forms) goes when they sign out: the next one at this computer is somebody else. */
export function forgetPerson(personId: string): void {
  try {
    // Other windows hear of it and keep nothing more.
    localStorage.setItem(signedOutKey(personId), new Date().toISOString());
    const keys = Object.keys(localStorage).filter((key) => key.startsWith('slipway.') && key.includes(`.${personId}`));
    for (const key of keys) localStorage.removeItem(key);
  } catch {
    // Nothing could be kept either.
  }
}

function isItem(value: unknown): value is RecentItem {
  if (typeof value !== 'object' || value === null) return false;
  const { to, label, hint } = value as Partial<Record<keyof RecentItem, unknown>>; // what is checked right here
  return typeof to === 'string' && to.startsWith('/admin/') && typeof label === 'string' && typeof hint === 'string';
}
