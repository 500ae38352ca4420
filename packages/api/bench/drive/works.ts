import { cursorOf, PAGE_SIZE } from '../limit/page.js';
import {
  COMMON_WORD,
  CUSTOMER_COUNT,
  idOf,
  listLicenses,
  PRODUCT_COUNT,
  releaseOf,
  sessionTokenOf,
  wordOf,
  ABSENT_WORD,
  RARE_WORD,
  type WorldLicense,
} from '../data/world.js';
import { requestOf } from './http-client.js';

/** One question, as the product and as the limit are asked it. */
export interface Question {
  readonly product: Buffer;
  /** Null: the limit has nothing of the kind, and only growth is measured. */
  readonly limit: Buffer | null;
}

/** Something that Slipway does all day, with the questions that are asked in turn. */
export interface Work {
  readonly name: string;
  readonly title: string;
  readonly questions: readonly Question[];
}

const ROW = 'id version name channel status releaseDate publishedAt product { id name slug }';
const FILES = 'id fileName type platform architecture size state';
const LIST = `query ListReleases($filter: DownloadableFilter, $after: String) { downloadables(filter: $filter, first: ${PAGE_SIZE}, after: $after) {
  totalCount totalCountCapped pageInfo { hasNextPage endCursor } nodes { ${ROW} assets { ${FILES} } } } }`;
const SEARCH = `query SearchReleases($filter: DownloadableFilter) { downloadables(filter: $filter, first: ${PAGE_SIZE}) {
  totalCount totalCountCapped pageInfo { hasNextPage endCursor } nodes { ${ROW} } } }`;
const PORTAL = `query ListPortalReleases($filter: DownloadableFilter) { downloadables(filter: $filter, first: ${PAGE_SIZE}) {
  totalCount pageInfo { hasNextPage endCursor } nodes { id version channel status releaseDate access { allowed code message params remedy }
  assets { ${FILES} sha256 downloadUrl } } } }`;
const DOWNLOAD = `mutation Download($input: CreateDownloadInput!) { createDownload(input: $input) {
  download { url expiresAt fileName size sha256 } userErrors { code } } }`;
const DECISION = 'allowed code message params remedy licenseId';
const FACTS = `id version channel status releaseDate summary isSecurityFix withdrawal { reason withdrawnAt } access { ${DECISION} }`;
const PRODUCT_PAGE = `query ShowProduct($slug: String!) { product(slug: $slug) { id slug name description distribution openChannels
  platformNotes { platform requirements installNote } lastDownload { version at } latest { ${FACTS} }
  offered { ${FACTS} name changelogHtml assets { ${FILES} sha256 downloadUrl access { ${DECISION} } } } } }`;
const VERSIONS = `query ListVersions($filter: DownloadableFilter) {
  downloadables(filter: $filter, sort: { field: VERSION, direction: DESC }, first: ${PAGE_SIZE}) { totalCount pageInfo { hasNextPage endCursor } nodes { ${FACTS} } } }`;
const VERDICT = `query Decide($input: CheckEntitlementInput!) { checkEntitlement(input: $input) { ${DECISION} } }`;
const UPDATE = `query CheckUpdate($input: UpdateCheckInput!) { updateCheck(input: $input) { status latestVersion
  release { version channel date notes assets { fileName url platform architecture size sha256 } } } }`;
/** Older than every release, and newer. */
const INSTALLED = ['0.9', '99.0'];

/** A product's last page is among its oldest: dates follow the numbers but for a month, which is 375 of 50,000. */
const OLDEST_RELEASES = 1_000;
/** Enough to find one that is published and stable. */
const SEARCHED_RELEASES = 50;
const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number);
const cookieOf = (customer: number | 'admin'): string => `slipway=${sessionTokenOf(customer)}`;

interface Asked {
  readonly as: number | 'admin';
  readonly query: string;
  readonly variables: object;
  /** Of the limit. */
  readonly path: string | null;
}

function ask({ as, query, variables, path }: Asked): Question {
  const cookie = cookieOf(as);
  return {
    product: requestOf('/graphql', cookie, JSON.stringify({ query, variables })),
    limit: path === null ? null : requestOf(path, cookie, null),
  };
}

interface Slice {
  readonly product: number;
  readonly after?: string;
  readonly platform?: string;
}

function listOf({ product, after, platform }: Slice): Question {
  const productId = idOf('product', product);
  const filter = { productId, status: 'PUBLISHED', ...(platform === undefined ? {} : { platform }) };
  const parameters = new URLSearchParams({
    product: productId,
    status: 'PUBLISHED',
    ...(after === undefined ? {} : { after }),
    ...(platform === undefined ? {} : { platform }),
  });
  return ask({ as: 'admin', query: LIST, variables: { filter, after: after ?? null }, path: `/list?${parameters.toString()}` });
}

const searchOf = (word: string): Question =>
  ask({ as: 'admin', query: SEARCH, variables: { filter: { search: word } }, path: `/search?word=${word}` });

const portalOf = (customer: number): Question =>
  ask({ as: customer, query: PORTAL, variables: { filter: { status: 'PUBLISHED' } }, path: '/portal' });

/** Ranks of words that fill a page even of little data: else the answers grow, not their cost. */
const FILLING_RANKS = [0, 3, 8, 20];
/** Likewise of versions: 1,000 releases of 20 products go up to 1.2.9. */
const FILLING_BEGINNINGS = ['1', '1.1', '1.2'];

