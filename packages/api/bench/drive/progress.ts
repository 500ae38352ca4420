const SHOWN_EVERY_MS = 2_000;
let shownAt = 0;

/** Tells whoever waits. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Tells how far something has come, every two seconds at most. */
export function sayProgress(text: string): void {
  if (performance.now() - shownAt < SHOWN_EVERY_MS) return;
  shownAt = performance.now();
  say(text);
}
