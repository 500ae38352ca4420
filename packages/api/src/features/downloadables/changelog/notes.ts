import type { Token } from 'markdown-it';

const NOTES: Readonly<Record<string, string>> = {
  note: 'Note',
  tip: 'Tip',
  important: 'Important',
  warning: 'Warning',
  caution: 'Caution',
};

type SafeHtml = (html: string) => Token;

/** `- [x] done`: the box becomes a sign with a name. @param index of the line in `tokens` @returns null when it is no task */
export function taskOf(tokens: readonly Token[], index: number, children: readonly Token[]): Token[] | null {
  const item = tokens[index - 2];
  const [, box] = /^\[([ xX])\](?=\s)/.exec(children[0]?.type === 'text' ? children[0].content : '') ?? [];
  if (item?.type !== 'list_item_open' || box === undefined) return null;
  item.attrJoin('class', 'task');
  const [sign, name] = box === ' ' ? ['☐', 'To do'] : ['☑', 'Done'];
  return [safeHtml(children)(`<span class="task-box" role="img" aria-label="${name}">${sign}</span>`), ...withoutStart(children, 3)];
}

/** `> [!NOTE]`: a quotation that bears a name. */
export function noteOf(tokens: readonly Token[], index: number, children: readonly Token[]): Token[] | null {
  const quote = tokens[index - 2];
  const [head, next] = children;
  const kind = /^\[!(\w+)\]\s*$/.exec(head?.type === 'text' ? head.content : '')?.[1]?.toLowerCase() ?? '';
  const title = Object.hasOwn(NOTES, kind) ? NOTES[kind] : undefined;
  if (quote?.type !== 'blockquote_open' || title === undefined || (next && next.type !== 'softbreak')) return null;
  quote.attrJoin('class', `note note-${kind}`);
  return [safeHtml(children)(`<strong class="note-title">${title}</strong>${next ? '<br>' : ''}`), ...children.slice(2)];
}

/** Makes tokens as those of the line are made. */
function safeHtml(children: readonly Token[]): SafeHtml {
  const [first] = children;
  return (content) => Object.assign(Object.create(Object.getPrototypeOf(first)) as Token, first, { type: 'safe_html', content });
}

const withoutStart = ([first, ...rest]: readonly Token[], count: number): Token[] => {
  if (first) first.content = first.content.slice(count);
  return first ? [first, ...rest] : rest;
};