/** The works that are held against the limit. */
export function mainWorks(releases: number): Work[] {
  return [
    { name: 'W1', title: 'admin list', questions: numbers(PRODUCT_COUNT).map((product) => listOf({ product })) },
    { name: 'W2', title: 'search', questions: [COMMON_WORD, RARE_WORD, ...[0, 3, 20, 90, 300, 900].map(wordOf)].map(searchOf) },
    { name: 'W3', title: 'portal list', questions: numbers(CUSTOMER_COUNT).map(portalOf) },
    { name: 'W4', title: 'decision and signed URL', questions: downloadsOf(releases) },
    {
      name: 'W5',
      title: 'update check',
      questions: listLicenses()
        .filter(coversNewest)
        .flatMap(({ customer, product }) => updatesOf(customer, product)),
    },
  ];
}

/** Works of which the time must not grow with the data. */
export function growthWorks(releases: number): Work[] {
  const [list, search, portal, download, update] = mainWorks(releases);
  if (!list || !search || !portal || !download || !update) throw new Error('There are five works.');
  const lastPages = numbers(PRODUCT_COUNT).map((product) => listOf({ product, after: beforeLastPage(product, releases) }));
  return [
    { ...list, name: 'W1 first page, totalCount' },
    { ...list, name: 'W1 last full page', questions: lastPages },
    { ...list, name: 'W1 absent platform', questions: numbers(PRODUCT_COUNT).map((product) => listOf({ product, platform: 'IOS' })) },
    { ...search, name: 'W2 commonest word', questions: [searchOf(COMMON_WORD)] },
    { ...search, name: 'W2 words', questions: FILLING_RANKS.map(wordOf).map(searchOf) },
    { ...search, name: 'W2 beginning of a version', questions: FILLING_BEGINNINGS.map(searchOf) },
    { ...search, name: 'W2 absent word', questions: [searchOf(ABSENT_WORD)] },
    { ...portal, name: 'W3' },
    { ...download, name: 'W4' },
    { ...update, name: 'W5' },
    ...portalWorks(releases),
  ];
}

/** Pages that only have to cost the same whatever there is. */
function portalWorks(releases: number): Work[] {
  const licenses = listLicenses();
  const open = (of: { query: string; variables: (product: number, customer: number) => object }, as?: 'admin'): Question[] =>
    licenses.map(({ customer, product }) => {
      return ask({ as: as ?? customer, query: of.query, variables: of.variables(product, customer), path: null });
    });
  const decided = (product: number, customer: number) => ({
    input: {
      downloadableId: idOf('release', (releases / PRODUCT_COUNT - 1) * PRODUCT_COUNT + product),
      customerId: idOf('customer', customer),
    },
  });
  return [
    {
      name: 'portal: a product',
      title: 'its page',
      questions: open({ query: PRODUCT_PAGE, variables: (product) => ({ slug: `product-${product}` }) }),
    },
    {
      name: 'portal: versions',
      title: 'the list',
      questions: open({ query: VERSIONS, variables: (product) => ({ filter: { productId: idOf('product', product) } }) }),
    },
    { name: 'decision', title: 'for a customer', questions: open({ query: VERDICT, variables: decided }, 'admin') },
  ];
}

/** The cursor after which a product's list has one page left, whatever its length. */
function beforeLastPage(product: number, releases: number): string {
  const oldest = numbers(Math.min(Math.floor(releases / PRODUCT_COUNT), OLDEST_RELEASES))
    .map((place) => releaseOf(place * PRODUCT_COUNT + product, releases))
    .filter(({ status }) => status === 'PUBLISHED')
    .map(({ releaseDate, id }) => ({ date: releaseDate ?? '', id }))
    .sort((a, b) => (a.date + a.id < b.date + b.id ? -1 : 1));
  const last = oldest[PAGE_SIZE];
  if (!last) throw new Error(`Product ${product} has no full page.`);
  return cursorOf(last.date, last.id);
}

const coversNewest = ({ updatesUntil, channels }: WorldLicense): boolean => updatesUntil === null && channels === '';

/** What programs of a customer ask: one that is old, and one that is up to date. */
const updatesOf = (customer: number, product: number): Question[] =>
  INSTALLED.map((version) => {
    const input = { product: `product-${product}`, version, platform: 'LINUX', architecture: 'X64' };
    const path = `/update?${new URLSearchParams({ product: input.product, version, platform: 'LINUX' }).toString()}`;
    return ask({ as: customer, query: UPDATE, variables: { input }, path });
  });

/** Files that customers may download: of their first license's product, stable and published. */
function downloadsOf(releases: number): Question[] {
  const inProduct = Math.floor(releases / PRODUCT_COUNT);
  return listLicenses()
    .filter(coversNewest)
    .flatMap(({ customer, product }) => {
      const release = numbers(Math.min(inProduct, SEARCHED_RELEASES))
        .map((place) => releaseOf(((place + customer) % inProduct) * PRODUCT_COUNT + product, releases))
        .find(({ status, channel }) => status === 'PUBLISHED' && channel === 'stable');
      return (release?.assets ?? []).map(({ id }) =>
        ask({ as: customer, query: DOWNLOAD, variables: { input: { assetId: id } }, path: `/download?asset=${id}` }),
      );
    });
}
