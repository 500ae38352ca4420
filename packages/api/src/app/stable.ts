import type { Database } from '../database/database.js';
import { NewestReleases, type NewestReleasesUse } from '../features/downloads/stable/newest-releases.js';
import { StableAddresses } from '../features/downloads/stable/stable-addresses.js';
import type { VisibleDownloadables } from '../features/downloadables/visible-downloadables.js';
import type { LicenseService } from '../features/licenses/license.service.js';
import type { KeyHolders } from '../features/machine-keys/key-holders.js';
import type { ProductLoaders } from '../features/products/product.loaders.js';
import type { ProductService } from '../features/products/product.service.js';
import { UpdateCallers } from '../features/updates/update-callers.js';
import { UpdateCheck } from '../features/updates/update-check.js';
import { UpdateDetails } from '../features/updates/update-details.js';

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

export interface UpdatesFoundation extends StableFoundation {
  readonly visible: VisibleDownloadables;
  readonly licenses: LicenseService;
  readonly keyHolders: KeyHolders;
}

/** Makes what answers update checks. */
export function composeUpdates({ loaders, productService: products, licenses, keyHolders, visible, publicUrl, ...use }: UpdatesFoundation) {
  const newest = new NewestReleases({ ...use, ...loaders });
  return {
    updates: new UpdateCheck({ products, productLoaders: loaders.products, visible, newest }),
    updateCallers: new UpdateCallers({ licenses, keyHolders }),
    updateDetails: new UpdateDetails({ ...use, ...loaders }),
    publicUrl,
  };
}
