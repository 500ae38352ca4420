import type { AssetLoaders } from '../features/assets/asset.loaders.js';
import type { Database } from '../database/database.js';
import type { DownloadableLoaders } from '../features/downloadables/downloadable.loaders.js';
import type { VisibleDownloadables } from '../features/downloadables/visible-downloadables.js';
import type { AccessService } from '../features/downloads/access/access.service.js';
import type { OfferedReleases } from '../features/downloads/access/offered-release.js';
import { OwnDownloads } from '../features/portal/own-downloads.js';
import { PublicPages } from '../features/portal/public-pages.js';
import { PortalState } from '../features/portal/portal-state.js';
import { WhatsNew } from '../features/portal/whats-new.js';
import { ProductList } from '../features/products/product-list.js';
import type { ProductLoaders } from '../features/products/product.loaders.js';
import type { ProductService } from '../features/products/product.service.js';
import type { SettingsService } from '../features/settings/settings.service.js';

export interface PortalParts {
  readonly database: Database;
  readonly products: ProductService;
  readonly offered: OfferedReleases;
  readonly visible: VisibleDownloadables;
  readonly access: AccessService;
  readonly settings: SettingsService;
  readonly publicUrl: string;
  readonly loaders: { readonly products: ProductLoaders; readonly downloadables: DownloadableLoaders; readonly assets: AssetLoaders };
}

/** What the portal asks beside the lists and decisions that everybody asks. */
export function composePortal({ database, products, offered, visible, access, settings, loaders, publicUrl }: PortalParts) {
  const { products: productLoaders, downloadables, assets } = loaders;
  const productList = new ProductList(database);
  return {
    ownDownloads: new OwnDownloads(database),
    publicPages: new PublicPages({ products, productList, downloadables, assets, visible, offered, access, settings, publicUrl }),
    whatsNew: new WhatsNew({ database, products, productLoaders, downloadables, offered }),
    portalState: new PortalState({ database, products, productList, downloadables, visible, access }),
  };
}
