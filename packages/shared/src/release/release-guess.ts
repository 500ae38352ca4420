/** What the names of files that were dropped say of the release they belong to; proposals, never decisions. */
import { versionsInFileName, words } from '../file/file-name-words.js';

interface NamedProduct {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
}

/** The one version that all names which have one agree on; null when there is none, or several. */
export function guessVersion(fileNames: readonly string[]): string | null {
  const named = fileNames.map((name) => versionsInFileName(name)).filter((versions) => versions.length > 0);
  const common = named[0]?.filter((version) => named.every((versions) => versions.includes(version))) ?? [];
  return common.length === 1 ? (common[0] ?? null) : null;
}

/** The product whose name, or slug, is in most of the names: of several that do the one that says most; null when two say as much. */
export function guessProduct(fileNames: readonly string[], products: readonly NamedProduct[]): string | null {
  const [best, second] = products
    .map((product) => ({ id: product.id, score: scoreOf(product, fileNames) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
  return best && best.score > (second?.score ?? 0) ? best.id : null;
}

function scoreOf({ name, slug }: NamedProduct, fileNames: readonly string[]): number {
  const spellings = [words(name), words(slug)].filter((spelling) => spelling.length > 0);
  return fileNames.reduce((sum, fileName) => sum + Math.max(0, ...spellings.map((spelling) => lengthIn(fileName, spelling))), 0);
}

/** Letters of a name that a file's name begins with, however its words are joined there; 0 when it does not. */
function lengthIn(fileName: string, spelling: readonly string[]): number {
  const joined = spelling.join('');
  const found = words(fileName).join('').startsWith(joined);
  return found ? joined.length : 0;
}
