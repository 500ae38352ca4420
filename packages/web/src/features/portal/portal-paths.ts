/** The addresses of the portal's pages. */
import { portalPath } from '@slipway/shared';
import type { RouteLocationRaw } from 'vue-router';

export const HOME_PATH = '/portal/downloads';
export const LICENSES_PATH = '/portal/licenses';

export const productPath = portalPath;
export const whatsNewPath = (slug: string): string => `${productPath(slug)}/whats-new`;
export const versionsPath = (slug: string): string => `${productPath(slug)}/versions`;

/** Where the addresses of before lead, with whatever else they carry; null: it is one of today. */
export function movedAddress(query: Readonly<Record<string, unknown>>): RouteLocationRaw | null {
  const { product, version, ...rest } = query;
  if (typeof product !== 'string' || product === '') return null;
  return {
    path: productPath(product, typeof version === 'string' && version !== '' ? version : null),
    query: rest as Record<string, string>,
  };
}
