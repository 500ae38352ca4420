import {
  compareVersions,
  parseVersion,
  listSystems,
  portalPath,
  productSummary,
  productWords,
  pageTitle,
  versionSortKey,
} from '@slipway/shared';
import { ANONYMOUS } from '../../kernel/actor.js';
import { RequestContext } from '../../kernel/context.js';
import type { AssetLoaders } from '../assets/asset.loaders.js';
import type { StoredAsset } from '../assets/stored-asset.js';
import { revisionHtml } from '../downloadables/changelog/changelog-html.js';
import type { Downloadable } from '../downloadables/downloadable.entity.js';
import type { DownloadableLoaders } from '../downloadables/downloadable.loaders.js';
import type { VisibleDownloadables } from '../downloadables/visible-downloadables.js';
import type { AccessService } from '../downloads/access/access.service.js';
import type { OfferedReleases } from '../downloads/access/offered-release.js';
import type { Product } from '../products/product.entity.js';
import type { ProductList } from '../products/product-list.js';
import type { ProductService } from '../products/product.service.js';
import type { SettingsService } from '../settings/settings.service.js';
import { logoPath } from '../settings/vendor-logos.js';

/** A sitemap has at most 50,000 addresses (https://www.sitemaps.org/protocol.html#index). */
const SITEMAP_MAX_COUNT = 50_000;
const PAGE_SIZE = 100;
/** Files that the first content names; the page itself shows all. */
const LISTED_FILES_MAX_COUNT = 50;

/** What search engines and previews of links are told of a page, and what it shows before its code runs. */
export interface PublicPage {
  readonly title: string;
  readonly description: string;
  /** The one address of what it shows. */
  readonly canonicalUrl: string;
  readonly imageUrl: string | null;
  readonly siteName: string;
  /** https://schema.org in JSON-LD. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly heading: string;
  readonly links: readonly { readonly text: string; readonly url: string }[];
  /** Sanitized by the one renderer of changelogs. */
  readonly notesHtml: string;
}

/** Where a page stands, and when what it shows changed last. */
export interface PageAddress {
  readonly url: string;
  readonly changedAt: Date;
}

export interface PublicPagesUse {
  readonly products: ProductService;
  readonly productList: ProductList;
  readonly downloadables: DownloadableLoaders;
  readonly assets: AssetLoaders;
  readonly visible: VisibleDownloadables;
  readonly offered: OfferedReleases;
  readonly access: AccessService;
  readonly settings: SettingsService;
  readonly publicUrl: string;
}

/** Whoever comes without an account, as search engines do. */
function asStranger(): RequestContext {
  const origin = { address: '', countedAddress: null, userAgent: '', device: null, visitor: null, visitorCookie: null } as const;
  const reply = { setSession: () => undefined, setDevice: () => undefined, setVisitor: () => undefined };
  return new RequestContext('', ANONYMOUS, { ...origin, carriedCredential: 'NOT_CARRIED' }, reply);
}

/** The pages of products that are open to everybody, and of nothing else. */
export class PublicPages {
  constructor(private readonly use: PublicPagesUse) {}

  /** @param path without query; null: it is for nobody in particular, or shows nothing to strangers */
  async find(path: string): Promise<PublicPage | null> {
    const [, slug, version = null] = /^\/portal\/downloads\/([^/]+)(?:\/([^/]+))?\/?$/.exec(path) ?? [];
    if (slug === undefined) return null;
    const context = asStranger();
    const product = await this.use.products.find(context, { slug: decoded(slug) });
    if (product?.distribution !== 'OPEN') return null;
    const release = await this.#release(context, product, version === null ? null : decoded(version));
    return release && this.#describe(context, product, release);
  }

