/** Keeps the focus of who works with keys: when what had it goes away, the next sensible thing takes it, never `<body>`. */

/** Where the focus was: the element, and what it stood in. */
interface Stop {
  readonly element: HTMLElement;
  /** From the closest to the farthest, each with the place that the element had among its controls. */
  readonly around: readonly { readonly box: Element; readonly place: number }[];
}

/** The way past the navigation is nobody's next step. */
const CONTROLS =
  ':is(a[href]:not([href="#content"]), button, input:not([type=hidden]), select, textarea, summary, [tabindex]):not(:disabled, [tabindex="-1"], [aria-hidden="true"] *)';
const MOST_STOPS = 12;
/** Dialogs and menus give the focus back by themselves first. */
const SETTLES_MS = 40;
/** How often a busy button, or a page that is still loading, is looked at. */
const LOOKS_AGAIN_MS = 150;
/** A page without a heading by then has none. */
const MOST_LOOKS = 100;

/** The latest first. */
let trail: readonly Stop[] = [];
let isHeadingWanted = false;
/** Whether the last that was done came from a mouse, a pen or a finger. */
let isPointing = false;
let looks = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

const isThere = (element: HTMLElement): boolean => element.isConnected && element.matches(CONTROLS) && element.checkVisibility();
const controlsIn = (box: Element): readonly HTMLElement[] => [...box.querySelectorAll<HTMLElement>(CONTROLS)].filter(isThere);
const isLost = (): boolean => document.activeElement === document.body || document.activeElement === null;

/** Containers that are about one thing: what is as large as the page, or holds what floats over it, says nothing about where one was. */
function boxesAround(element: HTMLElement): Stop['around'] {
  const around: { box: Element; place: number }[] = [];
  for (let box = element.parentElement; box && !box.matches('main, main > *, body > *, #floating'); box = box.parentElement)
    around.push({ box, place: controlsIn(box).indexOf(element) });
  return around;
}

function remember({ target }: FocusEvent): void {
  if (!(target instanceof HTMLElement) || target === document.body) return;
  isHeadingWanted = false;
  trail = [{ element: target, around: boxesAround(target) }, ...trail.filter(({ element }) => element !== target)].slice(0, MOST_STOPS);
}

/** Who clicks beside everything means it: nothing is lost then. With keys, the focus of what is still there (a dialog that fades) is lost all the same. */
function leave({ target, relatedTarget }: FocusEvent): void {
  if (relatedTarget) return;
  const isByPointer = isPointing;
  setTimeout(() => {
    if (isByPointer && target instanceof HTMLElement && isThere(target) && isLost() && document.hasFocus()) trail = [];
    else look();
  });
}

function point({ type }: Event): void {
  isPointing = type === 'pointerdown';
}

/** @returns what stands where the element was, or just before */
function nextTo({ around }: Stop): HTMLElement | null {
  for (const { box, place } of around) {
    const controls = box.isConnected ? controlsIn(box) : [];
    const next = place < 0 ? undefined : controls[Math.min(place, controls.length - 1)];
    if (next) return next;
  }
  return null;
}

function focusHeading(): void {
  const heading = [...document.querySelectorAll<HTMLElement>('main h1')].find((one) => one.checkVisibility());
  if (!heading) {
    looks += 1;
    return looks < MOST_LOOKS ? look(LOOKS_AGAIN_MS) : undefined;
  }
  looks = 0;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

function keep(): void {
  timer = undefined;
  if (!isLost()) return;
  if (isHeadingWanted) return focusHeading();
  const [last] = trail;
  if (!last) return;
  if (last.element.isConnected && last.element.ariaBusy === 'true') return look(LOOKS_AGAIN_MS);
  /** One that is open keeps the focus in itself: nothing behind it is taken. */
  const dialog = document.querySelector('[role=dialog], [role=alertdialog]');
  for (const stop of trail) {
    const target = isThere(stop.element) ? stop.element : nextTo(stop);
    if (target && (!dialog || dialog.contains(target))) return target.focus({ preventScroll: true });
  }
  if (dialog) return;
  isHeadingWanted = true;
  focusHeading();
}

function look(ms = SETTLES_MS): void {
  timer ??= setTimeout(keep, ms);
}

/** On another page only its heading makes sense, unless something there takes the focus first. */
export function beginPage(): void {
  trail = [];
  isHeadingWanted = true;
  looks = 0;
  look();
}

/** Watches the whole document; once. */
export function keepFocus(): void {
  addEventListener('focusin', remember);
  addEventListener('focusout', leave);
  for (const input of ['pointerdown', 'keydown'] as const) addEventListener(input, point, { capture: true, passive: true });
  // Not every browser tells when an element that has the focus is taken away.
  new MutationObserver(() => isLost() && (trail.length > 0 || isHeadingWanted) && look()).observe(document.body, {
    childList: true,
    subtree: true,
  });
}
