/** The addresses of pages: the server answers 404 to every other one, and the router shows a page for each. */
export const PAGE_PATHS = [
  '/',
  '/login',
  '/invitation/:token',
  '/sign-in/:token',
  '/reset/:token',
  '/address/:token',
  '/admin',
  '/admin/downloadables',
  '/admin/announcements/:id',
  '/admin/downloadables/:id',
  '/admin/downloadables/:id/announce',
  '/admin/products',
  '/admin/customers',
  '/admin/customers/:id',
  '/admin/licenses',
  '/admin/access',
  '/admin/licenses/import',
  '/admin/staff',
  '/admin/account',
  '/admin/logs',
  '/admin/logs/:tab',
  '/admin/updates',
  '/admin/tokens',
  '/admin/settings',
  '/admin/settings/:part',
  '/portal',
  '/portal/downloads',
  '/portal/downloads/:product',
  '/portal/downloads/:product/whats-new',
  '/portal/downloads/:product/versions',
  '/portal/downloads/:product/:version',
  '/portal/history',
  '/portal/licenses',
  '/portal/notifications',
  '/portal/refused',
  '/portal/account',
  '/unsubscribe/:token',
  '/portal/notices',
  '/recall/:token',
  '/s/:token',
] as const;

/** Where customers find a product, or one version of it: `/portal/downloads/aurora/2.4.0`. */
export function portalPath(slug: string, version: string | null = null): string {
  const path = `/portal/downloads/${encodeURIComponent(slug)}`;
  return version === null ? path : `${path}/${encodeURIComponent(version)}`;
}

const PATTERN = new RegExp(`^(?:${PAGE_PATHS.map((path) => (path === '/' ? path : `${path.replace(/:\w+/g, '[^/]+')}/?`)).join('|')})$`);

/** Whether a page stands at a path. @param path without query, for example `/admin/licenses` */
export function isPagePath(path: string): boolean {
  return PATTERN.test(path);
}