  /** The addresses of the pages of such products, for `sitemap.xml`. */
  async addresses(): Promise<readonly PageAddress[]> {
    const found: PageAddress[] = [];
    let after: string | null = null;
    do {
      const context = asStranger();
      const { nodes, pageInfo } = await this.use.productList.list(context, null, { first: PAGE_SIZE, after });
      const pages = await Promise.all(nodes.map((product) => this.#addressOf(context, product)));
      found.push(...pages.filter((page) => page !== null));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null && found.length < SITEMAP_MAX_COUNT);
    return found.slice(0, SITEMAP_MAX_COUNT);
  }

  async #release(context: RequestContext, product: Product, version: string | null): Promise<Downloadable | null> {
    if (version === null) return this.use.offered.find(context, { productId: product.id, as: null, channel: null });
    const parsed = parseVersion(version);
    const row = parsed.ok ? await this.use.visible.findByVersion(context, product.id, versionSortKey(parsed.value)) : null;
    return row && (await this.#isOpen(context, row)) ? row : null;
  }

  /** Whether it is published and strangers may download it: a beta of an open product is only shown to them. */
  async #isOpen(context: RequestContext, row: Downloadable): Promise<boolean> {
    return row.status === 'PUBLISHED' && (await this.use.access.decide(context, { row }))?.decision.allowed === true;
  }

  /** Null for a product whose page would show nothing. */
  async #addressOf(context: RequestContext, product: Product): Promise<PageAddress | null> {
    const latest = product.distribution === 'OPEN' ? await context.loader(this.use.downloadables.latest).load(product.id) : null;
    if (!latest || !(await this.#isOpen(context, latest))) return null;
    const changedAt = latest.updatedAt > product.updatedAt ? latest.updatedAt : product.updatedAt;
    return { url: this.#urlOf(product, null), changedAt };
  }

  async #describe(context: RequestContext, product: Product, release: Downloadable): Promise<PublicPage> {
    const { vendorName: vendor, logo, websiteUrl } = await this.use.settings.read();
    const { liveRevisionId } = release;
    const [assets, changelog] = await Promise.all([
      liveRevisionId === null ? [] : context.loader(this.use.assets.byRevision).load(liveRevisionId),
      liveRevisionId === null ? '' : context.loader(this.use.downloadables.changelog).load(liveRevisionId),
    ]);
    const files = assets.filter(({ state }) => state === 'READY').slice(0, LISTED_FILES_MAX_COUNT);
    const { name, description } = product;
    const { version, platforms } = release;
    const summary = productSummary({ name, description, version, platforms, vendor });
    const canonicalUrl = await this.#canonical(context, product, release);
    return {
      title: pageTitle(productWords(name, version), vendor),
      description: summary,
      canonicalUrl,
      imageUrl: logo === '' ? null : `${this.use.publicUrl}${logoPath(logo)}`,
      siteName: vendor,
      data: softwareData({ product, release, summary, url: canonicalUrl, publisher: { vendor, websiteUrl } }),
      heading: productWords(name, version),
      links: files.map((file) => ({ text: file.fileName, url: downloadUrl(this.use.publicUrl, file) })),
      notesHtml: liveRevisionId === null ? '' : revisionHtml.of({ id: liveRevisionId, changelog }),
    };
  }

  /** The newest version stands at the address of its product. */
  async #canonical(context: RequestContext, product: Product, release: Downloadable): Promise<string> {
    const newest = await this.use.offered.find(context, { productId: product.id, as: null, channel: null });
    return this.#urlOf(product, isSame(newest, release) ? null : release.version);
  }

  #urlOf = ({ slug }: Product, version: string | null): string => `${this.use.publicUrl}${portalPath(slug, version)}`;
}

function isSame(newest: Downloadable | null, { version }: Downloadable): boolean {
  const [one, other] = [parseVersion(newest?.version ?? ''), parseVersion(version)];
  return one.ok && other.ok && compareVersions(one.value, other.value) === 0;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

const downloadUrl = (publicUrl: string, { id, fileName }: StoredAsset): string => `${publicUrl}/d/${id}/${encodeURIComponent(fileName)}`;

interface Described {
  readonly product: Product;
  readonly release: Downloadable;
  readonly summary: string;
  readonly url: string;
  readonly publisher: { readonly vendor: string; readonly websiteUrl: string };
}

/** https://schema.org/SoftwareApplication; what is open to everybody costs nothing. */
function softwareData({ product, release, summary, url, publisher }: Described): PublicPage['data'] {
  const { vendor, websiteUrl } = publisher;
  const systems = listSystems(release.platforms).join(', ');
  return {
    '@context': 'https://schema.org',
    '@type': 'SoftwareApplication',
    name: product.name,
    description: summary,
    softwareVersion: release.version,
    ...(release.releaseDate !== null && { datePublished: release.releaseDate }),
    ...(systems !== '' && { operatingSystem: systems }),
    url,
    downloadUrl: url,
    offers: { '@type': 'Offer', price: 0, priceCurrency: 'USD' },
    publisher: { '@type': 'Organization', name: vendor, ...(websiteUrl !== '' && { url: websiteUrl }) },
  };
}
