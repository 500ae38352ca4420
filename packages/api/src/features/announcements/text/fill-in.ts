import { partsOf, PLACEHOLDERS, type PlaceholderName } from '@slipway/shared';
import { renderChangelog } from '../../downloadables/changelog/changelog.js';
import { escapeHtml } from '../../../machinery/mail/mail-template.js';
import type { AnnouncementValues, ButtonValue } from './announcement-values.js';

/** A value stands between these while Markdown is rendered: they mean nothing in it, and what is typed never has them. */
const [BEGIN, END] = ['\ue000', '\ue001'];
const MARKED = new RegExp(`${BEGIN}(\\d+)${END}`, 'g');
const ALONE = new RegExp(`<p>${BEGIN}(\\d+)${END}</p>`, 'g');
const PRIVATE = new RegExp(`[${BEGIN}${END}]`, 'g');

/** A button as HTML, in a line of its own. */
export type ButtonMarkup = (button: ButtonValue) => string;

/** A subject: one line of text in which nothing means anything but itself. */
export function fillLine(template: string, { texts }: AnnouncementValues): string {
  const filled = partsOf(template).map((part) => ('text' in part ? part.text : (texts[part.placeholder] ?? '')));
  return unescaped(filled.join('').replaceAll(/\s+/g, ' ').trim());
}

/** The text as plain text. */
export function fillText(template: string, values: AnnouncementValues): string {
  const filled = partsOf(template).map((part) => ('text' in part ? unescaped(part.text) : plainOf(part.placeholder, values)));
  return filled
    .join('')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/**
 * The text as HTML by the one renderer of Markdown. Values of people are put in after it, escaped, so that none is read as markup or becomes
 * a link; addresses and the changelog are ours, and are rendered with it.
 */
export function fillHtml(template: string, values: AnnouncementValues, buttonOf: ButtonMarkup): string {
  const marked: string[] = [];
  const mark = (html: string): string => `${BEGIN}${marked.push(html) - 1}${END}`;
  const markdown = partsOf(template.replaceAll(PRIVATE, ''))
    .map((part) => ('text' in part ? part.text : markdownOf(part.placeholder, { values, mark, buttonOf })))
    .join('');
  const valueAt = (_: string, index: string): string => marked[Number(index)] ?? '';
  return renderChangelog(markdown)
    .replaceAll(ALONE, (whole, index: string) => aloneOf(marked[Number(index)], whole))
    .replaceAll(MARKED, valueAt);
}

interface Filling {
  readonly values: AnnouncementValues;
  readonly mark: (html: string) => string;
  readonly buttonOf: ButtonMarkup;
}

function markdownOf(name: string, { values, mark, buttonOf }: Filling): string {
  const kind = isPlaceholder(name) ? PLACEHOLDERS[name].kind : 'TEXT';
  if (kind === 'MARKDOWN') return `\n\n${values.changelog.replaceAll(PRIVATE, '')}\n\n`;
  if (kind === 'URL') return values.link;
  if (kind === 'TEXT') return mark(escapeHtml(values.texts[name] ?? ''));
  const button = values.buttons[name];
  return button ? `\n\n${mark(buttonOf(button))}\n\n` : '';
}

/** A button is a paragraph itself. */
const aloneOf = (html: string | undefined, whole: string): string => (html?.startsWith('<') ? html : whole);

function plainOf(name: string, { texts, buttons, changelog, link }: AnnouncementValues): string {
  const kind = isPlaceholder(name) ? PLACEHOLDERS[name].kind : 'TEXT';
  if (kind === 'MARKDOWN') return changelog.trim();
  if (kind === 'URL') return link;
  if (kind === 'TEXT') return texts[name] ?? '';
  const button = buttons[name];
  return button ? `${button.label}:\n${button.url}` : '';
}

const isPlaceholder = (name: string): name is PlaceholderName => Object.hasOwn(PLACEHOLDERS, name);

/** `\{name}` was not meant to be filled in. */
const unescaped = (text: string): string => text.replaceAll(/\\(?=\{)/g, '');
