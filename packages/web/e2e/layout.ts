/** Runs in the page. @returns what somebody cannot see or read at this width: sideways scrolling, controls outside, words broken in two, columns without room */
export function listLayoutFaults(): string[] {
  /** Longer ones may be broken where they must, such as hashes and file names; addresses anywhere: a token may have hyphens. */
  const LONGEST_WORD = 16;
  const root = document.documentElement;
  const nameOf = (element: Element): string =>
    (element.getAttribute('aria-label') ?? element.textContent.trim()).slice(0, 40) || element.tagName;
  const isShown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.sr-only');
  /** What scrolls by itself, such as a row of tabs, brings its controls into view. */
  const isInScroller = (element: Element): boolean => {
    for (let parent = element.parentElement; parent; parent = parent.parentElement)
      if (/auto|scroll/.test(getComputedStyle(parent).overflowX) && parent.scrollWidth > parent.clientWidth + 1) return true;
    return false;
  };

  const scrolls = root.scrollWidth > root.clientWidth ? ['the page scrolls sideways'] : [];
  const panels = [...document.querySelectorAll('[role=dialog], main, [role=dialog] form')]
    .filter(
      (element) => isShown(element) && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible',
    )
    .map((element) => `${nameOf(element)} scrolls sideways`);

  const controls = [...document.querySelectorAll('button, a[href], input, select, textarea, [role=menuitem]')];
  const outside = controls
    .filter((element) => isShown(element) && !isInScroller(element))
    .filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 1 && (left < -1 || right > root.clientWidth + 1);
    })
    .map((element) => `${nameOf(element)} is outside of the window`);

  const narrow = [...document.querySelectorAll('td, th')]
    .filter((cell) => isShown(cell) && cell.textContent.trim() !== '')
    .filter((cell) => {
      const { paddingLeft, paddingRight, textOverflow, fontSize } = getComputedStyle(cell);
      const room = cell.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
      return textOverflow === 'ellipsis' && room < 5 * parseFloat(fontSize) && cell.scrollWidth > cell.clientWidth;
    })
    .map((cell) => `the column of ${nameOf(cell)} has no room`);

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const broken: string[] = [];
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const element = node.parentElement;
    if (!element || /^(?:SCRIPT|STYLE|NOSCRIPT|OPTION)$/.test(element.tagName) || !isShown(element)) continue;
    const text = node.textContent ?? '';
    const addresses = [...text.matchAll(/\S+:\/\/\S*/g)].map(({ 0: address, index }) => [index, index + address.length] as const);
    for (const { 0: word, index } of text.matchAll(/[^\s\u00ad\u200b-]+/g)) {
      if (word.length > LONGEST_WORD || addresses.some(([from, to]) => index >= from && index < to)) continue;
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const tops = new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top / 4)));
      if (tops.size > 1) broken.push(`"${word}" is broken in two`);
    }
  }
  return [...new Set([...scrolls, ...panels, ...outside, ...narrow, ...broken])];
}
