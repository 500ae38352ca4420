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
  '/admin/staff',
  '/admin/account',
  '/admin/logs',
  '/admin/logs/:tab',
  '/admin/tokens',
  '/admin/settings',
  '/admin/settings/:part',
  '/portal',
  '/portal/downloads',
  '/portal/notifications',
  '/portal/refused',
  '/portal/account',
  '/unsubscribe/:token',
  '/portal/notices',
  '/recall/:token',
  '/s/:token',
] as const;

const PATTERN = new RegExp(`^(?:${PAGE_PATHS.map((path) => (path === '/' ? path : `${path.replace(/:\w+/g, '[^/]+')}/?`)).join('|')})$`);

/** Whether a page stands at a path. @param path without query, for example `/admin/licenses` */
export function isPagePath(path: string): boolean {
  return PATTERN.test(path);
}
