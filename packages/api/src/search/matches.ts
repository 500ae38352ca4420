import { LIMITS } from '../kernel/limits/limits.js';
import { fold } from './fold.js';

/**
 * Whether each word of a search stands somewhere in one of the texts: for lists that are short enough to be read whole.
 * @returns null for a search without words: everything matches
 */
export function matcherOf(search: string): ((texts: readonly string[]) => boolean) | null {
  const words = fold(search.slice(0, LIMITS.searchText.most))
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return null;
  return (texts) => {
    const folded = texts.map(fold);
    return words.every((word) => folded.some((text) => text.includes(word)));
  };
}
