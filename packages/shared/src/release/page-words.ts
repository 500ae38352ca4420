/** What a page is called, in a tab, in a list of results and in the preview of a link: the server and the page say the same. */
import { PLATFORM_LABELS, type Platform } from '../file/target.js';
import { pageMessages } from '../messages/pages.js';
import { joinAnd } from '../text/quote.js';

/** `Aurora Studio 2.4.0 · Aurora Software`: what is on the page first, whose it is last. */
export const pageTitle = (words: string, owner: string): string => [words, owner].filter((part) => part !== '').join(' · ');

/** What the page of a product, or of one of its versions, is called. */
export const productWords = (product: string, version: string | null): string => (version === null ? product : `${product} ${version}`);

/** The systems that a release is for, by their names; none where it runs on any. */
export const listSystems = (platforms: readonly Platform[]): readonly string[] =>
  platforms.filter((platform) => platform !== 'ALL').map((platform) => PLATFORM_LABELS[platform]);

export interface DescribedProduct {
  readonly name: string;
  readonly description: string | null;
  readonly version: string | null;
  readonly platforms: readonly Platform[];
  readonly vendor: string;
}

/** One or two sentences, as search engines and previews of links show them. */
export function productSummary({ name, description, version, platforms, vendor }: DescribedProduct): string {
  const systems = listSystems(platforms);
  const where = systems.length === 0 ? '' : pageMessages.forSystems(joinAnd(systems));
  const own = description === null ? '' : ` ${description.replace(/\s+/g, ' ').trim()}`;
  return `${pageMessages.download(productWords(name, version), where, vendor)}${own}`;
}
