/** Whose brand a page has: the console is Slipway's, whatever customers see is the vendor's. public/start.js says it of the first page. */

const STYLE = '/vendor/style.css';

/** The vendor's logo, once it is known; null: there is none. */
let logoUrl: string | null = null;
/** The icons that the page came with; without a logo of the vendor's they stay. */
let ownIcons: readonly HTMLLinkElement[] | null = null;

export function showBrandOf(path: string): void {
  document.documentElement.dataset['brand'] = /^\/admin(?:\/|$)/.test(path) ? 'slipway' : 'vendor';
  showIcon();
}

/** The picture in the tab is the vendor's where the page is. */
export function iconOfTabs(url: string | null): void {
  logoUrl = url;
  showIcon();
}

function showIcon(): void {
  ownIcons ??= [...document.querySelectorAll<HTMLLinkElement>('link[rel="icon"]')];
  document.querySelectorAll('link[rel="icon"]').forEach((link) => link.remove());
  const isVendors = document.documentElement.dataset['brand'] === 'vendor';
  if (logoUrl === null || !isVendors) return document.head.append(...ownIcons);
  const link = document.createElement('link');
  link.rel = 'icon';
  link.href = logoUrl;
  document.head.append(link);
}

/** Takes over a brand that was just saved; the old one stays until the new one is there. */
export function refreshBrand(): void {
  const old = document.querySelector<HTMLLinkElement>(`link[href^="${STYLE}"]`);
  if (!old) return;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  // Another address: a browser does not ask twice for the stylesheet of one page.
  link.href = `${STYLE}?at=${Date.now()}`;
  link.addEventListener('load', () => old.remove());
  link.addEventListener('error', () => link.remove());
  old.after(link);
}
