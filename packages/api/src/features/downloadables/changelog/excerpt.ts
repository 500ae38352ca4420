import type { Token } from 'markdown-it';
import { firstCharacters } from '../../../kernel/text/first-characters.js';
import { renderer } from './markdown.js';

/** Length of the excerpt that lists show. */
const EXCERPT_MAX_LENGTH = 300;
/** How far into a changelog a line is looked for that says something. */
const SEARCHED_CHARACTERS = 20 * EXCERPT_MAX_LENGTH;
/** A shorter line ("Bug fixes"), or a single word, gives way to a longer one. */
const SHORT_LINE = 12;

/** What stands before the words: numbers of issues, commits, thanks, a kind in brackets. */
const MARKS = [
  /^[([]*#\d+[)\]]*(?![\w.])/,
  /^[([]*(?=[0-9a-f]*\d)[0-9a-f]{7,40}[)\]]*(?=[\s:,!–—-]|$)/,
  /^[0-9a-f]{7,40}(?=: )/,
  /^\(?thanks? (?:to )?@[\w-]+(?:(?:,| and|, and) @[\w-]+)*\)?!?/i,
  /^\[(?:[A-Z][A-Z /_-]+|(?:bug|hot)?fix(?:e[sd])?|bugs?|feat(?:ure)?|new|enhancement|improve(?:d|ment)?|docs?|chore|breaking(?: change)?|security|perf|refactor|tests?|(?:dev )?deps|meta|minor|major|patch|added|changed|removed|deprecated|robustness|performance|internal)\]/i,
  /^(?:[\s:,;–—-]|\*(?=\s))+/,
] as const;

const MONTH = /(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?/.source;
const DAY = /\d{1,2}(?:st|nd|rd|th)?/.source;
const ANNOUNCED = /[_*(]*(?:released?(?: on)?:? |date:? )?(?:\w+day,? )?/.source;
const DATES = [
  /\d{4}[-./]\d{1,2}[-./]\d{1,2}/.source,
  /\d{1,2}[-./]\d{1,2}[-./]\d{4}/.source,
  `${MONTH} ${DAY},? \\d{4}`,
  `${DAY} ${MONTH},? \\d{4}`,
];
const DATE = new RegExp(`^${ANNOUNCED}(?:${DATES.join('|')})[_*).]*$`, 'i');

interface Line {
  readonly text: string;
  /** The text that is no link. */
  readonly own: string;
}

/** How little a line says; a heading says the least of all. */
const RANKS = { good: 0, short: 1, idle: 2, heading: 3 } as const;
type Rank = keyof typeof RANKS;

/** The first line of a changelog that says something, as plain text, up to 300 characters. */
export function excerptOf(markdown: string): string {
  let best: { text: string; rank: Rank } | null = null;
  for (const candidate of candidatesIn(renderer.parse(markdown.slice(0, SEARCHED_CHARACTERS), {}))) {
    if (best === null || RANKS[candidate.rank] < RANKS[best.rank]) best = candidate;
    if (best.rank === 'good') break;
  }
  return firstCharacters(best?.text ?? '', EXCERPT_MAX_LENGTH).trim();
}

/** Paragraphs, points and cells with what they say; heads of tables and of what is folded away say nothing. */
function* candidatesIn(tokens: readonly Token[]): Generator<{ text: string; rank: Rank }> {
  let head = '';
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    if (token.type === 'thead_open' || token.type === 'thead_close') head = token.type === 'thead_open' ? 'table' : '';
    if (token.type === 'safe_html') head = token.content === '<summary>' ? 'summary' : '';
    const isText = token.type === 'inline' || token.type === 'text';
    if (!isText || head !== '') continue;
    const said = saidIn(linesOf(token.type === 'text' ? [token] : (token.children ?? [])));
    if (said) yield before?.type === 'heading_open' ? { ...said, rank: 'heading' } : said;
  }
}

/** A paragraph from its first line on that says something. */
function saidIn(lines: readonly Line[]): { text: string; rank: Rank } | null {
  const ranks = lines.map(rankOf);
  const first = ranks.findIndex((rank) => rank === 'good');
  const start = first >= 0 ? first : ranks.findIndex((rank) => rank !== null);
  if (start < 0) return null;
  const text = lines
    .slice(start)
    .map((line) => line.text)
    .join(' ');
  return { text: withoutMarks(text), rank: ranks[start] ?? 'idle' };
}

/** @returns null when nothing is left of the line */
function rankOf(line: Line): Rank | null {
  const text = withoutMarks(line.text);
  if (!/[\p{L}\p{N}]/u.test(text)) return null;
  const own = withoutMarks(line.own);
  if (/[:：]$/.test(text) || /[:：]$/.test(own) || DATE.test(text) || !/[\p{L}\p{N}]/u.test(own)) return 'idle';
  return text.length < SHORT_LINE || !/\s|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/.test(text) ? 'short' : 'good';
}

function withoutMarks(text: string): string {
  let rest = text.trim();
  for (let mark = MARKS.find((one) => one.test(rest)); mark; mark = MARKS.find((one) => one.test(rest)))
    rest = rest.replace(mark, '').trim();
  return rest;
}

function linesOf(children: readonly Token[]): Line[] {
  const lines: Line[] = [];
  let [text, own, isInLink] = ['', '', false];
  const end = (): void => {
    lines.push({ text: oneLine(text), own: oneLine(own) });
    [text, own] = ['', ''];
  };
  for (const { type, content } of children) {
    if (type === 'link_open' || type === 'link_close') isInLink = type === 'link_open';
    if (type === 'softbreak' || type === 'hardbreak' || content === '<br>') end();
    else if (type !== 'safe_html') {
      text += content;
      if (!isInLink) own += content;
    }
  }
  end();
  return lines;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
