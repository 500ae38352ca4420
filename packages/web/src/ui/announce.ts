import { readonly, ref } from 'vue';

interface Words {
  readonly key: number;
  readonly text: string;
}

/** Long enough to be read, however much else is said first. */
const STAYS_MS = 8_000;
const said = ref<readonly Words[]>([]);
let count = 0;

/** What the page's live region holds. It is always mounted: a region that comes together with its words is often not read. */
export const announced = readonly(said);

/** Has a screen reader say what only eyes would notice. Each call adds a line, so that nothing is lost when two things happen at once. */
export function announce(text: string): void {
  count += 1;
  const words: Words = { key: count, text: /[.!?]$/.test(text) ? text : `${text}.` };
  said.value = [...said.value, words];
  setTimeout(() => (said.value = said.value.filter(({ key }) => key !== words.key)), STAYS_MS);
}
