/** File names of assets: safe in URLs, headers, shells and on every file system (DESIGN.md, section 5). */
import { type Problem } from './problem.js';
import { quote } from './quote.js';

/** Longest file name, in characters. File systems stop at 255 bytes; the rest is left for a downloader's suffix. */
export const FILE_NAME_MAX_LENGTH = 200;

/** Longest extension that survives when a name is cut, in characters, its dot included (`.tar.gz`, `.appinstaller`). */
const EXTENSION_MAX_LENGTH = 20;

const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._+~-]*$/;
const EXTENSION = /\.(?:tar\.)?[A-Za-z0-9]+$/;

/** Letters that Unicode does not decompose into an ASCII letter and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
};

/** FILE_NAME_INVALID unless the name has 1 to 200 of the safe characters; `params.proposal` is a cleaned name. */
export function checkFileName(name: string): Problem | null {
  if (isFileName(name)) return null;
  const proposal = cleanFileName(name);
  const fault =
    name.length > FILE_NAME_MAX_LENGTH
      ? `is longer than ${String(FILE_NAME_MAX_LENGTH)} characters`
      : 'must be letters, digits and . - _ + ~, starting with a letter or digit';
  return { code: 'FILE_NAME_INVALID', message: `The file name ${quote(name)} ${fault}: try ${quote(proposal)}.`, params: { proposal } };
}

/** The nearest name that passes `checkFileName`. A good name comes back unchanged; folders in front are dropped. */
export function cleanFileName(name: string): string {
  if (isFileName(name)) return name;
  const base = name.split(/[\\/]/).findLast((part) => part.trim() !== '') ?? '';
  const ascii = toAscii(base);
  const extension = EXTENSION.exec(ascii)?.[0] ?? '';
  const kept = extension.length <= EXTENSION_MAX_LENGTH ? extension : '';
  const stem = trimPunctuation(ascii.slice(0, ascii.length - kept.length)) || 'file';
  return stem.slice(0, FILE_NAME_MAX_LENGTH - kept.length) + kept;
}

/** The form under which two names are the same file: case does not count (Windows and macOS ignore it). */
export function fileNameKey(name: string): string {
  return name.toLowerCase();
}

function isFileName(name: string): boolean {
  return name.length <= FILE_NAME_MAX_LENGTH && FILE_NAME.test(name);
}

/** Turns accents into plain letters and every run of other characters into one hyphen. */
function toAscii(text: string): string {
  return text
    .replace(/[^\0-\x7f]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._+~-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/-+\./g, '.');
}

function trimPunctuation(stem: string): string {
  const start = stem.search(/[A-Za-z0-9]/);
  return start < 0 ? '' : stem.slice(start).replace(/-+$/, '');
}
