/** File names of assets: safe in URLs, headers, shells and on every file system (DESIGN.md, section 5). */
import { type Problem } from '../problem.js';
import { quote } from '../text/quote.js';

/** Longest file name, in characters. File systems stop at 255 bytes; the rest is left for a downloader's suffix. */
export const FILE_NAME_MAX_LENGTH = 200;

/** Longest extension that survives when a name is cut, in characters, its dot included (`.tar.gz`, `.appinstaller`). */
const EXTENSION_MAX_LENGTH = 20;

/** Windows takes these names for devices, whatever follows the first dot. https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)/i;
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._+~-]*$/;
/** What a name comes to that has no letter or digit of ASCII. */
const NAMELESS = 'file';
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

/**
 * FILE_NAME_INVALID unless the name has 1 to 200 of the safe characters; `params.proposal` is a cleaned name.
 * @param taken `fileNameKey` of the names that the proposal must not be
 */
export function checkFileName(name: string, taken: ReadonlySet<string> = new Set()): Problem | null {
  if (isFileName(name)) return null;
  const proposal = cleanFileName(name, taken);
  const fault = faultOf(name);
  return { code: 'FILE_NAME_INVALID', message: `The file name ${quote(name)} ${fault}: try ${quote(proposal)}.`, params: { proposal } };
}

/**
 * The nearest name that passes `checkFileName`. A good name comes back unchanged; folders in front are dropped, `%20` is read.
 * @param taken `fileNameKey` of the names that it must not be: `App.zip` becomes `App-2.zip`
 */
export function cleanFileName(name: string, taken: ReadonlySet<string> = new Set()): string {
  if (isFileName(name)) return name;
  const base =
    decoded(name)
      .split(/[\\/]/)
      .findLast((part) => part.trim() !== '') ?? '';
  const ascii = trimEnd(toAscii(base), '.');
  const extension = EXTENSION.exec(ascii)?.[0] ?? '';
  const kept = extension.length <= EXTENSION_MAX_LENGTH ? extension : '';
  const trimmed = trimEnd(trimPunctuation(ascii.slice(0, ascii.length - kept.length)), '.') || NAMELESS;
  const stem = DEVICE.test(trimmed + kept) ? `${NAMELESS}-${trimmed}` : trimmed;
  return untaken(stem, kept, taken);
}

/** Whether cleaning leaves nothing of a name but its extension: 株式会社.zip becomes file.zip, and so do many others. */
export function isNameless(name: string): boolean {
  return !isFileName(name) && /^file(?:-[0-9]+)?(?:\.|$)/.test(cleanFileName(name)) && !/file/i.test(name);
}

function untaken(stem: string, extension: string, taken: ReadonlySet<string>): string {
  const nameWith = (end: string): string => stem.slice(0, FILE_NAME_MAX_LENGTH - extension.length - end.length) + end + extension;
  let name = nameWith('');
  for (let count = 2; taken.has(fileNameKey(name)); count += 1) name = nameWith(`-${String(count)}`);
  return name;
}

/** Browsers and servers write other characters as `%20`; what is no such text stays. */
function decoded(name: string): string {
  if (!/%[0-9a-f]{2}/i.test(name)) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function faultOf(name: string): string {
  if (name.length > FILE_NAME_MAX_LENGTH) return `is longer than ${String(FILE_NAME_MAX_LENGTH)} characters`;
  if (FILE_NAME.test(name)) return name.endsWith('.') ? 'ends in a dot, which Windows drops' : 'is the name of a device on Windows';
  return 'must be letters, digits and . - _ + ~, starting with a letter or digit';
}

/** The form under which two names are the same file: case does not count (Windows and macOS ignore it). */
export function fileNameKey(name: string): string {
  return name.toLowerCase();
}

function isFileName(name: string): boolean {
  return name.length <= FILE_NAME_MAX_LENGTH && FILE_NAME.test(name) && !name.endsWith('.') && !DEVICE.test(name);
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
  return start < 0 ? '' : trimEnd(stem.slice(start), '-');
}

/** In linear time: an expression that ends in `$` begins anew at every sign. */
function trimEnd(text: string, sign: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === sign) end -= 1;
  return text.slice(0, end);
}
