import { renderer } from './changelog.js';

type Rule = (...args: never[]) => unknown;

/** The parts of markdown-it's rulers that are counted here; its types keep them to themselves. */
interface Ruler {
  readonly __rules__: readonly { readonly name: string; fn: Rule }[];
  __compile__(): void;
}

let calls = 0;
let isCounting = false;

/** How often rules of the Markdown parser are called for a text: what a step is, where only the library's own loops run. */
export function countRuleCalls(markdown: string): number {
  if (!isCounting) countFromNowOn();
  calls = 0;
  renderer.parse(markdown, {});
  return calls;
}

function countFromNowOn(): void {
  isCounting = true;
  const { core, block, inline } = renderer;
  // These are `Ruler`s; the names of their parts have not changed since markdown-it 4.
  for (const ruler of [core.ruler, block.ruler, inline.ruler, inline.ruler2] as unknown as Ruler[]) {
    for (const rule of ruler.__rules__) {
      const { fn } = rule;
      rule.fn = (...args) => {
        calls += 1;
        return fn(...args);
      };
    }
    ruler.__compile__();
  }
}
