import { renderer } from './markdown.js';

type Rule = (...args: never[]) => unknown;

/** A rule as markdown-it's rulers keep it. */
interface KeptRule {
  fn: Rule;
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
  for (const ruler of [core.ruler, block.ruler, inline.ruler, inline.ruler2]) {
    // Its types keep the list to themselves; it has been there since markdown-it 4.
    for (const rule of Reflect.get(ruler, '__rules__') as KeptRule[]) {
      const { fn } = rule;
      rule.fn = (...args) => {
        calls += 1;
        return fn(...args);
      };
    }
    // Nothing more to enable: the ruler forgets what it had compiled.
    ruler.enable([]);
  }
}
