import type { Database } from '../database/database.js';
import type { DownloadableLoaders } from '../features/downloadables/downloadable.loaders.js';
import type { VisibleDownloadables } from '../features/downloadables/visible-downloadables.js';
import type { AccessService } from '../features/downloads/access/access.service.js';
import type { OfferedReleases } from '../features/downloads/access/offered-release.js';
import { OwnDownloads } from '../features/portal/own-downloads.js';
import { PortalState } from '../features/portal/portal-state.js';
import { WhatsNew } from '../features/portal/whats-new.js';
import { ProductList } from '../features/products/product-list.js';
import type { ProductLoaders } from '../features/products/product.loaders.js';
import type { ProductService } from '../features/products/product.service.js';

export interface PortalParts {
  readonly database: Database;
  readonly products: ProductService;
  readonly offered: OfferedReleases;
  readonly visible: VisibleDownloadables;
  readonly access: AccessService;
  readonly loaders: { readonly products: ProductLoaders; readonly downloadables: DownloadableLoaders };
}

/** What the portal asks beside the lists and decisions that everybody asks. */
export function composePortal({ database, products, offered, visible, access, loaders }: PortalParts) {
  const { products: productLoaders, downloadables } = loaders;
  return {
    ownDownloads: new OwnDownloads(database),
    whatsNew: new WhatsNew({ database, products, productLoaders, downloadables, offered }),
    portalState: new PortalState({ database, products, productList: new ProductList(database), downloadables, visible, access }),
  };
}
