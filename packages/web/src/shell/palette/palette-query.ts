/** What somebody typed into the palette: perhaps an action, a version, words of a product. */
import type { RowAction } from '../../features/downloadables/downloadable-actions';

export interface PaletteQuery {
  /** What to do, when the text starts with it: "publish 2.0.1". */
  readonly action: RowAction | null;
  /** What to look for; empty when only an action was typed. */
  readonly search: string;
  /** Words that the product's name must have, beside the version that is searched for. */
  readonly productWords: readonly string[];
}

const VERBS: Readonly<Record<string, RowAction>> = {
  publish: 'PUBLISH',
  unpublish: 'UNPUBLISH',
  hide: 'UNPUBLISH',
  schedule: 'SCHEDULE',
  archive: 'ARCHIVE',
  restore: 'RESTORE',
  withdraw: 'WITHDRAW',
  yank: 'WITHDRAW',
  edit: 'EDIT',
  copy: 'COPY',
  delete: 'DELETE',
};
/** Whether a text is, or begins, a version. */
export const looksLikeAVersion = (text: string): boolean => LOOKS_LIKE_A_VERSION.test(text);

const LOOKS_LIKE_A_VERSION = /^v?[0-9]+(?:\.[0-9]*)*(?:[-+.][\w.+-]*)?$/;

/** Reads the text. A version with other words searches for the version and asks the words of the product's name. */
export function parsePaletteText(text: string): PaletteQuery {
  const words = text.trim().split(/\s+/).filter(Boolean);
  const action = VERBS[words[0]?.toLowerCase() ?? ''] ?? null;
  const rest = action ? words.slice(1) : words;
  const version = rest.find((word) => LOOKS_LIKE_A_VERSION.test(word));
  if (version === undefined || rest.length === 1) return { action, search: rest.join(' '), productWords: [] };
  const others = rest.filter((word) => word !== version).flatMap((word) => word.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  return { action, search: version, productWords: others.filter(Boolean) };
}

/** Whether a name has every word, each at the beginning of one of its own. */
export function hasWords(name: string, words: readonly string[]): boolean {
  const own = name.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return words.every((word) => own.some((one) => one.startsWith(word)));
}
