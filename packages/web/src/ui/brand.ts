/** Whose brand a page has: the console is Slipway's, whatever customers see is the vendor's. public/start.js says it of the first page. */

const STYLE = '/vendor/style.css';

export function showBrandOf(path: string): void {
  document.documentElement.dataset['brand'] = /^\/admin(?:\/|$)/.test(path) ? 'slipway' : 'vendor';
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
