import type { Database } from '../database/database.js';
import { NewestReleases, type NewestReleasesUse } from '../features/downloads/stable/newest-releases.js';
import { StableAddresses } from '../features/downloads/stable/stable-addresses.js';
import type { ProductLoaders } from '../features/products/product.loaders.js';
import type { ProductService } from '../features/products/product.service.js';

export interface StableFoundation extends Omit<NewestReleasesUse, 'downloadables' | 'assets'> {
  readonly database: Database;
  readonly publicUrl: string;
  readonly productService: ProductService;
  readonly loaders: Pick<NewestReleasesUse, 'downloadables' | 'assets'> & { readonly products: ProductLoaders };
}

/** Makes what answers stable addresses. */
export function composeStable({ loaders, productService: products, ...use }: StableFoundation) {
  const newest = new NewestReleases({ ...use, ...loaders });
  const stable = new StableAddresses({ ...use, products, productLoaders: loaders.products, downloadables: loaders.downloadables, newest });
  return { stable, latest: { ...use, ...loaders, newest } };
}
